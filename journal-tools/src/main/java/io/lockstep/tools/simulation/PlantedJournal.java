package io.lockstep.tools.simulation;

import io.lockstep.sequencer.journal.Journal;
import io.lockstep.sequencer.journal.RecordBatch;

/**
 * Writes each document only when the next one comes.
 */
final class PlantedJournal implements Journal
{
    private final Journal real;
    private RecordBatch held;

    PlantedJournal(final Journal real)
    {
        this.real = real;
    }

    @Override
    public void append(final RecordBatch batch)
    {
        final RecordBatch before = held;
        held = new RecordBatch();
        held.addAll(batch);
        if (before != null)
        {
            real.append(before);
        }
    }

    @Override
    public void sync()
    {
        real.sync();
    }

    @Override
    public void close()
    {
        real.close();
    }
}
