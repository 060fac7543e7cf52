package io.lockstep.core.account;

import io.lockstep.sbe.AccountSectionDecoder;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.DifferenceKind;
import org.agrona.concurrent.UnsafeBuffer;

/** Takes the sections that {@link AccountSaver} has written into an account that is new. Allocates; for one time. */
final class AccountRestorer
{
    private final Account account;
    private final UnsafeBuffer name = new UnsafeBuffer(0, 0);
    /** How many have come. */
    private int balances;
    private int positions;
    private int entries;

    AccountRestorer(final Account account)
    {
        this.account = account;
    }

    /** @return whether it was the last one. */
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
        final AccountBalance balance = account.balances().findOrAddDefined(name, 0, name.capacity());
        if (balance == null || account.balances().count() == known)
        {
            throw new IllegalArgumentException(
                "balance twice, with too long a name, or beyond " + AccountBalances.CAPACITY +
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

    private static boolean is(final BooleanType value)
    {
        return value == BooleanType.TRUE;
    }
}
