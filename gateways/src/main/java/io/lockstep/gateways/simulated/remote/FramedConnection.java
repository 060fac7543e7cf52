package io.lockstep.gateways.simulated.remote;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

/**
 * One end of a TCP connection that carries frames, without waiting for either direction:
 * <pre>
 *    0  length of the frame, int32
 *    4  kind, int32
 *    8  number, int64
 *   16  time in ns, int64
 *   24  what the kind says, often an SBE message with its messageHeader
 * </pre>
 * One thread. Allocates in the constructor only.
 */
final class FramedConnection implements AutoCloseable
{
    static final int HEADER_LENGTH = 24;
    static final int PAYLOAD_LENGTH_MAX = 1 << 16;

    private static final int BUFFER_LENGTH = 1 << 20;
    private static final int KIND_OFFSET = 4;
    private static final int NUMBER_OFFSET = 8;
    private static final int TIME_OFFSET = 16;
    private static final int END_OF_STREAM = -1;

    private final SocketChannel channel;
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_LENGTH);
    private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER_LENGTH);
    private final UnsafeBuffer inBuffer = new UnsafeBuffer(in);
    private final UnsafeBuffer outBuffer = new UnsafeBuffer(out);
    private String ending;

    /**
     * @param channel connected, or about to be.
     */
    FramedConnection(final SocketChannel channel) throws IOException
    {
        this.channel = channel;
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        // What has not left when this end closes never leaves.
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    }

    /** Whether frames can be put and may come. */
    boolean isOpen()
    {
        return ending == null;
    }

    /** Why it is not open any more; null while it is. */
    String ending()
    {
        return ending;
    }

    /** Puts a frame that carries nothing. */
    boolean put(final FrameKind kind, final long number, final long timeNs)
    {
        return put(kind, number, timeNs, outBuffer, 0, 0);
    }

    /**
     * @return false when it is not open, or the other end takes too little: nothing was put.
     */
    boolean put(
        final FrameKind kind,
        final long number,
        final long timeNs,
        final DirectBuffer payload,
        final int offset,
        final int length)
    {
        final int frameLength = HEADER_LENGTH + length;
        assert length <= PAYLOAD_LENGTH_MAX : "length=" + length;
        if (!isOpen() || out.remaining() < frameLength)
        {
            return false;
        }
        final int at = out.position();
        outBuffer.putInt(at, frameLength, LITTLE_ENDIAN);
        outBuffer.putInt(at + KIND_OFFSET, kind.ordinal(), LITTLE_ENDIAN);
        outBuffer.putLong(at + NUMBER_OFFSET, number, LITTLE_ENDIAN);
        outBuffer.putLong(at + TIME_OFFSET, timeNs, LITTLE_ENDIAN);
        outBuffer.putBytes(at + HEADER_LENGTH, payload, offset, length);
        out.position(at + frameLength);
        return true;
    }

    /** Writes what was put, as far as the socket takes it. */
    void flush()
    {
        if (!isOpen() || 0 == out.position())
        {
            return;
        }
        try
        {
            out.flip();
            channel.write(out);
            out.compact();
        }
        catch (final IOException ex)
        {
            end(ex.toString());
        }
    }

    /** Hands over the whole frames that have come; returns how many. */
    int poll(final FrameHandler handler)
    {
        if (!isOpen())
        {
            return 0;
        }
        try
        {
            if (END_OF_STREAM == channel.read(in))
            {
                end("closed by the other end");
            }
        }
        catch (final IOException ex)
        {
            end(ex.toString());
        }
        return handOver(handler);
    }

    private int handOver(final FrameHandler handler)
    {
        int frames = 0;
        int at = 0;
        while (in.position() - at >= HEADER_LENGTH)
        {
            final int frameLength = inBuffer.getInt(at, LITTLE_ENDIAN);
            final FrameKind kind = FrameKind.of(inBuffer.getInt(at + KIND_OFFSET, LITTLE_ENDIAN));
            if (kind == null || frameLength < HEADER_LENGTH || frameLength > HEADER_LENGTH + PAYLOAD_LENGTH_MAX)
            {
                end("not a frame: length=" + frameLength + " kind=" +
                    inBuffer.getInt(at + KIND_OFFSET, LITTLE_ENDIAN));
                return frames;
            }
            if (in.position() - at < frameLength)
            {
                break;
            }
            handler.onFrame(kind, inBuffer.getLong(at + NUMBER_OFFSET, LITTLE_ENDIAN),
                inBuffer.getLong(at + TIME_OFFSET, LITTLE_ENDIAN), inBuffer, at + HEADER_LENGTH,
                frameLength - HEADER_LENGTH);
            at += frameLength;
            frames++;
        }
        keepFrom(at);
        return frames;
    }

    private void keepFrom(final int at)
    {
        if (at > 0)
        {
            in.flip().position(at);
            in.compact();
        }
    }

    void end(final String reason)
    {
        if (ending == null)
        {
            ending = reason;
            try
            {
                channel.close();
            }
            catch (final IOException ex)
            {
                ending = reason + "; " + ex;
            }
        }
    }

    @Override
    public void close()
    {
        end("closed by this end");
    }
}
