package io.lockstep.core.risk;

import io.lockstep.codecs.Nulls;
import io.lockstep.core.CoreScenario;
import io.lockstep.sbe.ExecInst;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.RiskReason;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TimeInForce;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;

import static io.lockstep.core.CoreScenario.buy;
import static io.lockstep.core.CoreScenario.replaceOldest;
import static org.assertj.core.api.Assertions.assertThat;

/** What is no order is refused before anything is opened. */
class TermsRuleTest
{
    private static final long NO_PRICE = Nulls.NULL_PRICE_TICKS;

    private final Refusal refusal = new Refusal();

    private RiskReason check(
        final Side side,
        final OrdType ordType,
        final TimeInForce timeInForce,
        final ExecInst execInst,
        final long priceTicks)
    {
        return TermsRule.check(new OrderIntent().order(side, ordType, timeInForce, execInst, priceTicks, 10),
            CoreScenario.COARSE, refusal);
    }

    /** Every combination of everything an enum can hold, null included, against a plain list of those that are orders. */
    @Test
    void shouldKnowEachOrderFromWhatIsNone()
    {
        int orders = 0;
        for (final Side side : withNull(Side.values()))
        {
            for (final OrdType ordType : withNull(OrdType.values()))
            {
                for (final TimeInForce timeInForce : withNull(TimeInForce.values()))
                {
                    for (final ExecInst execInst : withNull(ExecInst.values()))
                    {
                        orders += isOrder(side, ordType, timeInForce, execInst, 100) ? 1 : 0;
                        orders += isOrder(side, ordType, timeInForce, execInst, NO_PRICE) ? 1 : 0;
                    }
                }
            }
        }
        // Each way: limit GTC, IOC, FOK and post-only; market IOC and FOK.
        assertThat(orders).isEqualTo(2 * (4 + 2));
    }

    private static <T> T[] withNull(final T[] values)
    {
        return Arrays.copyOf(values, values.length + 1);
    }

    private boolean isOrder(
        final Side side,
        final OrdType ordType,
        final TimeInForce timeInForce,
        final ExecInst execInst,
        final long priceTicks)
    {
        final RiskReason reason = check(side, ordType, timeInForce, execInst, priceTicks);
        final boolean isUnpricedLimit = ordType == OrdType.LIMIT && priceTicks == NO_PRICE;
        final boolean isPostOnly = execInst == ExecInst.PARTICIPATE_DONT_INITIATE;
        assertThat(reason).isIn(RiskReason.NONE, RiskReason.INVALID_TERMS,
            isUnpricedLimit ? RiskReason.INVALID_PRICE : RiskReason.INVALID_TERMS,
            isPostOnly ? RiskReason.POST_ONLY : RiskReason.INVALID_TERMS);
        return reason == RiskReason.NONE;
    }

    @Test
    void shouldOpenNothingOfAnOrderWithoutASide()
    {
        final CoreScenario scenario = CoreScenario.live();

        scenario.act((context) -> context.sendLimit(Side.NULL_VAL, 100, 1, TimeInForce.GOOD_TILL_CANCEL, ExecInst.NONE,
            OrderReason.SIGNAL)).act((context) -> context.sendMarket(Side.SBE_UNKNOWN, 1, OrderReason.SIGNAL))
            .act((context) -> context.sendLimit(Side.BUY, 100, 1, TimeInForce.IMMEDIATE_OR_CANCEL,
                ExecInst.PARTICIPATE_DONT_INITIATE, OrderReason.SIGNAL));

        assertThat(scenario.decisions()).containsExactly("REFUSED INVALID_TERMS", "REFUSED INVALID_TERMS",
            "REFUSED POST_ONLY");
        assertThat(scenario.core().openOrderCount()).isZero();
    }

    /** After a fill off the grid the totals that the venue takes are still those on the grid. */
    @ParameterizedTest
    @CsvSource(
    {"30, REPLACE #1 30@100 SIGNAL", "33, REFUSED INVALID_QUANTITY limit=10 actual=33",
        "23, REFUSED INVALID_QUANTITY limit=10 actual=23", "10, REPLACE #1 10@100 SIGNAL"})
    void shouldHoldTheTotalOfAReplaceAgainstTheGrid(final long totalLots, final String expected)
    {
        final CoreScenario scenario = CoreScenario.live(CoreScenario.COARSE);
        scenario.act(buy(20, 100)).accept(1).fill(1, 3, 100).decisions();

        scenario.act(replaceOldest(totalLots, 100));

        assertThat(scenario.decisions()).containsExactly(expected);
    }

    @Test
    void shouldRefuseAReplaceToNoMoreThanIsFilled()
    {
        final CoreScenario scenario = CoreScenario.live(CoreScenario.COARSE);
        scenario.act(buy(20, 100)).accept(1).fill(1, 10, 100).decisions();

        scenario.act(replaceOldest(10, 100));

        assertThat(scenario.decisions()).containsExactly("REFUSED INVALID_QUANTITY limit=10 actual=10");
    }

    @Test
    void shouldRefuseAReplaceOfAMarketOrder()
    {
        final CoreScenario scenario = CoreScenario.live();
        scenario.act(CoreScenario.buyMarket(5)).accept(1).decisions();

        scenario.act(replaceOldest(6, 100));

        assertThat(scenario.decisions()).containsExactly("REFUSED INVALID_TERMS");
    }
}
