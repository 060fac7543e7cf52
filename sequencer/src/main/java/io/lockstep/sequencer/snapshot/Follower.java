package io.lockstep.sequencer.snapshot;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.core.host.CoreHost;
import io.lockstep.sbe.SnapshotRequestDecoder;
import io.lockstep.sequencer.config.SnapshotContext;
import io.lockstep.sequencer.journal.JournalPosition;
import io.lockstep.sequencer.journal.JournalReader;
import io.lockstep.sequencer.journal.JournalStore;
import io.lockstep.sequencer.replay.Replayer;
import io.lockstep.sequencer.replay.SkippedInputs;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A second core that reads the journal behind the loop, holds every decision against the recorded one, and writes snapshots.
 * The loop knows nothing of it. It may as well run in another process.
 * <p>
 * An agent: one thread calls {@link #doWork}; {@link #finish()} and {@link #isFinished()} are for any.
 */
public final class Follower implements Agent
{
    /** What the supplier of published positions says that knows none. */
    public static final long UNKNOWN_POSITION = -1;

    private static final int POLL_LIMIT = 1_024;

    private final JournalStore journal;
    private final SnapshotStore snapshots;
    private final SnapshotWriter writer;
    private final SnapshotContext context;
    private final Supplier<CoreHost> hosts;
    private final SkippedInputs skipped;
    private final NanoClock clock;
    private final LongSupplier published;
    private final Listener listener;

    private final TreeMap<Long, JournalPosition> positions = new TreeMap<>();

    private JournalReader reader;
    private Replayer replayer;
    private CoreHost host;
    private long snapshotSequence;
    private long snapshotTimeNs;
    private long seenPosition = UNKNOWN_POSITION;
    private boolean requested;
    private volatile boolean finishing;
    private volatile boolean finished;
    private volatile boolean failed;

    /**
     * Told of what the follower does, on its thread.
     */
    public interface Listener
    {
        /** A record was read and, where it is an input, applied. */
        default void onRecord(final DirectBuffer buffer, final int offset)
        {
        }

        /** A snapshot is about to be written; what it was taken behind should be as safe as it will be itself. */
        default void onSnapshotDue(final JournalPosition position)
        {
        }

        /** A snapshot is in its place. */
        void onSnapshot(Path file, long sequence, long durationNs);

        /** The snapshots that are kept need nothing of the journal before this. */
        void onOldestPosition(JournalPosition position);

        /** The journal cannot be followed any more; a {@link FollowerException} when the two cores decide differently. */
        void onFailure(Throwable failure);

        /** A snapshot was passed over when the follower started. */
        void onNotice(String notice);
    }

    /**
     * Of a journal that is written somewhere else: it is looked at in each turn.
     *
     * @param hosts   makes new hosts with an outbox that keeps what is not acknowledged.
     * @param skipped inputs to pass over.
     */
    public Follower(
        final JournalStore journal,
        final SnapshotStore snapshots,
        final SnapshotWriter writer,
        final SnapshotContext context,
        final Supplier<CoreHost> hosts,
        final SkippedInputs skipped,
        final NanoClock clock,
        final Listener listener)
    {
        this(journal, snapshots, writer, context, hosts, skipped, clock, () -> UNKNOWN_POSITION, listener);
    }

    /**
     * @param hosts     makes new hosts with an outbox that keeps what is not acknowledged.
     * @param skipped   inputs to pass over.
     * @param published another number after each document that the loop has appended: while it stays the same, the follower that
     *                  has caught up leaves the journal alone.
     */
    public Follower(
        final JournalStore journal,
        final SnapshotStore snapshots,
        final SnapshotWriter writer,
        final SnapshotContext context,
        final Supplier<CoreHost> hosts,
        final SkippedInputs skipped,
        final NanoClock clock,
        final LongSupplier published,
        final Listener listener)
    {
        this.journal = journal;
        this.snapshots = snapshots;
        this.writer = writer;
        this.context = context;
        this.hosts = hosts;
        this.skipped = skipped;
        this.clock = clock;
        this.published = published;
        this.listener = listener;
    }

    @Override
    public void onStart()
    {
        try
        {
            open();
        }
        catch (final RuntimeException | Error ex)
        {
            fail(ex);
        }
    }

    private void open()
    {
        final Consumer<String> notices = listener::onNotice;
        final Restored restored = Restored.newest(snapshots, Long.MAX_VALUE, hosts, notices);
        host = restored.host();
        reader = new JournalReader(journal, restored.position());
        replayer = new Replayer(reader, host, true, skipped);
        snapshotSequence = restored.sequence();
        snapshotTimeNs = clock.nanoTime();
        readPositions();
    }

    /** A snapshot that is damaged needs nothing, but it is not counted on either: while it is kept nothing is removed. */
    private void readPositions()
    {
        for (final Path file : snapshots.newestFirst())
        {
            try
            {
                positions.put(SnapshotDirectory.sequence(file), Snapshot.read(snapshots, file).position());
            }
            catch (final SnapshotException ex)
            {
                listener.onNotice("snapshot damaged, the journal before it is kept: " + ex.getMessage());
            }
        }
    }

    /**
     * Reads on, and writes a snapshot when one is due. When that fails, the listener is told, and nothing more is done.
     */
    @Override
    public int doWork()
    {
        if (failed)
        {
            return 0;
        }
        try
        {
            return follow();
        }
        catch (final RuntimeException | Error ex)
        {
            fail(ex);
            return 0;
        }
    }

    private void fail(final Throwable failure)
    {
        failed = true;
        listener.onFailure(failure);
    }

    private int follow()
    {
        // Read before the journal is: what is appended meanwhile makes it another.
        final long position = published.getAsLong();
        if (position != UNKNOWN_POSITION && position == seenPosition && !finishing)
        {
            return 0;
        }
        final int records = read();
        seenPosition = records < POLL_LIMIT ? position : UNKNOWN_POSITION;
        return records;
    }

    private int read()
    {
        int records = 0;
        while (records < POLL_LIMIT && replayer.poll(1) > 0)
        {
            records++;
            onRecord();
        }
        if (replayer.divergence() != null)
        {
            throw new FollowerException("the follower decides otherwise than the node: sequence=" +
                replayer.divergence().sequence() + " ordinal=" + replayer.divergence().ordinal());
        }
        if (records == 0 && finishing && !finished && reader.cleanEnd())
        {
            onCleanEnd();
        }
        return records;
    }

    private void onCleanEnd()
    {
        if (!replayer.isSettled())
        {
            throw new FollowerException("the follower decides more than the node: sequence=" + reader.lastSequence());
        }
        snapshot();
        finished = true;
    }

    private void onRecord()
    {
        listener.onRecord(reader.buffer(), reader.offset());
        if (RecordDescriptor.templateId(reader.buffer(), reader.offset()) == SnapshotRequestDecoder.TEMPLATE_ID)
        {
            requested = true;
        }
        if (isDue() && replayer.isSettled() && replayer.hasReadWhatItPassedOver() && reader.isDocumentEnd())
        {
            snapshot();
        }
    }

    private boolean isDue()
    {
        final long inputs = reader.lastSequence() - snapshotSequence;
        return requested || inputs >= context.everyInputs() ||
            inputs > 0 && clock.nanoTime() - snapshotTimeNs >= context.intervalNs();
    }

    private void snapshot()
    {
        final long startNs = clock.nanoTime();
        listener.onSnapshotDue(reader.position());
        final Path file = writer.write(reader.position(), host);
        positions.put(reader.lastSequence(), reader.position());
        snapshots.prune(context.keep());
        requested = false;
        snapshotSequence = reader.lastSequence();
        snapshotTimeNs = clock.nanoTime();
        listener.onSnapshot(file, snapshotSequence, snapshotTimeNs - startNs);
        sayOldest();
    }

    /** Only snapshots that were read or written here are known to be whole; the journal before others is kept. */
    private void sayOldest()
    {
        final List<Path> kept = snapshots.newestFirst();
        positions.headMap(SnapshotDirectory.sequence(kept.get(kept.size() - 1))).clear();
        if (positions.size() == kept.size())
        {
            listener.onOldestPosition(positions.firstEntry().getValue());
        }
    }

    /** Asks for a last snapshot behind the clean end that the node is about to write or has written. */
    public void finish()
    {
        finishing = true;
    }

    /** Whether that snapshot is in its place. */
    public boolean isFinished()
    {
        return finished;
    }

    /** Whether something went wrong, so that there will be no more snapshots. */
    public boolean hasFailed()
    {
        return failed;
    }

    @Override
    public void onClose()
    {
        CloseHelper.close(reader);
    }

    @Override
    public String roleName()
    {
        return "lockstep-follower";
    }
}
