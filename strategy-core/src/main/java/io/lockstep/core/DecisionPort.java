package io.lockstep.core;

import org.agrona.DirectBuffer;

/**
 * Where the core's decisions go, in order, while it handles an input. The host journals each and sends those that leave.
 * It must not call back into the core.
 */
public interface DecisionPort
{
    /**
     * @param sequence of the input that caused the decision.
     * @param ordinal  1, 2, ... within that input.
     * @param buffer   holds the SBE message, messageHeader first; only valid during the call.
     * @param offset   of the messageHeader.
     * @param length   of messageHeader and message.
     */
    void onDecision(long sequence, int ordinal, DirectBuffer buffer, int offset, int length);
}
