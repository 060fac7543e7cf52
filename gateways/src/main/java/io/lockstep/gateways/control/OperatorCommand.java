package io.lockstep.gateways.control;

import io.lockstep.sbe.MessageHeaderEncoder;
import org.agrona.MutableDirectBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;

/**
 * What an operator wants of a node, as the input that says it. {@link OperatorCommands} has them all.
 */
@FunctionalInterface
public interface OperatorCommand
{
    /**
     * Encodes the input at the buffer's beginning.
     *
     * @param user who wants it.
     * @return the encoder, behind all of its fields.
     */
    MessageEncoderFlyweight encode(MutableDirectBuffer buffer, MessageHeaderEncoder header, String user);
}
