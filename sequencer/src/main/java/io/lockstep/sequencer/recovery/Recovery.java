package io.lockstep.sequencer.recovery;

import io.lockstep.codecs.RecordBatch;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.core.TradingCore;
import io.lockstep.core.host.CoreFailureException;
import io.lockstep.core.host.CoreHost;
import io.lockstep.sbe.AlertType;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.OperationalAlertDecoder;
import io.lockstep.sequencer.NodeException;
import io.lockstep.sequencer.code.CodeDifference;
import io.lockstep.sequencer.journal.JournalCorruptException;
import io.lockstep.sequencer.journal.JournalPosition;
import io.lockstep.sequencer.journal.JournalReader;
import io.lockstep.sequencer.journal.JournalStore;
import io.lockstep.sequencer.journal.JournalTruncatedException;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.journal.QueueStore;
import io.lockstep.sequencer.journal.RunHead;
import io.lockstep.sequencer.journal.SegmentId;
import io.lockstep.sequencer.replay.Divergence;
import io.lockstep.sequencer.replay.LogicVersionException;
import io.lockstep.sequencer.replay.Replayer;
import io.lockstep.sequencer.replay.SkippedInputs;
import io.lockstep.sequencer.snapshot.Restored;
import io.lockstep.sequencer.snapshot.SnapshotDirectory;
import io.lockstep.sequencer.snapshot.SnapshotStore;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A host brought to where the journal of its node ends: from the newest good snapshot, by a replay of the rest that compares
 * every decision.
 *
 * @param host             that stands at the end.
 * @param predecessor      how far the journal counts.
 * @param end              the place in the journal that the host stands at.
 * @param cutOff           decisions that a crash has kept out of the journal, to be completed.
 * @param snapshotSequence the input behind which the snapshot was taken, 0 for the journal's start.
 * @param inputs           replayed behind it.
 * @param incarnation      number of the next one.
 * @param skipped          all inputs that replays pass over.
 * @param failures         those of them that were found now.
 * @param unsaid           those of them that no alert in the journal names: the ones found now, and those of earlier starts that
 *                         ended too soon.
 */
public record Recovery(
    CoreHost host,
    Predecessor predecessor,
    JournalPosition end,
    RecordBatch cutOff,
    long snapshotSequence,
    long inputs,
    int incarnation,
    SkippedInputs skipped,
    List<CoreFailureException> failures,
    List<Long> unsaid)
{
    /** More than so many inputs that the core fails on are no accident of the data. */
    private static final int FAILURES_MAX = 16;

    /**
     * Recovers.
     *
     * @param hosts   makes new hosts.
     * @param notices are told what was passed over and dropped.
     * @throws NodeException when the journal is damaged, was written by another logic version, or does not replay to the
     *                       decisions it holds; what to do is in the message.
     */
    public static Recovery recover(
        final NodeDirectory directory, final Supplier<CoreHost> hosts, final Consumer<String> notices)
    {
        return recover(new QueueStore(directory), new SnapshotDirectory(directory.snapshots()),
            directory.path().toString(), hosts, notices);
    }

    /**
     * As {@link #recover(NodeDirectory, Supplier, Consumer)}, wherever journal and snapshots are kept.
     *
     * @param name of the node's directory, for messages.
     */
    public static Recovery recover(
        final JournalStore journal,
        final SnapshotStore snapshots,
        final String name,
        final Supplier<CoreHost> hosts,
        final Consumer<String> notices)
    {
        final List<CoreFailureException> failures = new ArrayList<>();
        try
        {
            final SkippedInputs skipped = SkippedInputs.read(journal);
            while (true)
            {
                try
                {
                    return attempt(journal, snapshots, name, hosts, skipped, failures, notices);
                }
                catch (final CoreFailureException ex)
                {
                    onFailure(ex, skipped, failures);
                }
            }
        }
        catch (final JournalTruncatedException ex)
        {
            throw new NodeException(NodeException.CHECK_FAILED, "no snapshot to start from: " + name +
                ": " + ex.getMessage() + "; restore the directory from a copy, or start with a new one", ex);
        }
        catch (final JournalCorruptException ex)
        {
            throw damaged(journal.name(), name, ex);
        }
    }

    /**
     * How the incarnations of a journal began.
     *
     * @throws NodeException when the journal is damaged.
     */
    public static List<RunHead> heads(final NodeDirectory directory)
    {
        try
        {
            return RunHead.all(new QueueStore(directory));
        }
        catch (final JournalCorruptException ex)
        {
            throw damaged(directory.journal().toString(), directory.path().toString(), ex);
        }
    }

    private static NodeException damaged(
        final String journal, final String name, final JournalCorruptException damage)
    {
        return new NodeException(NodeException.CHECK_FAILED, "journal damaged: " + journal + ": " +
            damage.getMessage() + "; restore the directory from a copy, or start with a new one; 'lockstep journal cut "
            +
            name + "' says whether it is the tail alone, and what going on without it would lose", damage);
    }

    private static void onFailure(
        final CoreFailureException failure, final SkippedInputs skipped, final List<CoreFailureException> failures)
    {
        if (failures.size() == FAILURES_MAX)
        {
            throw new NodeException(NodeException.CHECK_FAILED,
                failure.getMessage() + "; the core fails on more than " +
                    FAILURES_MAX + " inputs, the first of sequence=" + failures.get(0).sequence() +
                    ": mend the code, then start again",
                failure);
        }
        failures.add(failure);
        skipped.add(failure.sequence());
    }

    private static Recovery attempt(
        final JournalStore journal,
        final SnapshotStore snapshots,
        final String name,
        final Supplier<CoreHost> hosts,
        final SkippedInputs skipped,
        final List<CoreFailureException> failures,
        final Consumer<String> notices)
    {
        final Restored restored = Restored.newest(snapshots, Long.MAX_VALUE, hosts, notices);
        final CoreHost host = restored.host();
        try (JournalReader reader = open(journal, name, restored))
        {
            final Replayer replayer = new Replayer(reader, host, true, skipped);
            run(journal, replayer);
            check(journal.name(), name, replayer);
            dropTorn(reader, notices);
            final RecordBatch cutOff = replayer.cutOff();
            host.decisions().clear();
            return new Recovery(host,
                new Predecessor(reader.lastSequence(), reader.chain(), reader.incarnationRecords()),
                reader.position(), cutOff, restored.sequence(), replayer.inputs(), nextIncarnation(journal), skipped,
                failures,
                unsaid(journal, restored.position(), skipped, failures));
        }
    }

    /** There is no snapshot of an incarnation that has not said all it had to say, so only younger ones are looked at. */
    private static List<Long> unsaid(
        final JournalStore journal,
        final JournalPosition position,
        final SkippedInputs skipped,
        final List<CoreFailureException> failures)
    {
        final List<Long> unsaid = new ArrayList<>();
        if (skipped.count() > failures.size())
        {
            RunHead.all(journal).stream().filter((head) -> head.incarnation() > position.incarnation())
                .forEach((head) -> unsaid.addAll(head.skipped()));
        }
        if (!unsaid.isEmpty())
        {
            unsaid.removeAll(said(journal, position));
        }
        failures.forEach((failure) -> unsaid.add(failure.sequence()));
        return unsaid;
    }

    private static List<Long> said(final JournalStore journal, final JournalPosition position)
    {
        final List<Long> said = new ArrayList<>();
        final OperationalAlertDecoder alert = new OperationalAlertDecoder();
        try (JournalReader reader = new JournalReader(journal, position))
        {
            while (reader.next())
            {
                if (RecordDescriptor.templateId(reader.buffer(),
                    reader.offset()) == OperationalAlertDecoder.TEMPLATE_ID)
                {
                    alert.wrapAndApplyHeader(reader.buffer(), reader.offset() + RecordDescriptor.HEADER_LENGTH,
                        new MessageHeaderDecoder());
                    if (alert.alertType() == AlertType.CORE_FAILURE)
                    {
                        said.add(alert.value());
                    }
                }
            }
        }
        return said;
    }

    /** A snapshot is synced before it is in its place, the journal by its durability: a power failure can leave it behind. */
    private static JournalReader open(final JournalStore journal, final String name, final Restored restored)
    {
        try
        {
            return new JournalReader(journal, restored.position());
        }
        catch (final JournalTruncatedException ex)
        {
            throw ex;
        }
        catch (final JournalCorruptException ex)
        {
            throw new NodeException(NodeException.CHECK_FAILED, "the journal does not lead up to snapshot=" +
                restored.snapshot().file() + ": " + journal.name() + ": " + ex.getMessage() +
                "; its tail is lost or it is another's. Restore the directory from a copy that is whole; 'lockstep journal cut "
                +
                name + "' says what going on with what the journal still holds would lose",
                ex);
        }
    }

    private static int nextIncarnation(final JournalStore journal)
    {
        final List<SegmentId> segments = journal.segments();
        return segments.isEmpty() ? 1 : segments.get(segments.size() - 1).incarnation() + 1;
    }

    /** What was being written when the process died was never marked complete, and nothing has followed from it. */
    private static void dropTorn(final JournalReader reader, final Consumer<String> notices)
    {
        final long tornBytes = reader.checkEnd();
        if (tornBytes > 0)
        {
            notices.accept("a document of " + tornBytes + " bytes behind sequence=" + reader.lastSequence() +
                " was never completed and is dropped; its inputs come again from their gateways");
        }
    }

    private static void run(final JournalStore journal, final Replayer replayer)
    {
        try
        {
            replayer.run(Long.MAX_VALUE);
        }
        catch (final LogicVersionException ex)
        {
            throw new NodeException(NodeException.CHECK_FAILED, journal.name() + ": " + ex.getMessage() +
                "; an upgrade starts from a clean end and its snapshot: with the build that wrote it run " +
                "'lockstep recover --config FILE', then start this one", ex);
        }
    }

    private static void check(final String journal, final String name, final Replayer replayer)
    {
        final Divergence divergence = replayer.divergence();
        if (divergence != null)
        {
            throw new NodeException(NodeException.CHECK_FAILED, "replay diverges from the journal: " +
                journal + ": sequence=" + divergence.sequence() + " ordinal=" + divergence.ordinal() +
                "; run 'lockstep replay --verify --journal " + name + "' to see both records" +
                otherCode(replayer.host().core()));
        }
    }

    /** The likeliest reason, and the way out. */
    private static String otherCode(final TradingCore core)
    {
        final List<CodeDifference> differences = CodeDifference.of(core);
        return differences.isEmpty()
            ? ""
            : "; " + CodeDifference.text(differences) + ": run 'lockstep recover --config FILE' with the code that " +
                "wrote the journal, then start with this one, which takes over from a clean end whose state it can read";
    }
}
