package io.lockstep.sequencer.journal;

import java.util.Comparator;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names a segment of the journal. The first of an incarnation carries the incarnation's number alone, so that a journal of one
 * segment looks as it always did.
 * <pre>
 *  000001           incarnation=1 segment=1
 *  000001-000002    incarnation=1 segment=2
 * </pre>
 *
 * @param incarnation 1, 2, ...
 * @param segment     1, 2, ... within the incarnation.
 */
public record SegmentId(int incarnation, int segment) implements Comparable<SegmentId>
{
    private static final Pattern NAME = Pattern.compile("(\\d{6})(?:-(\\d{6}))?");
    private static final Comparator<SegmentId> ORDER = Comparator.comparingInt(SegmentId::incarnation)
        .thenComparingInt(SegmentId::segment);

    /** The first segment of an incarnation. */
    public static SegmentId first(final int incarnation)
    {
        return new SegmentId(incarnation, 1);
    }

    /** From a directory's name; null when it is no segment's. */
    public static SegmentId parse(final String name)
    {
        final Matcher matcher = NAME.matcher(name);
        if (!matcher.matches())
        {
            return null;
        }
        final int segment = matcher.group(2) == null ? 1 : Integer.parseInt(matcher.group(2));
        return new SegmentId(Integer.parseInt(matcher.group(1)), segment);
    }

    /** The directory's name. */
    public String name()
    {
        return segment == 1
            ? String.format(Locale.ROOT, "%06d", incarnation)
            : String.format(Locale.ROOT, "%06d-%06d", incarnation, segment);
    }

    /** The one behind it in the same incarnation. */
    public SegmentId next()
    {
        return new SegmentId(incarnation, segment + 1);
    }

    @Override
    public int compareTo(final SegmentId other)
    {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString()
    {
        return name();
    }
}
