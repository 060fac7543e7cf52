package io.lockstep.gateways.feed;

/**
 * What a {@link MarketSource} says to who wants the whole book of an instrument.
 */
public enum SnapshotAnswer
{
    /** It comes behind the current message. */
    COMING,
    /** One that was asked for before is under way: ask again. */
    BUSY,
    /** The source has no whole book of it now. */
    NONE
}
