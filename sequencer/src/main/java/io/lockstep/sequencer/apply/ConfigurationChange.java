package io.lockstep.sequencer.apply;

import io.lockstep.codecs.text.Escapes;
import org.agrona.DirectBuffer;

import java.util.Locale;

/**
 * One input that brings a core nearer to a configuration.
 *
 * @param kind    what it changes.
 * @param subject of which one, for people.
 * @param before  what is in force; null for nothing.
 * @param after   what is configured; null for nothing.
 * @param message the input, from its messageHeader on.
 */
public record ConfigurationChange(Kind kind, String subject, String before, String after, DirectBuffer message)
{
    /** What a configuration is made of, in the order in which it is applied. */
    public enum Kind
    {
        /** Where orders go. Only the node itself may say it, at a start. */
        VENUE,
        /** What a source may send. Only the node itself may say it, at a start. */
        SOURCE, INSTRUMENT,
        /** What makes cash of another asset. */
        RATE,
        /** When there is trading. */
        CALENDAR, LIMIT,
        /** A strategy's instance. */
        STRATEGY,
        /** Weight and capital of an instance. */
        ALLOCATION,
        /** What keeps orders back when too much has gone wrong. */
        BREAKER
    }

    /** Whether the value is another: a start says some that may be the same, for only the core can tell. */
    public boolean isDifference()
    {
        return before == null || !before.equals(after);
    }

    /** Whether only a start can apply it. */
    public boolean needsStart()
    {
        return kind == Kind.VENUE || kind == Kind.SOURCE;
    }

    /** For people, in one line. */
    @Override
    public String toString()
    {
        return kind.name().toLowerCase(Locale.ROOT) + " " + Escapes.line(subject) + ": " +
            text(before) + " -> " + text(after);
    }

    private static String text(final String value)
    {
        return value == null ? "none" : Escapes.line(value);
    }
}
