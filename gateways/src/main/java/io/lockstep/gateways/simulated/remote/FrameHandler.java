package io.lockstep.gateways.simulated.remote;

import org.agrona.DirectBuffer;

/**
 * Takes frames as they come.
 */
@FunctionalInterface
interface FrameHandler
{
    /**
     * @param buffer holds what the frame carries, valid during the call only.
     * @param length 0 when it carries nothing.
     */
    void onFrame(FrameKind kind, long number, long timeNs, DirectBuffer buffer, int offset, int length);
}
