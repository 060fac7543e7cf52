package io.lockstep.sequencer.log;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * One line of a log. Immutable.
 *
 * @param time     of the process's wall clock when the line was said.
 * @param area     what part of the process says it, one word.
 * @param sequence of the input that the line is about, or {@link #NO_SEQUENCE}.
 * @param message  of one line.
 */
record LogLine(Instant time, LogLevel level, String area, long sequence, String message)
{
    static final long NO_SEQUENCE = -1;

    private static final DateTimeFormatter TIME = DateTimeFormatter
        .ofPattern("uuuu-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** Time, level, area, sequence and message, a blank between each; {@code -} where there is no sequence. */
    String text()
    {
        return TIME.format(time) + ' ' + level.text() + ' ' + area + ' ' +
            (sequence == NO_SEQUENCE ? "-" : Long.toString(sequence)) + ' ' + message;
    }
}
