package io.lockstep.core.account;

import io.lockstep.sbe.DifferenceStanding;

/** How the standing of a difference goes on from one compared report to the next. Stateless. */
final class Standings
{
    private Standings()
    {
    }

    /**
     * @param isNone whether the report agrees with the engine.
     * @param isSame whether it differs by what the one before did.
     */
    static DifferenceStanding next(final DifferenceStanding standing, final boolean isNone, final boolean isSame)
    {
        if (isNone)
        {
            return DifferenceStanding.NONE;
        }
        if (!isSame)
        {
            return DifferenceStanding.SEEN;
        }
        return switch (standing)
        {
            case NONE -> DifferenceStanding.SEEN;
            case SEEN, CONFIRMED -> DifferenceStanding.CONFIRMED;
            case DECIDED -> DifferenceStanding.DECIDED;
            case SBE_UNKNOWN, NULL_VAL -> throw new IllegalArgumentException("standing=" + standing);
        };
    }

    /** Whether two reports in a row have shown it. */
    static boolean isConfirmed(final DifferenceStanding standing)
    {
        return standing == DifferenceStanding.CONFIRMED || standing == DifferenceStanding.DECIDED;
    }

    /** Restores what a snapshot has. */
    static DifferenceStanding require(final DifferenceStanding standing)
    {
        if (standing == DifferenceStanding.SBE_UNKNOWN || standing == DifferenceStanding.NULL_VAL)
        {
            throw new IllegalArgumentException("standing=" + standing);
        }
        return standing;
    }
}
