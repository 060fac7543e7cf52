package io.lockstep.codecs.text;

import java.util.Collection;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * The word a user may have meant.
 */
public final class Nearest
{
    /** What is to be found is no longer; a distance to longer words says nothing and takes long. */
    private static final int LENGTH_MAX = 100;

    private Nearest()
    {
    }

    /** The candidate with the smallest edit distance, the case of letters aside, the shorter of two as near; empty when there is none. */
    public static String of(final String word, final Collection<String> candidates)
    {
        return of(word, candidates, UnaryOperator.identity());
    }

    /** The same of names with a path before a dot, which who leaves it out means as well. */
    public static String ofPaths(final String word, final Collection<String> candidates)
    {
        return word.contains(".")
            ? of(word, candidates)
            : of(word, candidates, (path) -> path.substring(path.lastIndexOf('.') + 1));
    }

    private static String of(
        final String word, final Collection<String> candidates, final UnaryOperator<String> comparedPart)
    {
        final String compared = word.substring(0, Math.min(word.length(), LENGTH_MAX)).toLowerCase(Locale.ROOT);
        String nearest = "";
        int best = Integer.MAX_VALUE;
        for (final String candidate : candidates)
        {
            final int distance = EditDistance.between(
                compared, comparedPart.apply(candidate).toLowerCase(Locale.ROOT));
            if (distance < best || distance == best && candidate.length() < nearest.length())
            {
                best = distance;
                nearest = candidate;
            }
        }
        return nearest;
    }
}
