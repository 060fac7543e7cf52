package io.lockstep.codecs.text;

/**
 * How far two words are apart: the least number of letters to insert, remove or exchange (V. I. Levenshtein, 1966).
 */
public final class EditDistance
{
    private EditDistance()
    {
    }

    /** Takes time as the product of both lengths, and allocates; for messages to people. */
    public static int between(final String a, final String b)
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
