package io.lockstep.core.venue;

import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.Xxh64;
import io.lockstep.sbe.Side;

import java.util.Arrays;

/**
 * Orders that the venue has, that are ours by their ClOrdID, and that the journal has lost. They are being cancelled; until
 * they are, they may still trade, and what they trade is ours. Few, and only after a loss, so they are looked for one by one.
 * Only {@link #add} allocates, and seldom.
 */
public final class StrayOrders
{
    public static final int NONE = -1;

    private int[] incarnations = new int[4];
    private long[] sequences = new long[4];
    private int[] ordinals = new int[4];
    private int[] instrumentIds = new int[4];
    private Side[] sides = new Side[4];
    private int[] attempts = new int[4];
    private long[] retriesNs = new long[4];
    private int count;

    public int count()
    {
        return count;
    }

    public int incarnationAt(final int index)
    {
        return incarnations[index];
    }

    public long sequenceAt(final int index)
    {
        return sequences[index];
    }

    public int ordinalAt(final int index)
    {
        return ordinals[index];
    }

    /** Null when it is not known: then its cancel is not sent again. */
    public int instrumentIdAt(final int index)
    {
        return instrumentIds[index];
    }

    public Side sideAt(final int index)
    {
        return sides[index];
    }

    /** Cancels that were sent again. */
    public int wishAttemptsAt(final int index)
    {
        return attempts[index];
    }

    /** Sequenced time at which another cancel is sent, or null. */
    public long wishRetryNsAt(final int index)
    {
        return retriesNs[index];
    }

    /** The next cancel is sent at this sequenced time. */
    public void wishUntil(final int index, final long retryNs)
    {
        retriesNs[index] = retryNs;
    }

    /** Its cancel is sent again. */
    public void wishRepeated(final int index)
    {
        attempts[index]++;
    }

    /** Takes up what a snapshot says of the newest. */
    public void restoreWish(final int wishAttempts, final long wishRetryNs)
    {
        attempts[count - 1] = wishAttempts;
        retriesNs[count - 1] = wishRetryNs;
    }

    /** Its index, or {@link #NONE}. */
    public int find(final int incarnation, final long sequence, final int ordinal)
    {
        for (int i = 0; i < count; i++)
        {
            if (sequences[i] == sequence && ordinals[i] == ordinal && incarnations[i] == incarnation)
            {
                return i;
            }
        }
        return NONE;
    }

    /** Returns its index, also when it is there already. */
    public int add(
        final int incarnation, final long sequence, final int ordinal, final int instrumentId, final Side side)
    {
        final int known = find(incarnation, sequence, ordinal);
        if (known != NONE)
        {
            return known;
        }
        if (count == sequences.length)
        {
            incarnations = Arrays.copyOf(incarnations, 2 * count);
            sequences = Arrays.copyOf(sequences, 2 * count);
            ordinals = Arrays.copyOf(ordinals, 2 * count);
            instrumentIds = Arrays.copyOf(instrumentIds, 2 * count);
            sides = Arrays.copyOf(sides, 2 * count);
            attempts = Arrays.copyOf(attempts, 2 * count);
            retriesNs = Arrays.copyOf(retriesNs, 2 * count);
        }
        incarnations[count] = incarnation;
        sequences[count] = sequence;
        ordinals[count] = ordinal;
        instrumentIds[count] = instrumentId;
        sides[count] = side == Side.BUY || side == Side.SELL ? side : Side.NULL_VAL;
        attempts[count] = 0;
        retriesNs[count] = Nulls.NULL_TIME_NS;
        return count++;
    }

    /** The last takes its place. */
    public void remove(final int index)
    {
        count--;
        incarnations[index] = incarnations[count];
        sequences[index] = sequences[count];
        ordinals[index] = ordinals[count];
        instrumentIds[index] = instrumentIds[count];
        sides[index] = sides[count];
        attempts[index] = attempts[count];
        retriesNs[index] = retriesNs[count];
    }

    public void clear()
    {
        count = 0;
    }

    public long stateHash()
    {
        long hash = count;
        for (int i = 0; i < count; i++)
        {
            hash = Xxh64.chain(hash, sequences[i]);
            hash = Xxh64.chain(hash, (long)incarnations[i] << 32 | ordinals[i]);
            hash = Xxh64.chain(hash, (long)instrumentIds[i] << 32 | attempts[i]);
            hash = Xxh64.chain(Xxh64.chain(hash, sides[i].value()), retriesNs[i]);
        }
        return hash;
    }
}
