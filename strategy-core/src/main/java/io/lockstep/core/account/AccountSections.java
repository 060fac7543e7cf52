package io.lockstep.core.account;

import io.lockstep.core.snapshot.SectionWriter;
import io.lockstep.sbe.AccountSectionDecoder;
import io.lockstep.sbe.AccountSectionEncoder;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.DifferenceKind;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.Arrays;

/**
 * The account in sections: each has the account's own fields and as much of its balances, positions and entries as one message
 * may hold, behind what those before had. Allocates.
 */
final class AccountSections
{
    /** Balances, and positions, of one message: names may be long, and a message is to stay below 128 KiB. */
    static final int ROWS_MAX = 128;
    static final int ENTRIES_MAX = SectionWriter.ENTRIES_MAX;

    private final Account account;
    private final AccountSectionEncoder encoder = new AccountSectionEncoder();
    private final UnsafeBuffer name = new UnsafeBuffer(0, 0);
    /** Of what is saved or restored, as far as it has got. */
    private int balances;
    private int positions;
    private int entries;

    AccountSections(final Account account)
    {
        this.account = account;
    }

    void save(final SectionWriter writer)
    {
        final AccountPosition[] all = positions();
        balances = 0;
        positions = 0;
        entries = 0;
        do
        {
            saveFields(writer.begin(encoder), all.length);
            saveBalances();
            savePositions(all);
            saveEntries();
            writer.end();
        }
        while (balances < account.balances().count() || positions < all.length || entries < account.entryIds().count());
    }

    private void saveFields(final AccountSectionEncoder section, final int positionsTotal)
    {
        final ReportComparison comparison = account.comparison();
        section.venueId(account.venueId()).halted(of(account.isHalted())).opened(of(account.isOpened()))
            .balancesTotal(account.balances().count()).positionsTotal(positionsTotal)
            .entriesTotal(account.entryIds().count())
            .reports(comparison.reports()).reportsInFlight(comparison.reportsInFlight())
            .reportedInstrumentsUnknown(comparison.unknownInstruments())
            .reportedAssetsUnknown(comparison.unknownAssets())
            .unreadable(account.unreadable()).rounded(account.rounded()).differences(comparison.differences())
            .entries(account.entries()).repeatedEntries(account.repeatedEntries());
    }

    private void saveBalances()
    {
        final int end = Math.min(account.balances().count(), balances + ROWS_MAX);
        final AccountSectionEncoder.BalancesEncoder group = encoder.balancesCount(end - balances);
        for (; balances < end; balances++)
        {
            account.balances().at(balances).save(group.next());
        }
    }

    private void savePositions(final AccountPosition[] all)
    {
        final int end = Math.min(all.length, positions + ROWS_MAX);
        final AccountSectionEncoder.PositionsEncoder group = encoder.positionsCount(end - positions);
        for (; positions < end; positions++)
        {
            all[positions].save(group.next());
        }
    }

    private void saveEntries()
    {
        final EntryIds ids = account.entryIds();
        final int end = Math.min(ids.count(), entries + ENTRIES_MAX);
        final AccountSectionEncoder.EntryIdsEncoder group = encoder.entryIdsCount(end - entries);
        for (; entries < end; entries++)
        {
            group.next().high(ids.high(entries)).low(ids.low(entries));
        }
    }

    private AccountPosition[] positions()
    {
        final AccountInstruments instruments = account.instruments();
        final AccountPosition[] all = new AccountPosition[2 * instruments.count()];
        int count = 0;
        for (int id = 0; id < instruments.idEnd(); id++)
        {
            final AccountInstrument instrument = instruments.get(id);
            for (int i = 0; instrument != null && i < instrument.positionCount(); i++)
            {
                all[count++] = instrument.positionAt(i);
            }
        }
        return Arrays.copyOf(all, count);
    }

    boolean restore(final AccountSectionDecoder section)
    {
        if (section.venueId() != account.venueId())
        {
            throw new IllegalArgumentException(
                "venueId=" + section.venueId() + " expected venueId=" + account.venueId());
        }
        account.restore(is(section.halted()), is(section.opened()), section.entries(), section.repeatedEntries());
        account.units().rounded = section.rounded();
        account.units().unreadable = section.unreadable();
        account.comparison().restore(section.reports(), section.reportsInFlight(), section.reportedInstrumentsUnknown(),
            section.reportedAssetsUnknown(), section.differences());
        balances += restoreBalances(section.balances());
        positions += restorePositions(section.positions());
        entries += restoreEntries(section.entryIds());
        requireAtMost("balances", balances, section.balancesTotal());
        requireAtMost("positions", positions, section.positionsTotal());
        requireAtMost("entries", entries, section.entriesTotal());
        return balances == section.balancesTotal() && positions == section.positionsTotal() &&
            entries == section.entriesTotal();
    }

    private int restoreBalances(final AccountSectionDecoder.BalancesDecoder group)
    {
        final int count = group.count();
        while (group.hasNext())
        {
            group.next();
            restore(group);
        }
        return count;
    }

    private void restore(final AccountSectionDecoder.BalancesDecoder group)
    {
        group.wrapAsset(name);
        final int known = account.balances().count();
        final AccountBalance balance = account.balances().findOrAdd(name, 0, name.capacity());
        if (balance == null || account.balances().count() == known)
        {
            throw new IllegalArgumentException("balance without a name, twice, or beyond " + AccountBalances.CAPACITY +
                ": index=" + known);
        }
        balance.restore(group);
    }

    private int restorePositions(final AccountSectionDecoder.PositionsDecoder group)
    {
        final int count = group.count();
        while (group.hasNext())
        {
            group.next();
            final DifferenceKind kind = group.kind();
            account.instruments().getOrAdd(group.instrumentId(), account.terms().mode()).position(kind).restore(group);
        }
        return count;
    }

    private int restoreEntries(final AccountSectionDecoder.EntryIdsDecoder group)
    {
        final int count = group.count();
        while (group.hasNext())
        {
            group.next();
            account.entryIds().add(group.high(), group.low());
        }
        return count;
    }

    private static void requireAtMost(final String what, final int count, final int total)
    {
        if (count > total)
        {
            throw new IllegalArgumentException(what + "=" + count + " expected at most " + total);
        }
    }

    private static BooleanType of(final boolean value)
    {
        return value ? BooleanType.TRUE : BooleanType.FALSE;
    }

    private static boolean is(final BooleanType value)
    {
        return value == BooleanType.TRUE;
    }
}
