package io.lockstep.verification.simulation.node;

import io.lockstep.core.host.CoreFailureException;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.journal.JournalCorruptException;
import io.lockstep.sequencer.journal.JournalPosition;
import io.lockstep.sequencer.replay.SkippedInputs;
import io.lockstep.sequencer.snapshot.Follower;
import io.lockstep.sequencer.snapshot.SnapshotWriter;
import io.lockstep.verification.simulation.audit.Invariant;
import io.lockstep.verification.simulation.audit.SimulationFailure;
import io.lockstep.verification.simulation.seed.SimulatedCrash;

import java.nio.file.Path;

/**
 * The follower of one incarnation, in the simulation's one thread: it runs when it is its turn.
 */
final class SimulatedFollower implements Follower.Listener
{
    private static final int TURNS_MAX = 1_000;

    private final SimulatedDisk disk;
    private final Follower follower;
    private long snapshots;

    SimulatedFollower(final SimulatedDisk disk, final NodeContext context, final SkippedInputs skipped)
    {
        this.disk = disk;
        follower = new Follower(disk.store(false), disk.snapshots(),
            new SnapshotWriter(disk.snapshots(), "simulated", context.text()), context.snapshots(),
            SimulatedNode::newHost, skipped, () -> 0, this);
        follower.onStart();
    }

    void doWork()
    {
        follower.doWork();
    }

    /** Takes the last snapshot, behind the clean end. */
    void finish()
    {
        follower.finish();
        for (int turns = 0; turns < TURNS_MAX && !follower.isFinished(); turns++)
        {
            follower.doWork();
        }
        if (!follower.isFinished())
        {
            throw new SimulationFailure(Invariant.ENDS_CLEANLY, "there is no clean end with a snapshot behind it");
        }
    }

    long snapshots()
    {
        return snapshots;
    }

    @Override
    public void onSnapshotDue(final JournalPosition position)
    {
        disk.sync();
    }

    @Override
    public void onSnapshot(final Path file, final long sequence, final long durationNs)
    {
        snapshots++;
    }

    @Override
    public void onOldestPosition(final JournalPosition position)
    {
        // Nothing is removed.
    }

    @Override
    public void onFailure(final Throwable failure)
    {
        if (failure instanceof SimulatedCrash crash)
        {
            throw crash;
        }
        if (failure instanceof SimulationFailure found)
        {
            throw found;
        }
        if (!(failure instanceof CoreFailureException))
        {
            throw new SimulationFailure(
                failure instanceof JournalCorruptException ? Invariant.RECOVERS : Invariant.REPLAY_EQUAL,
                "the follower fails: " + failure, failure);
        }
        // The node has failed on this input as well.
    }

    @Override
    public void onNotice(final String notice)
    {
        // Of a snapshot that was passed over.
    }
}
