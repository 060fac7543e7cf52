package io.lockstep.gateways.control;

import io.lockstep.codecs.Nulls;
import io.lockstep.sbe.LimitScope;

/**
 * What a command about a limit or a trading mode is for.
 *
 * @param scope        NULL_VAL for all.
 * @param scopedId     strategyId of a STRATEGY, venueId of a VENUE or ACCOUNT, instrumentId of an INSTRUMENT's trading mode; else null.
 * @param instrumentId of an INSTRUMENT or a LEG; else null.
 * @param strategyId   of a LEG; else null.
 */
public record CommandScope(LimitScope scope, int scopedId, int instrumentId, int strategyId)
{
    private static final int NONE = Nulls.NULL_INSTRUMENT_ID;

    /** All instruments of the node; of a trading mode, the node. */
    public static final CommandScope ALL = new CommandScope(LimitScope.NULL_VAL, NONE, NONE, NONE);

    public static CommandScope ofInstrument(final int instrumentId)
    {
        return new CommandScope(LimitScope.INSTRUMENT, instrumentId, instrumentId, NONE);
    }

    /** A strategy's instance on one of its instruments. */
    public static CommandScope ofLeg(final int strategyId, final int instrumentId)
    {
        return new CommandScope(LimitScope.LEG, NONE, instrumentId, strategyId);
    }

    /** A strategy's instance, on all its instruments. */
    public static CommandScope ofStrategy(final int strategyId)
    {
        return new CommandScope(LimitScope.STRATEGY, strategyId, NONE, NONE);
    }

    public static CommandScope ofVenue(final int venueId)
    {
        return new CommandScope(LimitScope.VENUE, venueId, NONE, NONE);
    }

    public static CommandScope ofAccount(final int venueId)
    {
        return new CommandScope(LimitScope.ACCOUNT, venueId, NONE, NONE);
    }
}
