package io.lockstep.gateways.simulated;

import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Int128;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.codecs.Nulls;
import io.lockstep.sbe.AccountEntryEncoder;
import io.lockstep.sbe.AccountEntryKind;
import io.lockstep.sbe.AccountReportEncoder;
import io.lockstep.sbe.AccountType;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.MessageHeaderEncoder;
import org.agrona.ExpandableArrayBuffer;

import java.math.BigDecimal;
import java.util.Arrays;

/**
 * The venue's own account: what there was at the beginning, what was booked since, and what the ledgers of all instruments have
 * come to, added up for each report. It does not look at whether there is enough. For the venue's thread; allocates where an
 * instrument is defined or something is booked.
 */
public final class VenueAccount
{
    private static final long NEVER = Long.MIN_VALUE;

    private final VenueAccountRules rules;
    private final VenueMarkets markets;
    private final ReportPublisher publisher;
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(1024);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final AccountReportEncoder report = new AccountReportEncoder();
    private final AccountEntryEncoder entry = new AccountEntryEncoder();
    private final MutableInt128 amount = new MutableInt128();
    private VenueBalance[] balances = new VenueBalance[0];
    private VenueBalance[] baseById = new VenueBalance[16];
    private VenueBalance[] settlementById = new VenueBalance[16];
    private long[] plantedLotsById = new long[16];
    private boolean isChanged = true;
    private long reportedNs = NEVER;
    private long reports;
    private long entries;

    VenueAccount(final VenueAccountRules rules, final VenueMarkets markets, final ReportPublisher publisher)
    {
        this.rules = rules;
        this.markets = markets;
        this.publisher = publisher;
        rules.balances().forEach((asset, opening) -> balance(asset).book(opening));
    }

    void define(final Instrument instrument)
    {
        final int id = instrument.id();
        if (id >= baseById.length)
        {
            final int length = Math.max(id + 1, 2 * baseById.length);
            baseById = Arrays.copyOf(baseById, length);
            settlementById = Arrays.copyOf(settlementById, length);
            plantedLotsById = Arrays.copyOf(plantedLotsById, length);
        }
        baseById[id] = balance(instrument.baseCurrency());
        settlementById[id] = balance(instrument.settlementCurrency());
    }

    private VenueBalance balance(final String asset)
    {
        for (final VenueBalance balance : balances)
        {
            if (balance.asset().equals(asset))
            {
                return balance;
            }
        }
        balances = Arrays.copyOf(balances, balances.length + 1);
        balances[balances.length - 1] = new VenueBalance(asset);
        return balances[balances.length - 1];
    }

    void onChanged()
    {
        isChanged = true;
    }

    /**
     * Reports what has changed, when the newest report is old enough.
     *
     * @param isTimeOver whether no time will pass in which it could become so.
     */
    void reportChange(final long nowNs, final boolean isTimeOver)
    {
        if (isChanged && (isTimeOver || reportedNs == NEVER || nowNs - reportedNs >= rules.reportIntervalNs()))
        {
            report(nowNs);
        }
    }

    /** Reports all that there is, where the venue reports accounts. */
    void report(final long nowNs)
    {
        if (!rules.isReported())
        {
            return;
        }
        isChanged = false;
        reportedNs = nowNs;
        addUp();
        report.wrapAndApplyHeader(buffer, 0, header).venueId(AccountReportEncoder.venueIdNullValue())
            .reportId(++reports).complete(BooleanType.TRUE);
        encodePositions();
        encodeBalances();
        publisher.send(buffer, MessageHeaderEncoder.ENCODED_LENGTH + report.encodedLength());
    }

    /** A complete report leaves out what is flat; a cash account has its positions as balances. */
    private void encodePositions()
    {
        int count = 0;
        for (int id = 0; id < markets.idLimit(); id++)
        {
            count += isReported(id) ? 1 : 0;
        }
        final AccountReportEncoder.PositionsEncoder positions = report.positionsCount(count);
        for (int id = 0; id < markets.idLimit(); id++)
        {
            if (isReported(id))
            {
                positions.next().instrumentId(id).netLots(netLots(id)).longLots(Nulls.NULL_LONG)
                    .shortLots(Nulls.NULL_LONG);
            }
        }
    }

    private boolean isReported(final int id)
    {
        return markets.market(id) != null && !exchanges(markets.market(id).instrument()) && 0 != netLots(id);
    }

    private void encodeBalances()
    {
        final AccountReportEncoder.BalancesEncoder group = report.balancesCount(balances.length);
        for (final VenueBalance balance : balances)
        {
            group.next().amount().mantissa(balance.total().low()).exponent((byte)VenueBalance.EXPONENT);
            group.amountHigh(balance.total().highOrNull()).putAsset(balance.bytes(), 0, balance.bytes().length);
        }
    }

    private void addUp()
    {
        for (final VenueBalance balance : balances)
        {
            balance.beginTotal();
        }
        for (int id = 0; id < markets.idLimit(); id++)
        {
            if (markets.market(id) != null)
            {
                addUp(markets.market(id));
            }
        }
    }

    /** Coins for coins, or the profit of what was closed; fees in either case. */
    private void addUp(final VenueMarket market)
    {
        final Instrument instrument = market.instrument();
        final VenueLedger ledger = market.ledger();
        amount.set(ledger.cash()).subtract(ledger.fees());
        if (exchanges(instrument))
        {
            settlementById[instrument.id()].addToTotal(amount, instrument.cashExponent());
            amount.product(ledger.positionLots(), instrument.lot().mantissa())
                .multiply(instrument.multiplier().mantissa());
            baseById[instrument.id()].addToTotal(
                amount, instrument.lot().exponent() + instrument.multiplier().exponent());
        }
        else
        {
            settlementById[instrument.id()].addToTotal(
                amount.subtract(ledger.openCost()), instrument.cashExponent());
        }
    }

    private boolean exchanges(final Instrument instrument)
    {
        return AccountType.CASH == rules.type() && !instrument.isInverse();
    }

    /**
     * Books what is no fill, and says so by an AccountEntry.
     *
     * @param instrumentId whose profit it is; {@link Nulls#NULL_INSTRUMENT_ID} for nobody's.
     */
    public void book(final AccountEntryKind kind, final int instrumentId, final String asset, final Decimal booked)
    {
        final VenueBalance balance = balance(asset);
        balance.book(booked.value());
        isChanged = true;
        entry.wrapAndApplyHeader(buffer, 0, header).venueId(AccountEntryEncoder.venueIdNullValue()).kind(kind)
            .instrumentId(instrumentId);
        entry.amount().mantissa(booked.mantissa()).exponent((byte)booked.exponent());
        entry.entryId("entry-" + ++entries).asset(asset);
        publisher.send(buffer, MessageHeaderEncoder.ENCODED_LENGTH + entry.encodedLength());
    }

    /** An error: the balance changes and nobody is told. */
    public void plant(final String asset, final BigDecimal error)
    {
        balance(asset).book(error);
        isChanged = true;
    }

    /** An error: the position that is reported changes and nobody is told. */
    public void plantLots(final int instrumentId, final long lots)
    {
        plantedLotsById[instrumentId] += lots;
        isChanged = true;
    }

    /** As the venue reports it: positive long, negative short. */
    public long netLots(final int instrumentId)
    {
        return Math.addExact(markets.market(instrumentId).ledger().positionLots(), plantedLotsById[instrumentId]);
    }

    /** What there is of an asset, in 10^-18 of it; changes with the next question. */
    public Int128 balanceUnits(final String asset)
    {
        addUp();
        return balance(asset).total();
    }

    /** Reports made. */
    public long reports()
    {
        return reports;
    }
}
