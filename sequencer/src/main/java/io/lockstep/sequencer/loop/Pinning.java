package io.lockstep.sequencer.loop;

import io.lockstep.sequencer.NodeException;
import net.openhft.affinity.Affinity;

import java.util.BitSet;

/**
 * Keeps the calling thread on one processor as long as it is open. Threads it starts meanwhile would share the processor, so
 * everything that starts threads comes before.
 */
public final class Pinning implements AutoCloseable
{
    private final BitSet before;

    /**
     * @param key  that the processor was configured by, for messages.
     * @param core to pin to, or -1 for none.
     * @throws NodeException when the thread cannot be pinned to it.
     */
    public Pinning(final String key, final int core)
    {
        before = core < 0 ? null : Affinity.getAffinity();
        if (core >= 0 && !isPinned(core))
        {
            throw new NodeException(NodeException.CANNOT_RUN, key + "=" + core +
                ": expected a processor that this process may use, one of " + before);
        }
    }

    private static boolean isPinned(final int core)
    {
        final BitSet expected = new BitSet();
        expected.set(core);
        try
        {
            Affinity.setAffinity(expected);
            return Affinity.getAffinity().equals(expected);
        }
        catch (final RuntimeException ex)
        {
            return false;
        }
    }

    @Override
    public void close()
    {
        if (before != null)
        {
            Affinity.setAffinity(before);
        }
    }
}
