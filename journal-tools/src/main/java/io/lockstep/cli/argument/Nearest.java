package io.lockstep.cli.argument;

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
            final int distance = distance(word.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
            if (distance < best || distance == best && candidate.length() < nearest.length())
            {
                best = distance;
                nearest = candidate;
            }
        }
        return nearest;
    }

    /** Levenshtein's. */
    private static int distance(final String a, final String b)
    {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j < previous.length; j++)
        {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++)
        {
            final int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++)
            {
                final int substitution = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(substitution, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
