package io.lockstep.gateways.recording.binance;

import java.util.Arrays;

/**
 * Where in a line's bytes the prices and quantities of one side are. Allocates only to grow.
 */
final class LevelRanges
{
    /** What is in a level is in the array of levels, in the event, in the frame of the stream. */
    private static final int LEVEL_DEPTH = 3;
    private static final int BOUNDS = 4;

    /** Of each level: start and end of the price, start and end of the quantity. */
    private int[] ranges = new int[256];
    private int count;
    private boolean isWellFormed;

    int count()
    {
        return count;
    }

    int priceStart(final int index)
    {
        return ranges[BOUNDS * index];
    }

    int priceEnd(final int index)
    {
        return ranges[BOUNDS * index + 1];
    }

    int quantityStart(final int index)
    {
        return ranges[BOUNDS * index + 2];
    }

    int quantityEnd(final int index)
    {
        return ranges[BOUNDS * index + 3];
    }

    /** Whether the line had such levels, be it none. */
    boolean isWellFormed()
    {
        return isWellFormed;
    }

    void clear()
    {
        count = 0;
        isWellFormed = false;
    }

    /**
     * Passes an array of [price, quantity, and anything].
     *
     * @return false for another array, which leaves the cursor somewhere in it: whoever needs the levels will say that
     *         they are not {@link #isWellFormed()}.
     */
    boolean parse(final JsonCursor json)
    {
        clear();
        if (json.enter(']'))
        {
            do
            {
                if (!parseLevel(json))
                {
                    return false;
                }
            }
            while (json.next(']'));
        }
        isWellFormed = true;
        return true;
    }

    private boolean parseLevel(final JsonCursor json)
    {
        final int at = BOUNDS * count;
        if (at == ranges.length)
        {
            ranges = Arrays.copyOf(ranges, 2 * ranges.length);
        }
        if (!json.accept('[') || !parseNumber(json, at) || !json.accept(',') || !parseNumber(json, at + 2))
        {
            return false;
        }
        while (json.accept(','))
        {
            json.skipValue(LEVEL_DEPTH);
            json.skipSpace();
        }
        if (!json.accept(']'))
        {
            return false;
        }
        count++;
        return true;
    }

    /** A number, or a number in quotes; what is in the quotes is checked when it is converted. */
    private boolean parseNumber(final JsonCursor json, final int at)
    {
        final int start = json.position();
        final int c = json.peek();
        if (c == '"')
        {
            json.skipString();
            ranges[at] = start + 1;
            ranges[at + 1] = json.position() - 1;
        }
        else if (c == '-' || c >= '0' && c <= '9')
        {
            json.skipNumber();
            ranges[at] = start;
            ranges[at + 1] = json.position();
        }
        else
        {
            return false;
        }
        json.skipSpace();
        return true;
    }
}
