package io.lockstep.cli.operate;

import io.lockstep.cli.argument.UsageException;
import io.lockstep.codecs.Increment;

/**
 * A price or quantity as a person writes it, in the units that an instrument counts in. Nothing is rounded.
 */
final class GridArgument
{
    private GridArgument()
    {
    }

    /**
     * A positive number in units.
     *
     * @param unit     the tick or lot.
     * @param multiple how many of them an order keeps to.
     * @param grid     what the multiple is called, for the message.
     * @throws UsageException naming the value and the grid when it is no such number.
     */
    static long positive(
        final String option, final String text, final Increment unit, final long multiple, final String grid)
    {
        final long units = text.matches("[0-9]+(?:\\.[0-9]+)?") ? unit.units(text) : Increment.NOT_A_NUMBER;
        if (units == Increment.NOT_A_NUMBER || units == 0)
        {
            throw new UsageException(option + "=" + text + ": expected a positive decimal such as 0.01");
        }
        if (units == Increment.TOO_LARGE)
        {
            throw new UsageException(option + "=" + text + ": expected a number that " + unit.text(1) +
                " counts in 63 bits");
        }
        if (Increment.isError(units) || units % multiple != 0)
        {
            throw new UsageException(option + "=" + text + ": expected a multiple of "
                + unit.decimal(multiple).stripTrailingZeros().toPlainString() + ", the " +
                grid);
        }
        return units;
    }

    /** As {@link #positive}, below 0 with a minus before it. */
    static long signed(final String option, final String text, final Increment unit, final String grid)
    {
        return text.startsWith("-")
            ? -positive(option, text.substring(1), unit, 1, grid)
            : positive(option, text, unit, 1, grid);
    }
}
