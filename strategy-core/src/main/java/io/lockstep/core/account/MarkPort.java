package io.lockstep.core.account;

import io.lockstep.codecs.Instrument;

/**
 * The instruments and their marks, as they stand at the input that is being taken. Reading them changes nothing and allocates nothing.
 */
public interface MarkPort
{
    /** Null for an unknown one. */
    Instrument instrument(int instrumentId);

    /**
     * @param instrumentId a known one.
     * @return {@link io.lockstep.codecs.Nulls#NULL_PRICE_TICKS} for none.
     */
    long markTicks(int instrumentId);

    /** Nanoseconds since the gateway received what the mark is of; without a mark it has no meaning. */
    long markAgeNs(int instrumentId);
}
