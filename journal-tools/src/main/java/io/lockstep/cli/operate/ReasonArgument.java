package io.lockstep.cli.operate;

import io.lockstep.cli.argument.UsageException;

/**
 * What a person gives as the reason of a command: text for the journal, which keeps it for ever.
 */
final class ReasonArgument
{
    private static final int LENGTH_MAX = 1_000;

    private ReasonArgument()
    {
    }

    /**
     * @throws UsageException when it says nothing, or what no line can hold.
     */
    static void check(final String reason)
    {
        if (reason.isBlank() || reason.length() > LENGTH_MAX || reason.codePoints().anyMatch(Character::isISOControl))
        {
            throw new UsageException("--reason=" + reason.strip() + ": expected 1 to " + LENGTH_MAX +
                " characters on one line");
        }
    }
}
