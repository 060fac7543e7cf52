package io.lockstep.core.strategy;

import io.lockstep.sbe.Side;

/**
 * A signal that the router has given to a model: what it is to do. Only valid during {@link Strategy#onSignal}.
 */
public interface SignalView
{
    Side side();

    /** How many lots to trade: a positive multiple of what orders are multiples of, within the model's budget. */
    long quantityLots();

    /** Sequenced time from which on it means nothing any more, or {@link io.lockstep.codecs.Nulls#NULL_TIME_NS}. */
    long expireTimeNs();

    /** Of its client's counter. */
    long epoch();

    /** Of the signal, within the client's epoch. */
    long counter();

    /** Hash of the signal's id, client, epoch and counter, for a model that wants to tell signals apart. */
    long idHash();
}
