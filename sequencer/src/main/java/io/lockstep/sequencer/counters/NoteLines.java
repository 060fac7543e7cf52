package io.lockstep.sequencer.counters;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A note of the counters that consists of lines. A node that is writing, or a note that was too long, can leave the last line cut off.
 */
final class NoteLines
{
    private NoteLines()
    {
    }

    static <T> String text(final List<T> lines, final Function<T, String> toText)
    {
        final StringBuilder text = new StringBuilder();
        lines.forEach((line) -> text.append(toText.apply(line)).append('\n'));
        return text.toString();
    }

    /**
     * Without a line that was cut off.
     *
     * @param parser gives null for a line that is none.
     */
    static <T> List<T> parse(final String text, final Function<String, T> parser)
    {
        final List<T> lines = new ArrayList<>();
        final String whole = text.substring(0, text.lastIndexOf('\n') + 1);
        for (final String line : whole.split("\n"))
        {
            final T parsed = parser.apply(line);
            if (parsed != null)
            {
                lines.add(parsed);
            }
        }
        return lines;
    }
}
