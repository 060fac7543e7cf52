package io.lockstep.sequencer.egress;

import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.HelloDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import org.agrona.concurrent.UnsafeBuffer;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

/**
 * The answer to the Hello of one source, and how much of it was sent. Reused for each Hello of the source.
 */
final class HelloAnswer
{
    private final UnsafeBuffer fields = new UnsafeBuffer(new byte[HelloDecoder.BLOCK_LENGTH]);
    private final HelloDecoder hello = new HelloDecoder();
    private boolean waiting;
    private int sourceId;
    private int sourceSession;
    private long lastSourceSequence;
    private int definitionsSent;

    /** Begins with the first definition, unless that of the same session is under way. */
    void take(final HelloDecoder newHello, final long newLastSourceSequence)
    {
        if (!waiting || sourceSession != newHello.sourceSession())
        {
            definitionsSent = 0;
        }
        final int length = Math.min(HelloDecoder.BLOCK_LENGTH, blockLength(newHello));
        fields.putBytes(0, newHello.buffer(), newHello.offset(), length);
        hello.wrap(fields, 0, length, newHello.actingVersion());
        sourceId = hello.sourceId();
        sourceSession = hello.sourceSession();
        lastSourceSequence = newLastSourceSequence;
        waiting = true;
    }

    /** Of an earlier version it is shorter than this one's. */
    private static int blockLength(final HelloDecoder of)
    {
        return of.buffer().getShort(of.offset() - MessageHeaderDecoder.ENCODED_LENGTH +
            MessageHeaderDecoder.blockLengthEncodingOffset(), LITTLE_ENDIAN) & 0xFFFF;
    }

    /** The fields of the newest Hello, without its texts. */
    HelloDecoder hello()
    {
        return hello;
    }

    boolean isWaiting()
    {
        return waiting;
    }

    /** Nothing more is to be sent. */
    void end()
    {
        waiting = false;
    }

    int sourceId()
    {
        return sourceId;
    }

    int sourceSession()
    {
        return sourceSession;
    }

    long lastSourceSequence()
    {
        return lastSourceSequence;
    }

    /** An earlier version does not say it, and expects them. */
    boolean wantsDefinitions()
    {
        return hello.wantsDefinitions() != BooleanType.FALSE;
    }

    boolean receivesDecisions()
    {
        return hello.receivesDecisions() == BooleanType.TRUE;
    }

    int definitionsSent()
    {
        return definitionsSent;
    }

    void onDefinitionSent()
    {
        definitionsSent++;
    }
}
