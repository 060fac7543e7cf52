package io.lockstep.sequencer.recovery;

import io.lockstep.sequencer.journal.DocumentSource;
import io.lockstep.sequencer.journal.JournalCorruptException;
import io.lockstep.sequencer.journal.JournalPosition;
import io.lockstep.sequencer.journal.JournalReader;
import io.lockstep.sequencer.journal.JournalStore;
import io.lockstep.sequencer.journal.JournalTruncatedException;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.journal.QueueStore;
import io.lockstep.sequencer.journal.RunHead;
import io.lockstep.sequencer.journal.SegmentId;
import io.lockstep.sequencer.snapshot.Snapshot;
import io.lockstep.sequencer.snapshot.SnapshotDirectory;
import io.lockstep.sequencer.snapshot.SnapshotException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * How far a start can go on with a journal whose end was damaged. It looks at what a start would look at: the newest snapshot
 * that the journal leads up to, and all that follows.
 * <p>
 * Only the last incarnation can have been damaged by a crash of the operating system and not have been noticed since: every
 * start reads what is there and refuses damage. So damage with an incarnation behind it, which goes on from what is lost, is of
 * another kind, and no tail.
 *
 * @param kept        the last document that a start can use.
 * @param problem     what is wrong behind it.
 * @param snapshots   that the journal does not lead up to any more.
 * @param incarnation the highest that is known to have begun.
 */
public record DamagedTail(JournalPosition kept, String problem, List<Path> snapshots, int incarnation)
{
    /**
     * Looks for damage.
     *
     * @param notices are told of snapshots that cannot be used.
     * @return null when a start needs nothing that is damaged.
     * @throws JournalCorruptException when it is not at the tail, or nothing at all can be kept.
     */
    public static DamagedTail find(final NodeDirectory directory, final Consumer<String> notices)
    {
        requireNoneDiscarded(directory);
        final QueueStore all = new QueueStore(directory);
        int limit = Integer.MAX_VALUE;
        DamagedTail first = null;
        while (true)
        {
            final JournalStore store = new Part(all, below(limit));
            final DamagedTail tail = read(directory, store, first == null ? notices : (notice) ->
            {
            });
            first = first == null ? tail : first;
            final int last = lastIncarnation(store);
            if (tail.problem == null || tail.kept.incarnation() == last)
            {
                return first.problem == null ? null : tail.because(first);
            }
            requireNoBeginning(all, last, tail);
            limit = last;
        }
    }

    private static void requireNoneDiscarded(final NodeDirectory directory)
    {
        final List<Path> discarded = directory.discarded();
        if (!discarded.isEmpty())
        {
            throw new JournalCorruptException(0, "file=" + discarded.get(0) +
                ": Chronicle has set it aside with its records: give it back its name before anything is cut");
        }
    }

    private static Predicate<SegmentId> below(final int incarnation)
    {
        return (segment) -> segment.incarnation() < incarnation;
    }

    private DamagedTail because(final DamagedTail first)
    {
        if (kept.isStart())
        {
            throw new JournalCorruptException(0, first.problem + "; nothing before it can be kept");
        }
        return new DamagedTail(kept, first.problem, snapshots, Math.max(incarnation, first.incarnation));
    }

    private static DamagedTail read(
        final NodeDirectory directory, final JournalStore store, final Consumer<String> notices)
    {
        final List<Path> behind = new ArrayList<>();
        String problem = null;
        int incarnation = 0;
        for (final Path file : new SnapshotDirectory(directory.snapshots()).newestFirst())
        {
            final JournalPosition position = position(file, notices);
            if (position != null)
            {
                incarnation = Math.max(incarnation, position.incarnation());
                try (JournalReader reader = new JournalReader(store, position))
                {
                    return readOn(reader, position, problem, behind, incarnation);
                }
                catch (final JournalTruncatedException ex)
                {
                    throw ex;
                }
                catch (final JournalCorruptException ex)
                {
                    problem = problem == null ? ex.getMessage() : problem;
                    behind.add(file);
                }
            }
        }
        try (JournalReader reader = new JournalReader(store))
        {
            return readOn(reader, JournalPosition.START, problem, behind, incarnation);
        }
    }

    private static JournalPosition position(final Path file, final Consumer<String> notices)
    {
        try
        {
            return Snapshot.read(file).position();
        }
        catch (final SnapshotException ex)
        {
            notices.accept("snapshot not used: " + ex.getMessage());
            return null;
        }
    }

    private static DamagedTail readOn(
        final JournalReader reader,
        final JournalPosition from,
        final String earlierProblem,
        final List<Path> behind,
        final int incarnation)
    {
        JournalPosition kept = from;
        String problem = earlierProblem;
        try
        {
            while (reader.next())
            {
                kept = reader.isDocumentEnd() ? reader.position() : kept;
            }
            reader.checkEnd();
        }
        catch (final JournalTruncatedException ex)
        {
            throw ex;
        }
        catch (final JournalCorruptException ex)
        {
            problem = ex.getMessage();
        }
        return new DamagedTail(kept, problem, List.copyOf(behind), incarnation);
    }

    /** The highest in which there is anything, whole or not. */
    private static int lastIncarnation(final JournalStore store)
    {
        return store.segments().stream().filter((segment) -> !isEmpty(store, segment))
            .mapToInt(SegmentId::incarnation).max().orElse(0);
    }

    private static boolean isEmpty(final JournalStore store, final SegmentId segment)
    {
        try (DocumentSource documents = store.open(segment))
        {
            return documents == null || !documents.next() && documents.checkEnd() == 0;
        }
        catch (final RuntimeException ex)
        {
            // Not even that can be said of it.
            return false;
        }
    }

    private static void requireNoBeginning(final JournalStore all, final int incarnation, final DamagedTail tail)
    {
        RunHead head = null;
        try
        {
            head = RunHead.newest(new Part(all, (segment) -> segment.incarnation() == incarnation));
        }
        catch (final JournalCorruptException ex)
        {
            // The damage reaches that far.
        }
        if (head != null)
        {
            throw new JournalCorruptException(tail.kept.lastSequence(), tail.problem + "; incarnation=" + incarnation +
                " goes on behind that, so it is not the tail");
        }
    }

    /** A journal that ends earlier. */
    private record Part(JournalStore store, Predicate<SegmentId> condition) implements JournalStore
    {
        @Override
        public List<SegmentId> segments()
        {
            return store.segments().stream().filter(condition).toList();
        }

        @Override
        public DocumentSource open(final SegmentId segment)
        {
            return store.open(segment);
        }

        @Override
        public String name()
        {
            return store.name();
        }
    }
}
