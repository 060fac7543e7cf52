package io.lockstep.verification.simulation.seed;

import io.lockstep.codecs.Xxh64;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What happened: a hash over all of it, which shows that two runs are the same, and the newest events as text.
 */
public final class Trace
{
    private static final int KEPT = 40;

    private final Deque<String> newest = new ArrayDeque<>();
    private long hash;
    private int step;

    public void step(final int newStep)
    {
        step = newStep;
    }

    public int step()
    {
        return step;
    }

    /** Something the scheduler or the fault plan did. */
    public void event(final String text)
    {
        for (int i = 0; i < text.length(); i++)
        {
            hash = Xxh64.chain(hash, text.charAt(i));
        }
        if (newest.size() == KEPT)
        {
            newest.removeFirst();
        }
        newest.addLast("step " + step + ": " + text);
    }

    /** A record appended or a message delivered. */
    public void bytes(final long checksum)
    {
        hash = Xxh64.chain(hash, checksum);
    }

    public long hash()
    {
        return hash;
    }

    /** Oldest first. */
    public List<String> newest()
    {
        return List.copyOf(newest);
    }
}
