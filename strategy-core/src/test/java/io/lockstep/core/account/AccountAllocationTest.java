package io.lockstep.core.account;

import io.lockstep.codecs.Int128;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.AllocationProbe;
import io.lockstep.sbe.AccountEntryDecoder;
import io.lockstep.sbe.AccountEntryEncoder;
import io.lockstep.sbe.AccountEntryKind;
import io.lockstep.sbe.AccountReportDecoder;
import io.lockstep.sbe.AccountReportEncoder;
import io.lockstep.sbe.AccountType;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.DifferenceKind;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.PositionMode;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.lockstep.core.account.AccountFixture.INVERSE;
import static io.lockstep.core.account.AccountFixture.SPOT;
import static org.assertj.core.api.Assertions.assertThat;

class AccountAllocationTest
{
    private static final int ROUNDS = 2_000;
    private static final int WARM_UP_RUNS = 30;
    private static final int ASSETS = 40;
    private static final int ENTRY_IDS = 512;

    private final UnsafeBuffer reports = new UnsafeBuffer(new byte[2 * 4_096]);
    private final UnsafeBuffer entries = new UnsafeBuffer(new byte[256]);
    private final UnsafeBuffer bnb = new UnsafeBuffer(new byte[]{'B', 'N', 'B'});
    private final AccountReportDecoder report = new AccountReportDecoder();
    private final AccountEntryDecoder entry = new AccountEntryDecoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final Commission commission = new Commission();
    private final MutableInt128 fee = new MutableInt128(75);
    private final Effects effects = new Effects();
    private Account account;
    private long lots;
    private boolean namesNewAssets;
    private int newAsset;

    @BeforeEach
    void encode()
    {
        encodeReport(0, 1_000);
        encodeReport(4_096, 900);
        final AccountEntryEncoder encoder = new AccountEntryEncoder();
        encoder.wrapAndApplyHeader(entries, 0, new MessageHeaderEncoder()).venueId(0).kind(AccountEntryKind.FUNDING)
            .instrumentId(SPOT.id());
        encoder.amount().mantissa(-5).exponent((byte)-20);
        encoder.entryId("00000000").asset("USDT");
    }

    private void encodeReport(final int offset, final long amount)
    {
        final AccountReportEncoder encoder = new AccountReportEncoder();
        encoder.wrapAndApplyHeader(reports, offset, new MessageHeaderEncoder()).venueId(0).reportId(1)
            .complete(BooleanType.TRUE);
        encoder.positionsCount(2).next().instrumentId(INVERSE.id()).netLots(amount).longLots(Nulls.NULL_LONG)
            .shortLots(Nulls.NULL_LONG).next().instrumentId(77).netLots(1);
        final AccountReportEncoder.BalancesEncoder balances = encoder.balancesCount(ASSETS);
        for (int i = 0; i < ASSETS; i++)
        {
            balances.next().amount().mantissa(amount + i).exponent((byte)-3);
            balances.amountHigh(Nulls.NULL_LONG);
            balances.asset("ASSET" + i);
        }
    }

    @ParameterizedTest
    @EnumSource(names =
    {"CASH", "MARGIN"})
    void shouldAllocateNothingInSteadyState(final AccountType type)
    {
        account = newAccount(type, PositionMode.NETTING);

        assertThat(AllocationProbe.allocatedBytes(WARM_UP_RUNS, this::tradeAndReport)).isZero();
        assertThat(account.differences()).isPositive();
        assertThat(account.entries()).isPositive();
        assertThat(effects.count).isPositive();
    }

    @Test
    void shouldAllocateNothingInHedgeMode()
    {
        account = newAccount(AccountType.MARGIN, PositionMode.HEDGE);

        assertThat(AllocationProbe.allocatedBytes(WARM_UP_RUNS, this::tradeAndReport)).isZero();
        assertThat(account.differences()).isPositive();
    }

    /** That the tests above can fail: the same run with assets that are new. */
    @Test
    void shouldSeeNewAssets()
    {
        account = newAccount(AccountType.CASH, PositionMode.NETTING);
        namesNewAssets = true;

        assertThat(AllocationProbe.allocatedBytes(1, this::tradeAndReport)).isGreaterThan(100L * 100);
    }

    private Account newAccount(final AccountType type, final PositionMode mode)
    {
        final Account newAccount = new Account(
            0, new AccountTerms(type, mode, true, new MutableInt128(), 0), effects, effects);
        newAccount.define(SPOT);
        newAccount.define(INVERSE);
        return newAccount;
    }

    private void tradeAndReport()
    {
        for (int i = 0; i < ROUNDS; i++)
        {
            fill(i);
            entries.putNaturalPaddedIntAscii(entryIdOffset(), 8, i % ENTRY_IDS);
            account.onEntry(entry.wrapAndApplyHeader(entries, 0, header));
            if (i % 10 == 0)
            {
                // Each twice, and now and then one that comes amid something.
                account.onReport(report.wrapAndApplyHeader(reports, i / 20 % 2 * 4_096, header), i % 7 == 0);
            }
            if (i % 100 == 0)
            {
                account.accept();
            }
        }
    }

    private static int entryIdOffset()
    {
        return MessageHeaderEncoder.ENCODED_LENGTH + AccountEntryEncoder.BLOCK_LENGTH +
            AccountEntryEncoder.entryIdHeaderLength();
    }

    private void fill(final int i)
    {
        final long signedLots = i % 3 == 0 ? -7 : 4;
        final long closing = Long.signum(lots) == -Long.signum(signedLots) ? Math.min(Math.abs(lots), 4) : 0;
        if (namesNewAssets)
        {
            newAsset++;
            bnb.putByte(0, (byte)('A' + newAsset % 26));
            bnb.putByte(1, (byte)('A' + newAsset / 26 % 26));
            bnb.putByte(2, (byte)('A' + newAsset / 26 / 26));
        }
        lots += signedLots;
        account.onFill(SPOT.id(), 200_000 + i, signedLots, closing, commission.set(fee, -9, bnb, 0, 3));
        account.onFill(INVERSE.id(), 200_000 + i, signedLots, closing, commission.set(fee));
    }

    /** Takes all that an account says, and says that the position is as often larger as smaller. */
    private final class Effects implements LotsByInstrument, AccountPort
    {
        private long count;

        @Override
        public long netLots(final int instrumentId)
        {
            return lots;
        }

        @Override
        public long longLots(final int instrumentId)
        {
            return Math.max(0, lots);
        }

        @Override
        public long shortLots(final int instrumentId)
        {
            return Math.max(0, -lots);
        }

        @Override
        public void onBalanceDifference(final int venueId, final AccountBalance balance, final boolean halts)
        {
            count++;
        }

        @Override
        public void onPositionDifference(
            final int venueId,
            final int instrumentId,
            final DifferenceKind kind,
            final long engineLots,
            final long venueLots,
            final boolean halts)
        {
            count++;
        }

        @Override
        public void onProfit(final int instrumentId, final AccountEntryKind kind, final Int128 cash)
        {
            count++;
        }

        @Override
        public void onForeignProfit(
            final int instrumentId, final AccountEntryKind kind, final AccountBalance asset, final Int128 amount)
        {
            count++;
        }

        @Override
        public long onPositionAccepted(final int instrumentId, final long acceptedLots)
        {
            count++;
            return Nulls.NULL_PRICE_TICKS;
        }
    }
}
