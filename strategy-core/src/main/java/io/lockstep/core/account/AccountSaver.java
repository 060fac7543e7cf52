package io.lockstep.core.account;

import io.lockstep.core.snapshot.SectionWriter;
import io.lockstep.sbe.AccountSectionEncoder;
import io.lockstep.sbe.BooleanType;

import java.util.Arrays;

/**
 * Writes an account as sections: each has the account's own fields and as much of its balances, positions and entries as one
 * message may hold, behind what those before had. Allocates; for one time.
 */
final class AccountSaver
{
    /** Balances, and positions, of one message: names may be long, and a message is to stay below 128 KiB. */
    static final int ROWS_MAX = 128;
    static final int ENTRIES_MAX = SectionWriter.ENTRIES_MAX;

    private final Account account;
    private final AccountSectionEncoder encoder = new AccountSectionEncoder();
    /** How many have been written. */
    private int balances;
    private int positions;
    private int entries;

    AccountSaver(final Account account)
    {
        this.account = account;
    }

    void save(final SectionWriter writer)
    {
        final AccountPosition[] all = positions();
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

    private static BooleanType of(final boolean value)
    {
        return value ? BooleanType.TRUE : BooleanType.FALSE;
    }
}
