package io.lockstep.cli.argument;

import io.lockstep.codecs.text.EditDistance;

import java.util.Collection;
import java.util.Locale;

/**
 * The word a user may have meant.
 */
public final class Nearest
{
    private Nearest()
    {
    }

    /** The candidate with the smallest edit distance, the case of letters aside, the shorter of two as near; empty when there is none. */
    public static String of(final String word, final Collection<String> candidates)
    {
        String nearest = "";
        int best = Integer.MAX_VALUE;
        for (final String candidate : candidates)
        {
            // Someone who leaves out the path means the field of this name.
            final String name = word.contains(".") ? candidate : candidate.substring(candidate.lastIndexOf('.') + 1);
            final int distance = EditDistance.between(word.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
            if (distance < best || distance == best && candidate.length() < nearest.length())
            {
                best = distance;
                nearest = candidate;
            }
        }
        return nearest;
    }
}
