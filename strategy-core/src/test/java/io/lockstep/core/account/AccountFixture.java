package io.lockstep.core.account;

import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Int128;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.codecs.Nulls;
import io.lockstep.sbe.AccountEntryDecoder;
import io.lockstep.sbe.AccountEntryEncoder;
import io.lockstep.sbe.AccountEntryKind;
import io.lockstep.sbe.AccountReportDecoder;
import io.lockstep.sbe.AccountReportEncoder;
import io.lockstep.sbe.AccountType;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.ContractType;
import io.lockstep.sbe.DifferenceKind;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.PositionMode;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An account, the words to tell it what happens, and what it causes as lines. Two owners have positions: 0 is nobody, and takes
 * what an operator accepts; 1 is a strategy, whose are the fills.
 */
final class AccountFixture implements LotsByInstrument, AccountPort
{
    /** A spot instrument, a lot of 0.001 BTC and a tick of 0.1 USDT. */
    static final Instrument SPOT = new Instrument(0, "BTCUSDT", "SPOT", ContractType.LINEAR, Increment.parse("0.1"),
        Increment.parse("0.001"), 1, 1, Increment.parse("1"), "BTC", "USDT", "USDT");
    /** A linear derivative. */
    static final Instrument SWAP = new Instrument(1, "ETHUSDT", "SWAP", ContractType.LINEAR, Increment.parse("0.01"),
        Increment.parse("0.01"), 1, 1, Increment.parse("1"), "ETH", "USDT", "USDT");
    /** A contract of 100 USD, settled in BTC. */
    static final Instrument INVERSE = new Instrument(2, "BTCUSD", "COIN", ContractType.INVERSE, Increment.parse("0.1"),
        Increment.parse("1"), 1, 1, Increment.parse("100"), "BTC", "USD", "BTC");
    static final int VENUE_ID = 3;

    final Account account;
    final List<String> lines = new ArrayList<>();
    /** Price at which accepted lots are booked. */
    long markTicks = Nulls.NULL_PRICE_TICKS;
    /** Whether nobody's position takes what is accepted. */
    boolean takesAccepted = true;

    private final long[][] lotsByOwner = new long[2][8];
    private final MutableDirectBuffer buffer = new ExpandableArrayBuffer();
    private final MutableDirectBuffer text = new ExpandableArrayBuffer();
    private final Commission commission = new Commission();
    private int entries;

    AccountFixture(final AccountTerms terms, final Instrument... instruments)
    {
        account = new Account(VENUE_ID, terms, this, this);
        for (final Instrument instrument : instruments)
        {
            account.define(instrument);
        }
    }

    static AccountFixture cash(final Instrument... instruments)
    {
        return new AccountFixture(terms(AccountType.CASH, PositionMode.NETTING, "0", 0), instruments);
    }

    static AccountFixture margin(final Instrument... instruments)
    {
        return new AccountFixture(terms(AccountType.MARGIN, PositionMode.NETTING, "0", 0), instruments);
    }

    static AccountTerms terms(
        final AccountType type, final PositionMode mode, final String balanceTolerance, final long toleranceLots)
    {
        return new AccountTerms(type, mode, true, units(balanceTolerance), toleranceLots);
    }

    static MutableInt128 units(final String amount)
    {
        return MutableInt128.of(new BigDecimal(amount).movePointRight(18).toBigIntegerExact());
    }

    static String text(final Int128 units)
    {
        return new BigDecimal(units.toBigInteger(), 18).stripTrailingZeros().toPlainString();
    }

    /** Lines since the last call. */
    List<String> taken()
    {
        final List<String> taken = List.copyOf(lines);
        lines.clear();
        return taken;
    }

    /** Balances that are not 0. */
    Map<String, String> balances()
    {
        final Map<String, String> balances = new LinkedHashMap<>();
        for (int i = 0; i < account.balanceCount(); i++)
        {
            if (account.balanceAt(i).amount().signum() != 0)
            {
                balances.put(account.balanceAt(i).asset(), text(account.balanceAt(i).amount()));
            }
        }
        return balances;
    }

    // ---- fills

    /** Of the strategy; the fee is in cash units of the instrument. */
    void fill(final Instrument instrument, final long priceTicks, final long signedLots, final long fee)
    {
        fill(instrument, priceTicks, signedLots, 1, commission.set(new MutableInt128(fee)));
    }

    /** With a fee in an asset of its own. */
    void fill(
        final Instrument instrument,
        final long priceTicks,
        final long signedLots,
        final String fee,
        final String asset)
    {
        final Decimal decimal = Decimal.parse(fee);
        fill(instrument, priceTicks, signedLots, 1, foreign(decimal.mantissa(), decimal.exponent(), asset));
    }

    Commission foreign(final long mantissa, final int exponent, final String asset)
    {
        final int length = text.putStringWithoutLengthUtf8(0, asset);
        return commission.set(new MutableInt128(mantissa), exponent, text, 0, length);
    }

    void fill(
        final Instrument instrument,
        final long priceTicks,
        final long signedLots,
        final int owner,
        final Commission fee)
    {
        final long before = lotsByOwner[owner][instrument.id()];
        final long closing = Long.signum(before) == -Long.signum(signedLots)
            ? Math.min(Math.abs(before), Math.abs(signedLots))
            : 0;
        lotsByOwner[owner][instrument.id()] += signedLots;
        account.onFill(instrument.id(), priceTicks, signedLots, closing, fee);
    }

    /** Lots that the account hears nothing of. */
    void own(final Instrument instrument, final int owner, final long lots)
    {
        lotsByOwner[owner][instrument.id()] = lots;
    }

    long lots(final Instrument instrument, final int owner)
    {
        return lotsByOwner[owner][instrument.id()];
    }

    // ---- entries

    boolean entry(final AccountEntryKind kind, final Instrument instrument, final String amount, final String asset)
    {
        return entry("e" + ++entries, kind, instrument, amount, asset);
    }

    /** @param instrument null for nobody's. */
    boolean entry(
        final String id,
        final AccountEntryKind kind,
        final Instrument instrument,
        final String amount,
        final String asset)
    {
        final Decimal decimal = Decimal.parse(amount);
        return entry(id, kind, instrument, decimal.mantissa(), decimal.exponent(), asset);
    }

    boolean entry(
        final String id,
        final AccountEntryKind kind,
        final Instrument instrument,
        final long mantissa,
        final int exponent,
        final String asset)
    {
        final AccountEntryEncoder encoder = new AccountEntryEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder()).venueId(VENUE_ID).kind(kind)
            .instrumentId(instrument == null ? Nulls.NULL_INSTRUMENT_ID : instrument.id());
        encoder.amount().mantissa(mantissa).exponent((byte)exponent);
        encoder.entryId(id).asset(asset);
        final AccountEntryDecoder decoder = new AccountEntryDecoder();
        decoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderDecoder());
        return account.onEntry(decoder);
    }

    // ---- reports

    Report report()
    {
        return new Report();
    }

    /** What the venue says, row by row. */
    final class Report
    {
        private final List<long[]> positions = new ArrayList<>();
        private final List<String> assets = new ArrayList<>();
        private final List<Decimal> amounts = new ArrayList<>();
        private boolean isComplete = true;
        private boolean isInFlight;

        Report balance(final String asset, final String amount)
        {
            return balance(asset, Decimal.parse(amount));
        }

        Report balance(final String asset, final Decimal amount)
        {
            assets.add(asset);
            amounts.add(amount);
            return this;
        }

        Report position(final int instrumentId, final long netLots)
        {
            positions.add(new long[]{instrumentId, netLots, Nulls.NULL_LONG, Nulls.NULL_LONG});
            return this;
        }

        Report hedged(final int instrumentId, final long longLots, final long shortLots)
        {
            positions.add(new long[]{instrumentId, longLots - shortLots, longLots, shortLots});
            return this;
        }

        Report partial()
        {
            isComplete = false;
            return this;
        }

        Report inFlight()
        {
            isInFlight = true;
            return this;
        }

        boolean send()
        {
            return account.onReport(decoder(), isInFlight);
        }

        AccountReportDecoder decoder()
        {
            final AccountReportEncoder encoder = new AccountReportEncoder();
            encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder()).venueId(VENUE_ID).reportId(1)
                .complete(isComplete ? BooleanType.TRUE : BooleanType.FALSE);
            final AccountReportEncoder.PositionsEncoder rows = encoder.positionsCount(positions.size());
            positions.forEach((row) -> rows.next().instrumentId((int)row[0]).netLots(row[1]).longLots(row[2])
                .shortLots(row[3]));
            final AccountReportEncoder.BalancesEncoder balances = encoder.balancesCount(assets.size());
            for (int i = 0; i < assets.size(); i++)
            {
                balances.next().amount().mantissa(amounts.get(i).mantissa()).exponent((byte)amounts.get(i).exponent());
                balances.amountHigh(Nulls.NULL_LONG);
                balances.asset(assets.get(i));
            }
            final AccountReportDecoder decoder = new AccountReportDecoder();
            return decoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderDecoder());
        }
    }

    // ---- what the core has

    @Override
    public long netLots(final int instrumentId)
    {
        return lotsByOwner[0][instrumentId] + lotsByOwner[1][instrumentId];
    }

    @Override
    public long longLots(final int instrumentId)
    {
        return Math.max(0, lotsByOwner[0][instrumentId]) + Math.max(0, lotsByOwner[1][instrumentId]);
    }

    @Override
    public long shortLots(final int instrumentId)
    {
        return longLots(instrumentId) - netLots(instrumentId);
    }

    // ---- what the account causes

    @Override
    public void onBalanceDifference(final int venueId, final AccountBalance balance, final boolean halts)
    {
        lines.add(
            "difference venue=" + venueId + " " + balance.asset() + " engine=" + text(balance.amount()) + " venue=" +
                text(balance.reported()) + " halts=" + halts);
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
        lines.add("difference venue=" + venueId + " " + kind + " instrument=" + instrumentId + " engine=" + engineLots +
            " venue=" + venueLots + " halts=" + halts);
    }

    @Override
    public void onProfit(final int instrumentId, final AccountEntryKind kind, final Int128 cash)
    {
        lines.add("profit instrument=" + instrumentId + " " + kind + " cash=" + cash.toBigInteger());
    }

    @Override
    public void onForeignProfit(
        final int instrumentId, final AccountEntryKind kind, final AccountBalance asset, final Int128 amount)
    {
        lines.add("profit instrument=" + instrumentId + " " + kind + " " + text(amount) + " " + asset.asset());
    }

    @Override
    public long onPositionAccepted(final int instrumentId, final long lots)
    {
        lines.add("accepted instrument=" + instrumentId + " lots=" + lots);
        if (takesAccepted)
        {
            lotsByOwner[0][instrumentId] += lots;
        }
        return markTicks;
    }
}
