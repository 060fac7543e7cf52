package io.lockstep.core.risk.rule;

import io.lockstep.codecs.MutableInt128;
import io.lockstep.codecs.Xxh64;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.RiskReason;

/**
 * Orders and replaces of the whole scope for each of its fills, in the UTC day of sequenced time, from the hundredth on; a day without a
 * fill counts as one with one. In thousandths. An order that can but make the position smaller passes, and counts.
 */
final class OrderToTradeRule extends Rule
{
    /** So many are free. */
    private static final long FREE_ORDERS = 99;
    private static final int UNIT_EXPONENT = -3;
    private static final long THOUSAND = 1_000;
    private static final long DAY_NS = 86_400_000_000_000L;
    private static final int NUMBERS = 3;

    private final MutableInt128 scratch = new MutableInt128();
    private long most;
    private long day;
    private long orders;
    private long fills;

    OrderToTradeRule(final LimitScope scope)
    {
        super(LimitType.MAX_ORDER_TO_TRADE_RATIO, scope);
    }

    @Override
    void onLimit()
    {
        most = WholeLimit.of(this, UNIT_EXPONENT, scratch);
    }

    @Override
    RiskReason check(final OrderCheck order)
    {
        final boolean isNewDay = dayOf(order.nowNs()) != day;
        final long ordersWith = (isNewDay ? 0 : orders) + 1;
        if (ordersWith <= FREE_ORDERS)
        {
            return RiskReason.NONE;
        }
        final long ratio = ordersWith * THOUSAND / Math.max(1, fills);
        return ratio <= most || order.reduces(scope())
            ? RiskReason.NONE
            : refuse(order, RiskReason.MAX_ORDER_TO_TRADE_RATIO, most, ratio);
    }

    @Override
    long used(final long nowNs)
    {
        return dayOf(nowNs) == day ? orders * THOUSAND / Math.max(1, fills) : 0;
    }

    private static long dayOf(final long nowNs)
    {
        return Math.floorDiv(nowNs, DAY_NS);
    }

    @Override
    boolean isCounting()
    {
        return true;
    }

    @Override
    void onSent(final OrderCheck order)
    {
        goTo(order.nowNs());
        orders++;
    }

    @Override
    void onFill(final long nowNs)
    {
        goTo(nowNs);
        fills++;
    }

    private void goTo(final long nowNs)
    {
        if (dayOf(nowNs) != day)
        {
            day = dayOf(nowNs);
            orders = 0;
            fills = 0;
        }
    }

    @Override
    int numbers()
    {
        return NUMBERS;
    }

    @Override
    long number(final int index)
    {
        return switch (index)
        {
            case 0 -> day;
            case 1 -> orders;
            default -> fills;
        };
    }

    @Override
    void restore(final long[] numbers)
    {
        if (numbers.length != NUMBERS || numbers[1] < 0 || numbers[2] < 0)
        {
            throw new IllegalArgumentException("no day's orders and fills: numbers=" + numbers.length);
        }
        day = numbers[0];
        orders = numbers[1];
        fills = numbers[2];
    }

    @Override
    long stateHash()
    {
        return Xxh64.chain(Xxh64.chain(day, orders), fills);
    }
}
