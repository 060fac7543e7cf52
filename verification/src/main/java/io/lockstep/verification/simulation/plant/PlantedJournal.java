package io.lockstep.verification.simulation.plant;

import io.lockstep.codecs.RecordBatch;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sequencer.journal.Journal;

/**
 * Writes each document only when the next one comes, or some twice, or with other times.
 */
final class PlantedJournal implements Journal
{
    private static final int REPEATED_EVERY = 100;

    private final Journal real;
    private final Plant plant;
    private RecordBatch held;
    private int appended;

    PlantedJournal(final Journal real, final Plant plant)
    {
        this.real = real;
        this.plant = plant;
    }

    @Override
    public void append(final RecordBatch batch)
    {
        switch (plant)
        {
            case JOURNAL_ONE_BEHIND -> appendBefore(batch);
            case TIME_GOES_BACK -> appendWallTimes(batch);
            default -> appendSomeTwice(batch);
        }
    }

    private void appendBefore(final RecordBatch batch)
    {
        final RecordBatch before = held;
        held = new RecordBatch();
        held.addAll(batch);
        if (before != null)
        {
            real.append(before);
        }
    }

    private void appendWallTimes(final RecordBatch batch)
    {
        for (int offset = 0; offset < batch.length(); offset += RecordDescriptor.recordLength(batch.buffer(), offset))
        {
            final long wallTimeNs = RecordDescriptor.wallTimeNs(batch.buffer(), offset);
            if (wallTimeNs > 0 && wallTimeNs < RecordDescriptor.sequencerTimeNs(batch.buffer(), offset))
            {
                RecordDescriptor.sequencerTimeNs(batch.buffer(), offset, wallTimeNs);
            }
        }
        real.append(batch);
    }

    private void appendSomeTwice(final RecordBatch batch)
    {
        real.append(batch);
        if (++appended % REPEATED_EVERY == 0)
        {
            real.append(batch);
        }
    }

    @Override
    public void sync()
    {
        real.sync();
    }

    @Override
    public boolean isSegmentDue(final int length, final long wallTimeNs)
    {
        return real.isSegmentDue(length, wallTimeNs);
    }

    @Override
    public int startSegment()
    {
        return real.startSegment();
    }

    @Override
    public void close()
    {
        real.close();
    }
}
