package io.lockstep.sequencer.config;

import java.util.Collection;

/**
 * Which of the keys that are known was meant by one that is not.
 */
final class NearestKey
{
    /** No key is longer; a distance to longer ones says nothing and takes long. */
    private static final int LENGTH_MAX = 100;

    private NearestKey()
    {
    }

    static String of(final String key, final Collection<String> known)
    {
        final String compared = key.substring(0, Math.min(key.length(), LENGTH_MAX));
        String nearest = "";
        int best = Integer.MAX_VALUE;
        for (final String candidate : known)
        {
            final int distance = distance(compared, candidate);
            if (distance < best)
            {
                best = distance;
                nearest = candidate;
            }
        }
        return nearest;
    }

    /** Levenshtein's edit distance. */
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
