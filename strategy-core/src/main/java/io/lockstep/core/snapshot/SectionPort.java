package io.lockstep.core.snapshot;

import org.agrona.DirectBuffer;

/**
 * Where the sections of the core's state go, in the order in which they have to be given back.
 */
public interface SectionPort
{
    /**
     * @param message holds the SBE message, messageHeader first; only valid during the call.
     * @param offset  of the messageHeader.
     * @param length  of messageHeader and message.
     */
    void onSection(DirectBuffer message, int offset, int length);
}
