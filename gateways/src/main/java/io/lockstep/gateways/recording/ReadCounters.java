package io.lockstep.gateways.recording;

/** Counts what the readers of one recording met. For one thread, as they are. */
final class ReadCounters
{
    private long clockBackwards;
    private long badLines;
    private long heldOverflows;

    long clockBackwards()
    {
        return clockBackwards;
    }

    void countClockBackwards()
    {
        clockBackwards++;
    }

    long badLines()
    {
        return badLines;
    }

    void countBadLine()
    {
        badLines++;
    }

    long heldOverflows()
    {
        return heldOverflows;
    }

    void countHeldOverflows(final long count)
    {
        heldOverflows += count;
    }
}
