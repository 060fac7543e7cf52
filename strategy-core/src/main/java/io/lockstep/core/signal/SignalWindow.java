package io.lockstep.core.signal;

import io.lockstep.codecs.Xxh64;
import io.lockstep.sbe.RiskReason;
import io.lockstep.sbe.SignalClientDecoder;
import io.lockstep.sbe.SignalClientEncoder;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Which signals of one client were answered: in the newest of its epochs the highest counter and the {@value #COUNTERS} - 1 below it,
 * a bit each. What lies before that, or in an earlier epoch, is too old to be told apart from what was answered. Only making one
 * allocates.
 */
public final class SignalWindow
{
    /** Counters that are remembered, the highest included. */
    public static final int COUNTERS = 1_024;

    private final byte[] name;
    private final long[] bits = new long[COUNTERS / Long.SIZE];
    private long epoch;
    private long highest;
    private long answered;
    private long refusedAgain;
    /** Kept, for a state is hashed far more often than a signal comes. */
    private long hash;
    private boolean isHashed;

    /**
     * @param name  in UTF-8.
     * @param epoch of the client's first signal.
     */
    SignalWindow(final byte[] name, final long epoch, final long counter)
    {
        this.name = name;
        this.epoch = epoch;
        highest = counter;
    }

    byte[] nameBytes()
    {
        return name;
    }

    /** The client's; allocates. */
    public String name()
    {
        return new String(name, StandardCharsets.UTF_8);
    }

    public long epoch()
    {
        return epoch;
    }

    /** In that epoch. */
    public long highestCounter()
    {
        return highest;
    }

    /** Signals of the client, each counted once. */
    public long answered()
    {
        return answered;
    }

    /** Signals that were repeated or too old. */
    public long refusedAgain()
    {
        return refusedAgain;
    }

    /** The lowest counter that is told apart from what was answered. */
    public long lowestCounter()
    {
        return Math.max(0, highest - COUNTERS + 1);
    }

    /**
     * Takes up a signal's id as answered.
     *
     * @param counter not negative.
     * @return {@link RiskReason#NONE}, or why the signal is not answered again.
     */
    RiskReason take(final long newEpoch, final long counter)
    {
        isHashed = false;
        final RiskReason reason = check(newEpoch, counter);
        if (reason != RiskReason.NONE)
        {
            refusedAgain++;
            return reason;
        }
        advance(newEpoch, counter);
        bits[word(counter)] |= bit(counter);
        answered++;
        return RiskReason.NONE;
    }

    private RiskReason check(final long newEpoch, final long counter)
    {
        if (newEpoch < epoch || newEpoch == epoch && counter < lowestCounter())
        {
            return RiskReason.SIGNAL_TOO_OLD;
        }
        return newEpoch == epoch && counter <= highest && (bits[word(counter)] & bit(counter)) != 0
            ? RiskReason.SIGNAL_REPEATED
            : RiskReason.NONE;
    }

    private void advance(final long newEpoch, final long counter)
    {
        if (newEpoch > epoch || counter - highest >= COUNTERS)
        {
            Arrays.fill(bits, 0);
            epoch = newEpoch;
            highest = counter;
        }
        while (highest < counter)
        {
            highest++;
            bits[word(highest)] &= ~bit(highest);
        }
    }

    private static int word(final long counter)
    {
        return (int)(counter % COUNTERS) / Long.SIZE;
    }

    private static long bit(final long counter)
    {
        return 1L << counter;
    }

    /** Writes the whole section; the encoder must be wrapped. */
    void save(final SignalClientEncoder section)
    {
        section.epoch(epoch).highestCounter(highest).answered(answered).refusedAgain(refusedAgain);
        final SignalClientEncoder.AnsweredCountersEncoder words = section.answeredCountersCount(bits.length);
        for (final long word : bits)
        {
            words.next().bits(word);
        }
        section.putClientName(name, 0, name.length);
    }

    /**
     * A window as it was saved.
     *
     * @throws IllegalArgumentException when no window is saved so.
     */
    static SignalWindow restored(final SignalClientDecoder section)
    {
        final long epoch = section.epoch();
        final long highest = section.highestCounter();
        final long answered = section.answered();
        final long refusedAgain = section.refusedAgain();
        final SignalClientDecoder.AnsweredCountersDecoder words = section.answeredCounters();
        if (epoch < 0 || highest < 0 || words.count() != COUNTERS / Long.SIZE)
        {
            throw new IllegalArgumentException("epoch=" + epoch + " highestCounter=" + highest + " words=" +
                words.count() + ": expected no negative number, and words=" + COUNTERS / Long.SIZE);
        }
        final long[] bits = new long[words.count()];
        for (int i = 0; i < bits.length; i++)
        {
            bits[i] = words.next().bits();
        }
        final byte[] name = new byte[section.clientNameLength()];
        section.getClientName(name, 0, name.length);
        final SignalWindow window = new SignalWindow(name, epoch, highest);
        System.arraycopy(bits, 0, window.bits, 0, bits.length);
        window.answered = answered;
        window.refusedAgain = refusedAgain;
        return window;
    }

    long stateHash()
    {
        if (!isHashed)
        {
            hash = hash();
            isHashed = true;
        }
        return hash;
    }

    private long hash()
    {
        long value = Xxh64.chain(epoch, highest);
        value = Xxh64.chain(Xxh64.chain(value, answered), refusedAgain);
        for (final long word : bits)
        {
            value = Xxh64.chain(value, word);
        }
        value = Xxh64.chain(value, name.length);
        for (final byte each : name)
        {
            value = Xxh64.chain(value, each);
        }
        return value;
    }
}
