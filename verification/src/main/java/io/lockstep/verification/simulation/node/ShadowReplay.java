package io.lockstep.verification.simulation.node;

import io.lockstep.core.host.CoreFailureException;
import io.lockstep.core.host.CoreHost;
import io.lockstep.sequencer.journal.JournalCorruptException;
import io.lockstep.sequencer.replay.Replayer;
import io.lockstep.sequencer.replay.SkippedInputs;
import io.lockstep.verification.simulation.audit.Invariant;
import io.lockstep.verification.simulation.audit.SimulationFailure;

/**
 * A second core that hears nothing but the journal, from its start. It recomputes every decision and stands where the node
 * stands.
 */
public final class ShadowReplay
{
    private final SimulatedDisk disk;
    private Replayer replayer;
    private CoreFailureException failure;

    public ShadowReplay(final SimulatedDisk disk)
    {
        this.disk = disk;
        reset();
    }

    /** What it has read is no longer what is there. */
    public void reset()
    {
        failure = null;
        replayer = new Replayer(
            disk.reader(), SimulatedNode.newHost(), true, SkippedInputs.read(disk.store(false)));
    }

    /** Reads on to the end, or to an input that the core fails on: a node that starts again says what is to become of it. */
    public void advance()
    {
        if (failure != null)
        {
            return;
        }
        try
        {
            replayer.run(Long.MAX_VALUE);
        }
        catch (final CoreFailureException ex)
        {
            failure = ex;
        }
        catch (final JournalCorruptException ex)
        {
            throw new SimulationFailure(Invariant.RECOVERS, "the journal does not read: " + ex.getMessage(), ex);
        }
        if (replayer.divergence() != null)
        {
            throw new SimulationFailure(Invariant.REPLAY_EQUAL, "replay diverges: sequence=" +
                replayer.divergence().sequence() + " ordinal=" + replayer.divergence().ordinal());
        }
    }

    /** Reads on to the end and compares with a node between two turns. */
    public void compare(final CoreHost live)
    {
        advance();
        if (failure != null)
        {
            // Before the node said that it passes over an input.
            reset();
            advance();
        }
        if (failure != null)
        {
            throw new SimulationFailure(Invariant.REPLAY_EQUAL,
                "the node has passed over an input, and the replay has not: " + failure.getMessage(), failure);
        }
        HostState.requireEqual(Invariant.REPLAY_EQUAL, live, replayer.host());
    }
}
