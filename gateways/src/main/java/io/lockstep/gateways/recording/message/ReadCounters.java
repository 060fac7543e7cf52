package io.lockstep.gateways.recording.message;

/** Counts what the readers of one recording met. For one thread, as they are. */
public final class ReadCounters
{
    private long clockBackwards;
    private long badLines;
    private long heldOverflows;

    public long clockBackwards()
    {
        return clockBackwards;
    }

    public void countClockBackwards()
    {
        clockBackwards++;
    }

    public long badLines()
    {
        return badLines;
    }

    public void countBadLine()
    {
        badLines++;
    }

    public long heldOverflows()
    {
        return heldOverflows;
    }

    public void countHeldOverflows(final long count)
    {
        heldOverflows += count;
    }
}
