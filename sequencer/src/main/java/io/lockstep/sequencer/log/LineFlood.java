package io.lockstep.sequencer.log;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Lets so many lines of one area and level through in each second; how many more there were is a line of its own when the second
 * is over. One thread.
 */
final class LineFlood
{
    private final int linesPerSecond;
    private final Consumer<LogLine> lines;
    private final Map<String, Tally> tallyByKind = new TreeMap<>();

    private static final class Tally
    {
        private final LogLevel level;
        private final String area;
        private long second;
        private int written;
        private long left;

        private Tally(final LogLevel level, final String area)
        {
            this.level = level;
            this.area = area;
        }
    }

    LineFlood(final int linesPerSecond, final Consumer<LogLine> lines)
    {
        this.linesPerSecond = linesPerSecond;
        this.lines = lines;
    }

    void onLine(final LogLine line)
    {
        final Tally tally = tallyByKind.computeIfAbsent(
            line.level() + line.area(), (kind) -> new Tally(line.level(), line.area()));
        final long second = line.time().getEpochSecond();
        if (second != tally.second)
        {
            end(tally, line.time());
            tally.second = second;
            tally.written = 0;
        }
        if (tally.written < linesPerSecond)
        {
            tally.written++;
            lines.accept(line);
        }
        else
        {
            tally.left++;
        }
    }

    /** Says what was left of the seconds that are over. */
    void onTime(final Instant now)
    {
        for (final Tally tally : tallyByKind.values())
        {
            if (tally.left > 0 && now.getEpochSecond() != tally.second)
            {
                end(tally, now);
            }
        }
    }

    void end()
    {
        tallyByKind.values().forEach((tally) -> end(tally, Instant.ofEpochSecond(tally.second)));
    }

    private void end(final Tally tally, final Instant now)
    {
        if (tally.left > 0)
        {
            lines.accept(new LogLine(now, tally.level, tally.area, LogLine.NO_SEQUENCE,
                "more of the same in one second, not written: lines=" + tally.left));
            tally.left = 0;
        }
    }
}
