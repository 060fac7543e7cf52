package io.lockstep.core.account;

import io.lockstep.codecs.Xxh64;
import io.lockstep.sbe.PositionMode;

import java.util.Arrays;

/** The instruments that are traded on an account, by their dense id. Only a new one allocates. */
final class AccountInstruments
{
    private AccountInstrument[] instrumentById = new AccountInstrument[16];
    private int idEnd;
    private int count;

    /** Null for one that is not traded on the account. */
    AccountInstrument get(final int id)
    {
        return id >= 0 && id < idEnd ? instrumentById[id] : null;
    }

    /** One beyond the largest id. */
    int idEnd()
    {
        return idEnd;
    }

    int count()
    {
        return count;
    }

    AccountInstrument getOrAdd(final int id, final PositionMode mode)
    {
        if (id < 0)
        {
            throw new IllegalArgumentException("instrumentId=" + id);
        }
        if (id >= instrumentById.length)
        {
            instrumentById = Arrays.copyOf(instrumentById, Math.max(id + 1, 2 * instrumentById.length));
        }
        idEnd = Math.max(idEnd, id + 1);
        if (instrumentById[id] == null)
        {
            instrumentById[id] = new AccountInstrument(id, mode);
            count++;
        }
        return instrumentById[id];
    }

    long chain(final long hash)
    {
        long chained = Xxh64.chain(hash, count);
        for (int id = 0; id < idEnd; id++)
        {
            if (instrumentById[id] != null)
            {
                chained = chain(instrumentById[id], chained);
            }
        }
        return chained;
    }

    private static long chain(final AccountInstrument instrument, final long hash)
    {
        long chained = hash;
        for (int i = 0; i < instrument.positionCount(); i++)
        {
            chained = instrument.positionAt(i).chain(chained);
        }
        return chained;
    }
}
