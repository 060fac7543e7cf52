package io.lockstep.sequencer.replay;

import io.lockstep.sequencer.journal.JournalStore;
import io.lockstep.sequencer.journal.RunHead;
import org.agrona.collections.LongArrayList;

/**
 * The inputs that every replay of a journal passes over, because the core failed on them: live, in recovery and in replay
 * alike, or the states would differ. In the order they were found; there are few.
 */
public final class SkippedInputs
{
    private final LongArrayList sequences = new LongArrayList();

    /**
     * Those that a journal names.
     *
     * @throws io.lockstep.sequencer.journal.JournalCorruptException when the beginning of an incarnation is damaged.
     */
    public static SkippedInputs read(final JournalStore store)
    {
        final SkippedInputs skipped = new SkippedInputs();
        final RunHead newest = RunHead.newest(store);
        if (newest != null && newest.skippedInputs() > 0)
        {
            RunHead.all(store).forEach((head) -> head.skipped().forEach(skipped::add));
        }
        return skipped;
    }

    public void add(final long sequence)
    {
        sequences.addLong(sequence);
    }

    public boolean contains(final long sequence)
    {
        return !sequences.isEmpty() && sequences.containsLong(sequence);
    }

    public int count()
    {
        return sequences.size();
    }

    public long sequence(final int index)
    {
        return sequences.getLong(index);
    }
}
