package io.lockstep.sequencer.config;

import io.lockstep.codecs.text.EditDistance;

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
            final int distance = EditDistance.between(compared, candidate);
            if (distance < best)
            {
                best = distance;
                nearest = candidate;
            }
        }
        return nearest;
    }
}
