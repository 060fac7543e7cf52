package io.lockstep.gateways.simulated;

import org.agrona.DirectBuffer;

/**
 * Takes the venue's answers: SBE ExecutionReport and OrderCancelReject messages, and AccountReport and AccountEntry where
 * the venue reports its account, in the order they arise.
 */
@FunctionalInterface
public interface ExecutionSink
{
    /**
     * Called on the venue's thread, from within the call that caused the report; it must not call the venue.
     *
     * @param buffer holds the message, valid during the call only.
     * @param offset of the message header.
     * @param length of header and body.
     * @param timeNs when the report reaches the client, report latency included; never decreases.
     */
    void onReport(DirectBuffer buffer, int offset, int length, long timeNs);
}
