package io.lockstep.core.account;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Int128;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.Xxh64;
import io.lockstep.core.snapshot.SectionWriter;
import io.lockstep.sbe.AccountEntryDecoder;
import io.lockstep.sbe.AccountEntryKind;
import io.lockstep.sbe.AccountReportDecoder;
import io.lockstep.sbe.AccountSectionDecoder;
import io.lockstep.sbe.AccountType;
import io.lockstep.sbe.DifferenceKind;
import io.lockstep.sbe.PositionMode;
import io.lockstep.sbe.RiskReason;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The account at a venue as the engine has it: balances by asset, in 10^-18 of the asset and 128 bits, and what is known of
 * positions beside those that the owners have ({@link LotsByInstrument}).
 * <p>
 * <b>Fills.</b> In a cash account a linear instrument's fill exchanges base and settlement currency: the base by lots x lot x
 * multiplier, the other by the cash of the fill. Everything else is margin: the settlement currency changes by the profit of
 * what is closed, at the average cost of all owners together. The fee goes off the asset that it is in, so that what is held of
 * the base currency may be finer than a lot. What is finer than a unit is rounded against the account and counted.
 * <p>
 * <b>Reports.</b> The first complete one that comes with nothing in flight gives the opening balances; until then balances are
 * changes alone, and are not compared. Each one after it is compared, by asset and position, with what it names, and a complete
 * one with all there is. A report that comes while something is in flight is written down and not compared, and neither breaks
 * nor makes a row. A difference that two compared reports in a row show to the unit is confirmed; confirmed and beyond the
 * tolerance it is decided, once, and halts the account where the terms say so.
 * <p>
 * <b>Halted.</b> No new order and no replace leaves, reducing ones neither: what is held is what is in doubt. Only cancels pass,
 * until an operator accepts the account.
 * <p>
 * One thread. No allocation but for a new instrument or asset, and when it is saved or restored. What does not fit is left and
 * counted: the next report shows it.
 */
public final class Account
{
    private final int venueId;
    private final LotsByInstrument lots;
    private final AccountPort port;
    private final AccountBalances balances = new AccountBalances();
    private final AccountInstruments instruments = new AccountInstruments();
    private final AssetUnits units = new AssetUnits();
    private final EntryIds entryIds = new EntryIds();
    private final ReportComparison comparison = new ReportComparison(this);
    private AccountTerms terms;
    /** While sections come, else null. */
    private AccountRestorer restorer;
    private boolean halted;
    private boolean opened;
    private long entries;
    private long repeatedEntries;

    private final MutableInt128 change = new MutableInt128();
    private final MutableInt128 part = new MutableInt128();
    private final UnsafeBuffer name = new UnsafeBuffer(0, 0);

    public Account(final int venueId, final AccountTerms terms, final LotsByInstrument lots, final AccountPort port)
    {
        this.venueId = venueId;
        this.terms = terms;
        this.lots = lots;
        this.port = port;
    }

    /**
     * The account by new terms, from the next report on: this one, or where {@link AccountTerms#canBecome} says no a new one that
     * has nothing but the instruments.
     */
    public Account with(final AccountTerms newTerms)
    {
        if (terms.canBecome(newTerms))
        {
            terms = newTerms;
            return this;
        }
        final Account other = new Account(venueId, newTerms, lots, port);
        for (int id = 0; id < instruments.idEnd(); id++)
        {
            if (instruments.get(id) != null && instruments.get(id).isDefined())
            {
                other.define(instruments.get(id).instrument());
            }
        }
        return other;
    }

    /** Takes up lots and what they cost, of a snapshot that knew no accounts; of accounts that net. */
    public void adopt(final int instrumentId, final long netLots, final Int128 cost)
    {
        require(instrumentId).position(DifferenceKind.POSITION).cost().adopt(netLots, cost);
    }

    /** Adds an instrument whose orders go to the venue, before its first fill. One that is there already changes nothing. */
    public void define(final Instrument instrument)
    {
        instruments.getOrAdd(instrument.id(), terms.mode()).define(instrument, balances);
    }

    public int venueId()
    {
        return venueId;
    }

    public AccountTerms terms()
    {
        return terms;
    }

    /** Whether it takes no part until an operator accepts it. */
    public boolean isHalted()
    {
        return halted;
    }

    /** Why a new order or a replace may not leave: NONE or ACCOUNT_HALTED. Cancels always may. */
    public RiskReason refusal()
    {
        return halted ? RiskReason.ACCOUNT_HALTED : RiskReason.NONE;
    }

    /** Whether a report has given the opening balances. */
    public boolean isOpened()
    {
        return opened;
    }

    public int balanceCount()
    {
        return balances.count();
    }

    /** Balances, in the order in which their assets were first met with. */
    public AccountBalance balanceAt(final int index)
    {
        return balances.at(index);
    }

    /**
     * Whole lots of the instrument that the account holds. Where fills exchange currencies that is what the balance of the base
     * makes, rounded down: fees in the base currency leave less than the owners' positions. Else it is the net position.
     */
    public long heldLots(final int instrumentId)
    {
        final AccountInstrument instrument = require(instrumentId);
        return instrument.exchanges(terms.type())
            ? instrument.wholeLots(change.set(instrument.base().amount()))
            : lots.netLots(instrumentId);
    }

    /**
     * A fill, once.
     *
     * @param signedLots  positive bought, negative sold.
     * @param closingLots how many of them, not negative, closed what their owner had; of accounts in hedge mode, where they are
     *                    of the other position than those that open.
     */
    public void onFill(
        final int instrumentId,
        final long priceTicks,
        final long signedLots,
        final long closingLots,
        final Commission commission)
    {
        final AccountInstrument instrument = require(instrumentId);
        try
        {
            if (instrument.exchanges(terms.type()))
            {
                exchange(instrument, priceTicks, signedLots);
            }
            else
            {
                realize(instrument, priceTicks, signedLots, closingLots);
            }
        }
        catch (final ArithmeticException ex)
        {
            units.unreadable++;
        }
        pay(instrument, commission);
    }

    private void exchange(final AccountInstrument instrument, final long priceTicks, final long signedLots)
    {
        instrument.cashRule().fillCash(priceTicks, signedLots, change);
        book(instrument.settlement(), instrument.instrument().cashExponent());
        instrument.baseQuantity(signedLots, change);
        book(instrument.base(), instrument.baseExponent());
    }

    private void realize(
        final AccountInstrument instrument, final long priceTicks, final long signedLots, final long closingLots)
    {
        if (terms.mode() == PositionMode.HEDGE)
        {
            final long closing = signedLots < 0 ? -closingLots : closingLots;
            realize(instrument, closedBy(signedLots), priceTicks, closing);
            realize(instrument, openedBy(signedLots), priceTicks, signedLots - closing);
        }
        else
        {
            realize(instrument, DifferenceKind.POSITION, priceTicks, signedLots);
        }
    }

    private static DifferenceKind openedBy(final long signedLots)
    {
        return signedLots < 0 ? DifferenceKind.SHORT_POSITION : DifferenceKind.LONG_POSITION;
    }

    private static DifferenceKind closedBy(final long signedLots)
    {
        return openedBy(-signedLots);
    }

    private void realize(
        final AccountInstrument instrument, final DifferenceKind kind, final long priceTicks, final long signedLots)
    {
        instrument.position(kind).cost().onFill(instrument.cashRule(), priceTicks, signedLots, change);
        book(instrument.settlement(), instrument.instrument().cashExponent());
    }

    private void pay(final AccountInstrument instrument, final Commission commission)
    {
        if (commission.amount().signum() == 0)
        {
            return;
        }
        change.set(commission.amount()).negate();
        if (commission.isForeign())
        {
            book(balances.findOrAdd(commission.asset(), 0, commission.assetLength()), commission.exponent());
        }
        else
        {
            book(instrument.settlement(), instrument.instrument().cashExponent());
        }
    }

    /** The change, which is of 10^exponent and is in units then. */
    private boolean book(final AccountBalance balance, final int exponent)
    {
        if (balance == null)
        {
            units.unreadable++;
            return false;
        }
        if (!units.scale(change, exponent))
        {
            return false;
        }
        if (!balance.add(change))
        {
            units.unreadable++;
            return false;
        }
        return true;
    }

    /**
     * An entry: changes the balance of its asset, and is profit of the instrument that it names, unless it is a transfer or a
     * split. One whose id is among the newest {@value EntryIds#HORIZON} has no effect; one without an id is always new.
     *
     * @param entry wrapped; its texts are read.
     * @return whether it is booked.
     */
    public boolean onEntry(final AccountEntryDecoder entry)
    {
        entry.wrapEntryId(name);
        if (name.capacity() > 0 && !entryIds.take(name, 0, name.capacity()))
        {
            repeatedEntries++;
            return false;
        }
        entry.wrapAsset(name);
        final AccountBalance balance = balances.findOrAdd(name, 0, name.capacity());
        if (entry.amount().mantissa() == Nulls.NULL_LONG)
        {
            units.unreadable++;
            return false;
        }
        change.set(entry.amount().mantissa());
        if (!book(balance, entry.amount().exponent()))
        {
            return false;
        }
        entries++;
        final AccountInstrument instrument = instruments.get(entry.instrumentId());
        if (instrument != null && isProfit(entry.kind()))
        {
            reportProfit(instrument, entry.kind(), balance);
        }
        return true;
    }

    private static boolean isProfit(final AccountEntryKind kind)
    {
        return switch (kind)
        {
            case FUNDING, INTEREST, DELIVERY, FEE, REBATE -> true;
            case TRANSFER, SPLIT, SBE_UNKNOWN, NULL_VAL -> false;
        };
    }

    private void reportProfit(
        final AccountInstrument instrument, final AccountEntryKind kind, final AccountBalance balance)
    {
        part.set(change);
        if (balance != instrument.settlement())
        {
            port.onForeignProfit(instrument.id(), kind, balance, part);
        }
        else if (AssetUnits.unscale(part, instrument.instrument().cashExponent()))
        {
            port.onProfit(instrument.id(), kind, part);
        }
        else
        {
            units.unreadable++;
        }
    }

    /**
     * A report of the venue.
     *
     * @param report     wrapped; its groups are read.
     * @param isInFlight whether a request has no answer yet, so that the venue may know of something that the engine does not.
     * @return whether the account has been halted by it.
     */
    public boolean onReport(final AccountReportDecoder report, final boolean isInFlight)
    {
        final boolean isHalting = comparison.take(report, isInFlight) && !halted;
        halted |= isHalting;
        return isHalting;
    }

    void open()
    {
        opened = true;
        for (int i = 0; i < balances.count(); i++)
        {
            balances.at(i).open();
        }
    }

    /**
     * An operator takes the venue's word: each difference that two reports in a row have shown is booked, within the tolerance
     * too, and the account takes part again. What was seen once may have been in flight and is looked at again.
     *
     * @return how many balances and positions were changed.
     */
    public int accept()
    {
        halted = false;
        int accepted = 0;
        for (int i = 0; i < balances.count(); i++)
        {
            accepted += balances.at(i).accept() ? 1 : 0;
        }
        for (int id = 0; id < instruments.idEnd(); id++)
        {
            final AccountInstrument instrument = instruments.get(id);
            accepted += instrument == null ? 0 : accept(instrument);
        }
        return accepted;
    }

    private int accept(final AccountInstrument instrument)
    {
        long netLots = 0;
        for (int i = 0; i < instrument.positionCount(); i++)
        {
            netLots += instrument.positionAt(i).acceptableNetLots();
        }
        // Asked before the port changes them.
        final long first = acceptedLots(instrument.positionAt(0));
        final long last = acceptedLots(instrument.positionAt(instrument.positionCount() - 1));
        final long priceTicks = netLots == 0
            ? Nulls.NULL_PRICE_TICKS
            : port.onPositionAccepted(instrument.id(), netLots);
        int accepted = accept(instrument, instrument.positionAt(0), first, priceTicks);
        if (instrument.positionCount() > 1)
        {
            accepted += accept(instrument, instrument.positionAt(1), last, priceTicks);
        }
        return accepted;
    }

    private long acceptedLots(final AccountPosition position)
    {
        return position.engineLots(lots) + position.acceptableLots();
    }

    private int accept(
        final AccountInstrument instrument,
        final AccountPosition position,
        final long newLots,
        final long priceTicks)
    {
        final long netLots = position.acceptableNetLots();
        if (instrument.isDefined() && !instrument.exchanges(terms.type()))
        {
            acceptCost(instrument, position, priceTicks, netLots);
        }
        position.accept(newLots, lots);
        return netLots == 0 ? 0 : 1;
    }

    private void acceptCost(
        final AccountInstrument instrument, final AccountPosition position, final long priceTicks, final long lots)
    {
        try
        {
            position.cost().accept(instrument.cashRule(), priceTicks, lots, change);
        }
        catch (final ArithmeticException ex)
        {
            units.unreadable++;
        }
    }

    /** The position of an instrument: the net one, or of an account in hedge mode the long or the short one. */
    public AccountPosition position(final int instrumentId, final DifferenceKind kind)
    {
        return require(instrumentId).position(kind);
    }

    private AccountInstrument require(final int instrumentId)
    {
        final AccountInstrument instrument = instruments.get(instrumentId);
        if (instrument == null || !instrument.isDefined())
        {
            throw new IllegalStateException("not defined for the account: instrumentId=" + instrumentId + " venueId=" +
                venueId);
        }
        return instrument;
    }

    /** Reports taken. */
    public long reports()
    {
        return comparison.reports();
    }

    /** Count of the reports that were not compared, because something was in flight. */
    public long reportsInFlight()
    {
        return comparison.reportsInFlight();
    }

    /** Positions reported of instruments whose orders do not go to the venue. */
    public long unknownInstruments()
    {
        return comparison.unknownInstruments();
    }

    /** Assets that were first met with in a report. */
    public long unknownAssets()
    {
        return comparison.unknownAssets();
    }

    /** Differences decided. */
    public long differences()
    {
        return comparison.differences();
    }

    /** Entries booked. */
    public long entries()
    {
        return entries;
    }

    /** Entries whose id had come before. */
    public long repeatedEntries()
    {
        return repeatedEntries;
    }

    /** Amounts finer than a unit, rounded against the account. */
    public long rounded()
    {
        return units.rounded;
    }

    /** Amounts and names that the account has no room for. */
    public long unreadable()
    {
        return units.unreadable;
    }

    AccountBalances balances()
    {
        return balances;
    }

    AccountInstruments instruments()
    {
        return instruments;
    }

    AssetUnits units()
    {
        return units;
    }

    EntryIds entryIds()
    {
        return entryIds;
    }

    ReportComparison comparison()
    {
        return comparison;
    }

    LotsByInstrument lots()
    {
        return lots;
    }

    AccountPort port()
    {
        return port;
    }

    void restore(
        final boolean newHalted, final boolean newOpened, final long newEntries, final long newRepeatedEntries)
    {
        halted = newHalted;
        opened = newOpened;
        entries = newEntries;
        repeatedEntries = newRepeatedEntries;
    }

    /** Writes one section or more; allocates. */
    public void save(final SectionWriter writer)
    {
        new AccountSaver(this).save(writer);
    }

    /**
     * Takes one section, in the order in which they were written, into an account that is new; allocates.
     *
     * @return whether it was the last one.
     * @throws IllegalArgumentException for a section that cannot follow.
     */
    public boolean restore(final AccountSectionDecoder section)
    {
        if (restorer == null)
        {
            restorer = new AccountRestorer(this);
        }
        final boolean isLast = restorer.restore(section);
        if (isLast)
        {
            restorer = null;
        }
        return isLast;
    }

    public long stateHash()
    {
        long hash = Xxh64.chain(venueId, halted ? 1 : 0);
        hash = Xxh64.chain(hash, opened ? 1 : 0);
        hash = Xxh64.chain(hash, entries);
        hash = Xxh64.chain(hash, repeatedEntries);
        hash = Xxh64.chain(hash, units.rounded);
        hash = Xxh64.chain(hash, units.unreadable);
        hash = comparison.chain(hash);
        hash = balances.chain(hash);
        hash = instruments.chain(hash);
        return entryIds.chain(hash);
    }
}
