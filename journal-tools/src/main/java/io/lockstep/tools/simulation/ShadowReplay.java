package io.lockstep.tools.simulation;

import io.lockstep.sequencer.CoreHost;
import io.lockstep.sequencer.egress.Outbox;
import io.lockstep.sequencer.journal.JournalCorruptException;
import io.lockstep.sequencer.journal.JournalReader;
import io.lockstep.sequencer.replay.Replayer;

/**
 * A second core that hears nothing but the journal. It recomputes every decision and stands where the node stands.
 */
final class ShadowReplay
{
    private final SimulatedDisk disk;
    private JournalReader reader;
    private Replayer replayer;

    ShadowReplay(final SimulatedDisk disk)
    {
        this.disk = disk;
        reset();
    }

    /** What it has read is no longer what is there. */
    void reset()
    {
        reader = disk.reader(false);
        replayer = new Replayer(reader, new CoreHost(SimulatedNode.strategies(), Outbox.MUTED), true);
    }

    /** Reads on to the end. */
    void advance()
    {
        try
        {
            replayer.run(Long.MAX_VALUE);
        }
        catch (final JournalCorruptException ex)
        {
            throw new SimulationFailure(Invariant.REPLAY_EQUAL, "the journal does not read: " + ex.getMessage(), ex);
        }
        if (replayer.divergence() != null)
        {
            throw new SimulationFailure(Invariant.REPLAY_EQUAL, "replay diverges: sequence=" +
                replayer.divergence().sequence() + " ordinal=" + replayer.divergence().ordinal());
        }
    }

    /** Reads on to the end and compares with a node between two turns. */
    void compare(final CoreHost live)
    {
        advance();
        final CoreHost shadow = replayer.host();
        equal("sequence", live.core().lastSequence(), shadow.core().lastSequence());
        equal("state hash", live.core().stateHash(), shadow.core().stateHash());
        equal("decision hash", live.decisionHash(), shadow.decisionHash());
        equal("decisions", live.decisionCount(), shadow.decisionCount());
        equal("egress sequence", live.egressSequence(), shadow.egressSequence());
        equal("timers", live.timers().count(), shadow.timers().count());
        equal("next timer", live.timers().nextDeadlineNs(), shadow.timers().nextDeadlineNs());
    }

    private static void equal(final String name, final long live, final long shadow)
    {
        if (live != shadow)
        {
            throw new SimulationFailure(
                Invariant.REPLAY_EQUAL, name + ": node=" + live + " replay=" + shadow);
        }
    }
}
