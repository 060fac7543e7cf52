package io.lockstep.core;

import org.agrona.DirectBuffer;

/**
 * Where the core takes its inputs, one at a time, in the order of their sequence. Whatever hosts the core (the live
 * sequencer, recovery, replay, a backtest, a test) calls it from one thread.
 * <p>
 * Nothing but the record may influence what happens inside: no clock, no randomness, no environment. Time is the record's
 * sequenced time.
 */
public interface InputPort
{
    /**
     * Handles one input completely; all its decisions have been given to the {@link DecisionPort} when it returns.
     *
     * @param buffer holds the record, laid out as {@link io.lockstep.codecs.RecordDescriptor} says; not kept.
     * @param offset of the record.
     * @throws IllegalStateException when the sequence does not follow the one before, or the template is no input.
     */
    void onInput(DirectBuffer buffer, int offset);
}
