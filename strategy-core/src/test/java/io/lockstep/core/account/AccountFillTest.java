package io.lockstep.core.account;

import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.position.CashRule;
import io.lockstep.core.position.Position;
import io.lockstep.sbe.AccountType;
import io.lockstep.sbe.ContractType;
import io.lockstep.sbe.DifferenceKind;
import io.lockstep.sbe.ExecutionReportDecoder;
import io.lockstep.sbe.ExecutionReportEncoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.PositionMode;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigInteger;
import java.util.Map;
import java.util.SplittableRandom;

import static io.lockstep.core.account.AccountFixture.INVERSE;
import static io.lockstep.core.account.AccountFixture.SPOT;
import static io.lockstep.core.account.AccountFixture.SWAP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AccountFillTest
{
    @Test
    void shouldExchangeBaseForQuoteInACashAccount()
    {
        final AccountFixture on = AccountFixture.cash(SPOT);

        on.fill(SPOT, 200_000, 5, 25_000_000L);
        on.fill(SPOT, 210_000, -2, 0);

        // 0.005 BTC at 20,000 less 0.002 at 21,000; the fee is 0.25 in units of 1e-8.
        assertThat(on.balances()).isEqualTo(Map.of("BTC", "0.003", "USDT", "-58.25"));
        assertThat(on.account.rounded()).isZero();
        assertThat(on.account.unreadable()).isZero();
    }

    @Test
    void shouldKeepWhatIsFinerThanALotWhenTheFeeIsInTheBaseCurrency()
    {
        final AccountFixture on = AccountFixture.cash(SPOT);

        on.fill(SPOT, 200_000, 5, "0.00000375", "BTC");

        assertThat(on.balances()).isEqualTo(Map.of("BTC", "0.00499625", "USDT", "-100"));
        assertThat(on.account.heldLots(SPOT.id())).isEqualTo(4);
        assertThat(on.netLots(SPOT.id())).isEqualTo(5);
    }

    @Test
    void shouldTakeAFeeOffTheAssetThatItIsIn()
    {
        final AccountFixture on = AccountFixture.cash(SPOT);

        on.fill(SPOT, 200_000, 1, "0.0001", "BNB");
        on.fill(SPOT, 200_000, -1, "-0.00005", "BNB");

        assertThat(on.balances()).isEqualTo(Map.of("BNB", "-0.00005"));
    }

    @Test
    void shouldMoveOnlyProfitInAMarginAccount()
    {
        final AccountFixture on = AccountFixture.margin(SWAP);

        on.fill(SWAP, 200_000, 300, 100_000_000L);
        assertThat(on.balances()).isEqualTo(Map.of("USDT", "-1"));
        on.fill(SWAP, 210_000, -100, 0);
        // 1 ETH bought at 2,000 and sold at 2,100.
        assertThat(on.balances()).isEqualTo(Map.of("USDT", "99"));
        on.fill(SWAP, 190_000, -400, 0);
        assertThat(on.balances()).isEqualTo(Map.of("USDT", "-101"));
        on.fill(SWAP, 180_000, 200, 0);
        assertThat(on.balances()).isEqualTo(Map.of("USDT", "99"));
    }

    /** The venue sees one position: what one owner buys and the other sells it holds to have been closed. */
    @Test
    void shouldRealiseOverAllOwnersTogether()
    {
        final AccountFixture on = AccountFixture.margin(SWAP);

        on.fill(SWAP, 200_000, 100, 1, new Commission());
        on.fill(SWAP, 210_000, -100, 0, new Commission());

        assertThat(on.balances()).isEqualTo(Map.of("USDT", "100"));
    }

    /** Long and short stay beside each other, so that nothing is realized by opening the one beside the other. */
    @Test
    void shouldKeepLongAndShortApartInHedgeMode()
    {
        final AccountFixture on = new AccountFixture(
            AccountFixture.terms(AccountType.MARGIN, PositionMode.HEDGE, "0", 0), SWAP);

        on.fill(SWAP, 200_000, 100, 1, new Commission());
        on.fill(SWAP, 210_000, -100, 0, new Commission());
        assertThat(on.balances()).isEmpty();
        on.fill(SWAP, 205_000, -150, 1, new Commission());
        assertThat(on.balances()).isEqualTo(Map.of("USDT", "50"));
        on.fill(SWAP, 200_000, 100, 0, new Commission());

        // 1.5 sold for 3,125 in all, of which 1 is bought back at 2,000 with its share of the cost.
        assertThat(on.balances()).isEqualTo(Map.of("USDT", "133.33333333"));
        assertThat(on.account.position(SWAP.id(), DifferenceKind.SHORT_POSITION).cost().lots()).isEqualTo(-50);
        assertThat(on.account.position(SWAP.id(), DifferenceKind.LONG_POSITION).cost().lots()).isZero();
    }

    @Test
    void shouldSettleAnInverseContractInItsCoinAlsoInACashAccount()
    {
        final AccountFixture on = AccountFixture.cash(INVERSE);

        on.fill(INVERSE, 200_000, 10, 0);
        on.fill(INVERSE, 250_000, -10, 0);

        // 1,000 USD: 0.05 BTC at 20,000 and 0.04 at 25,000.
        assertThat(on.balances()).isEqualTo(Map.of("BTC", "0.01"));
    }

    /** The coarsest unit is 1e-24, a million times finer than the account's. */
    @Test
    void shouldRoundAgainstTheAccountAndCount()
    {
        final Instrument fine = new Instrument(0, "X", "V", ContractType.LINEAR, new Increment(1, -12),
            new Increment(1, -12), 1, 1, new Increment(1, 0), "A", "B", "B");
        final AccountFixture on = AccountFixture.cash(fine);

        on.fill(fine, 1, 1, 1);
        assertThat(on.balances()).isEqualTo(Map.of("A", "0.000000000001", "B", "-0.000000000000000002"));
        on.fill(fine, 1, -1, 0);
        assertThat(on.balances()).isEqualTo(Map.of("B", "-0.000000000000000002"));
        assertThat(on.account.rounded()).isEqualTo(3);
    }

    @Test
    void shouldCountWhatDoesNotFitAndKeepTheRest()
    {
        final AccountFixture on = AccountFixture.cash(SPOT);

        on.account.onFill(SPOT.id(), 200_000, 1, 0, on.foreign(1, 40, "BNB"));
        on.account.onFill(SPOT.id(), 200_000, 1, 0, on.foreign(1, 0, ""));
        on.account.onFill(SPOT.id(), 200_000, 1, 0, on.foreign(1, 0, "N".repeat(500)));
        on.account.onFill(SPOT.id(), Long.MAX_VALUE, Long.MAX_VALUE, 0, new Commission());

        // Of the last fill the base currency fits.
        assertThat(on.balances()).containsEntry("USDT", "-60").doesNotContainKey("BNB");
        assertThat(on.account.unreadable()).isEqualTo(4);
    }

    @Test
    void shouldRefuseAnInstrumentThatWasNotDefined()
    {
        final AccountFixture on = AccountFixture.cash(SPOT);

        assertThatThrownBy(() -> on.fill(SWAP, 1, 1, 0)).isInstanceOf(IllegalStateException.class)
            .hasMessage("not defined for the account: instrumentId=1 venueId=3");
    }

    /** Profit of one owner is that of its position, fill by fill, rounding included. */
    @ParameterizedTest
    @ValueSource(longs =
    {1, 2, 3})
    void shouldRealiseWhatAPositionDoes(final long seed)
    {
        final SplittableRandom random = new SplittableRandom(seed);
        for (final Instrument instrument : new Instrument[]{SWAP, INVERSE})
        {
            final AccountFixture on = AccountFixture.margin(instrument);
            final Position position = new Position(new CashRule(instrument));
            for (int i = 0; i < 5_000; i++)
            {
                final long price = 100_000 + random.nextInt(100_000);
                final long lots = random.nextInt(5) == 0 && position.netLots() != 0
                    ? -position.netLots()
                    : random.nextInt(1, 500) * (random.nextBoolean() ? 1 : -1);
                on.fill(instrument, price, lots, i % 3);
                position.onFill(price, lots, new MutableInt128(i % 3));
                assertThat(on.account.balanceAt(settlement(on, instrument)).amount().toBigInteger())
                    .as("seed=%d i=%d", seed, i)
                    .isEqualTo(position.realized().toBigInteger().subtract(position.fees().toBigInteger())
                        .multiply(BigInteger.TEN.pow(18 + instrument.cashExponent())));
            }
        }
    }

    private static int settlement(final AccountFixture on, final Instrument instrument)
    {
        return on.account.balanceAt(0).asset().equals(instrument.settlementCurrency()) ? 0 : 1;
    }

    /** Wherever the report has been read to. */
    @Test
    void shouldReadACommissionOutOfAReportAndLeaveTheReportAsItWas()
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);
        final ExecutionReportEncoder encoder = new ExecutionReportEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder()).commission(75)
            .commissionHigh(Nulls.NULL_LONG).commissionExponent((byte)-8).venueExecId("x-1").commissionAsset("BNB")
            .venueExecRefId("");
        final ExecutionReportDecoder decoder = new ExecutionReportDecoder();
        decoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderDecoder());
        final Commission commission = new Commission();

        commission.decode(decoder);
        assertThat(commission.isForeign()).isTrue();
        assertThat(commission.exponent()).isEqualTo(-8);
        assertThat(commission.amount().toLongExact()).isEqualTo(75);
        assertThat(commission.asset().getStringWithoutLengthUtf8(0, commission.assetLength())).isEqualTo("BNB");
        assertThat(decoder.venueExecId()).isEqualTo("x-1");
        commission.decode(decoder);
        assertThat(commission.asset().getStringWithoutLengthUtf8(0, commission.assetLength())).isEqualTo("BNB");
        assertThat(decoder.commissionAsset()).isEqualTo("BNB");

        encoder.commissionExponent(ExecutionReportEncoder.commissionExponentNullValue());
        assertThat(commission.decode(decoder).isForeign()).isFalse();
        assertThat(commission.assetLength()).isZero();
    }
}
