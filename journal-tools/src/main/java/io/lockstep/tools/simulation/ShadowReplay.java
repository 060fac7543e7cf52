package io.lockstep.tools.simulation;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.codecs.Xxh64;
import io.lockstep.sequencer.CoreHost;
import io.lockstep.sequencer.journal.JournalCorruptException;
import io.lockstep.sequencer.replay.CoreFailureException;
import io.lockstep.sequencer.replay.Replayer;
import io.lockstep.sequencer.replay.SkippedInputs;

/**
 * A second core that hears nothing but the journal, from its start. It recomputes every decision and stands where the node
 * stands.
 */
final class ShadowReplay
{
    private final SimulatedDisk disk;
    private Replayer replayer;
    private CoreFailureException failure;

    ShadowReplay(final SimulatedDisk disk)
    {
        this.disk = disk;
        reset();
    }

    /** What it has read is no longer what is there. */
    void reset()
    {
        failure = null;
        replayer = new Replayer(
            disk.reader(), SimulatedNode.newHost(), true, SkippedInputs.read(disk.store(false)));
    }

    /** Reads on to the end, or to an input that the core fails on: a node that starts again says what is to become of it. */
    void advance()
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
    void compare(final CoreHost live)
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
        final CoreHost shadow = replayer.host();
        equal("sequence", live.core().lastSequence(), shadow.core().lastSequence());
        equal("state hash", live.core().stateHash(), shadow.core().stateHash());
        equal("decision hash", live.decisionHash(), shadow.decisionHash());
        equal("decisions", live.decisionCount(), shadow.decisionCount());
        equal("egress sequence", live.egressSequence(), shadow.egressSequence());
        equal("sequenced time", live.lastTimeNs(), shadow.lastTimeNs());
        equal("timers", live.timers().count(), shadow.timers().count());
        equal("next timer", live.timers().nextDeadlineNs(), shadow.timers().nextDeadlineNs());
        equal("hash of sources", sources(live), sources(shadow));
        equal("hash of what is unacknowledged", unacknowledged(live), unacknowledged(shadow));
    }

    private static long sources(final CoreHost host)
    {
        final long[] hash = {0};
        host.sources().forEach((source) ->
        {
            // One that was only looked for has not been heard of.
            if (source.session() != 0)
            {
                hash[0] = Xxh64.chain(Xxh64.chain(hash[0], source.id()), source.session());
                hash[0] = Xxh64.chain(hash[0], source.lastSequence());
            }
        });
        return hash[0];
    }

    private static long unacknowledged(final CoreHost host)
    {
        final long[] hash = {0};
        host.outbox().forEachUnacknowledged((record, offset) ->
        {
            hash[0] = Xxh64.chain(hash[0], RecordDescriptor.sourceSequence(record, offset));
            hash[0] = Xxh64.chain(hash[0], RecordDescriptor.checksum(record, offset));
        });
        return hash[0];
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
