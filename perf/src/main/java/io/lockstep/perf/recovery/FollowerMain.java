package io.lockstep.perf.recovery;

import io.lockstep.sequencer.CoreHost;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.config.YamlSection;
import io.lockstep.sequencer.egress.UnacknowledgedDecisions;
import io.lockstep.sequencer.journal.JournalPosition;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.journal.QueueStore;
import io.lockstep.sequencer.node.Strategies;
import io.lockstep.sequencer.replay.SkippedInputs;
import io.lockstep.sequencer.snapshot.Follower;
import io.lockstep.sequencer.snapshot.SnapshotDirectory;
import io.lockstep.sequencer.snapshot.SnapshotWriter;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.agrona.concurrent.SystemNanoClock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A follower in a process of its own, with the snapshots' interval of the node's configuration, until it is killed.
 */
final class FollowerMain
{
    private static final int IDLE_MS = 2;

    private FollowerMain()
    {
    }

    /** Starts it at the lowest priority. */
    static Process start(final Path directory, final Path log) throws IOException
    {
        final List<String> command = new ArrayList<>(List.of("nice", "-n", "19"));
        command.addAll(ChildProcess.java(FollowerMain.class.getName(), List.of(directory.toString())));
        return ChildProcess.start(command, log);
    }

    /** Snapshots that a follower of its own has left. */
    static long taken(final Path directory)
    {
        final Path count = directory.resolve("snapshots.count");
        try
        {
            return Files.exists(count) ? Files.size(count) : 0;
        }
        catch (final IOException ex)
        {
            throw new IllegalStateException("not readable: file=" + count, ex);
        }
    }

    /**
     * @param args the node's directory.
     */
    public static void main(final String[] args) throws IOException
    {
        final NodeDirectory directory = new NodeDirectory(Path.of(args[0]));
        final String text = Files.readString(directory.configuration());
        final NodeContext context = NodeContext.read(YamlSection.parse(directory.configuration(), text), text);
        final SnapshotDirectory snapshots = new SnapshotDirectory(directory.snapshots());
        final Follower follower = new Follower(directory, snapshots,
            new SnapshotWriter(snapshots, "measured", text), context.snapshots(),
            () -> new CoreHost(Strategies.load(context.strategies()), new UnacknowledgedDecisions()),
            SkippedInputs.read(new QueueStore(directory)), SystemNanoClock.INSTANCE, new Counting(directory.path()));
        new AgentRunner(new SleepingMillisIdleStrategy(IDLE_MS), Throwable::printStackTrace, null, follower).run();
    }

    /** Leaves a file with a byte for each snapshot. */
    private record Counting(Path directory) implements Follower.Listener
    {
        @Override
        public void onSnapshot(final Path file, final long sequence, final long durationNs)
        {
            try
            {
                Files.writeString(directory.resolve("snapshots.count"), ".", java.nio.file.StandardOpenOption.CREATE,
                    java.nio.file.StandardOpenOption.APPEND);
            }
            catch (final IOException ex)
            {
                throw new IllegalStateException("not writable: directory=" + directory, ex);
            }
        }

        @Override
        public void onOldestPosition(final JournalPosition position)
        {
        }

        @Override
        public void onFailure(final Throwable failure)
        {
            failure.printStackTrace();
        }

        @Override
        public void onNotice(final String notice)
        {
            System.err.println(notice);
        }
    }
}
