package io.lockstep.gateways.simulated.remote;

import io.lockstep.codecs.Xxh64;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.ArrayDeque;

/**
 * Frames that wait for a drawn time, in their order. A frame allocates.
 */
final class DelayedFrames
{
    private record Frame(long dueNs, FrameKind kind, long number, long timeNs, UnsafeBuffer payload)
    {
    }

    private final ArrayDeque<Frame> frames = new ArrayDeque<>();
    private final long delayMaxNs;
    private long random;
    private long lastDueNs = Long.MIN_VALUE;

    DelayedFrames(final long delayMaxNs, final long seed)
    {
        this.delayMaxNs = delayMaxNs;
        random = seed;
    }

    void add(
        final long nowNs,
        final FrameKind kind,
        final long number,
        final long timeNs,
        final DirectBuffer buffer,
        final int offset,
        final int length)
    {
        random = Xxh64.chain(random, 1);
        final long delayNs = 0 == delayMaxNs ? 0 : Math.floorMod(random, delayMaxNs);
        // None may be overtaken, but neither may one wait longer than the longest delay.
        lastDueNs = Math.max(lastDueNs, nowNs + delayNs);
        final byte[] payload = new byte[length];
        buffer.getBytes(offset, payload);
        frames.add(new Frame(lastDueNs, kind, number, timeNs, new UnsafeBuffer(payload)));
    }

    boolean isDue(final long nowNs)
    {
        return !frames.isEmpty() && frames.peek().dueNs <= nowNs;
    }

    /** Of the first frame. */
    FrameKind kind()
    {
        return frames.element().kind;
    }

    /** Hands the first frame over, and forgets it. */
    void poll(final FrameHandler handler)
    {
        final Frame frame = frames.remove();
        handler.onFrame(frame.kind, frame.number, frame.timeNs, frame.payload, 0, frame.payload.capacity());
    }

    void clear()
    {
        frames.clear();
    }

    int size()
    {
        return frames.size();
    }
}
