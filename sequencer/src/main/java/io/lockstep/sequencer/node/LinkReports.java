package io.lockstep.sequencer.node;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.codecs.text.Escapes;
import io.lockstep.sbe.LinkRefusal;
import io.lockstep.sequencer.counters.CounterType;
import io.lockstep.sequencer.counters.NodeCounters;
import io.lockstep.sequencer.ingress.IngressMonitor;
import io.lockstep.sequencer.ingress.MessageProblem;
import io.lockstep.sequencer.ingress.ProcessName;
import io.lockstep.sequencer.log.ProcessLog;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What the ingress has to say of links. The loop counts it and puts codes and numbers into a ring; the watchdog's thread makes the
 * texts, for the error log, the process's log and the operator. What comes faster than it can be written is counted, and the count
 * is written.
 * <pre>
 *   0  source id             4  source session
 *   8  four numbers, by the kind of report
 *  40  length of a text     44  length of a second text    48  both texts, UTF-8
 * </pre>
 */
final class LinkReports implements IngressMonitor
{
    private static final int RING_LENGTH = 1 << 16;
    private static final int NUMBERS_OFFSET = 8;
    private static final int FIRST_LENGTH_OFFSET = 40;
    private static final int SECOND_LENGTH_OFFSET = 44;
    private static final int TEXT_OFFSET = 48;
    private static final ProcessName NO_NAME = new ProcessName();
    private static final int SHIFT = 32;

    /** What a report is about; the ordinal + 1 is its type in the ring. */
    private enum Kind
    {
        REJECTED, GAP, LINKED, HELD, TAKE_OVER, UNPROVEN
    }

    private static final Kind[] KINDS = Kind.values();
    private static final MessageProblem[] PROBLEMS = MessageProblem.values();

    private final OneToOneRingBuffer ring = new OneToOneRingBuffer(
        new UnsafeBuffer(ByteBuffer.allocateDirect(RING_LENGTH + RingBufferDescriptor.TRAILER_LENGTH)));
    private final NodeCounters counters;
    private final Consumer<String> notices;
    private final ProcessLog log;
    private final MessageHandler handler = this::onReport;
    /** The loop's alone. */
    private long missed;
    private volatile long missedReported;
    /** The writer's alone. */
    private long missedWritten;

    /**
     * @param notices told what an operator should read.
     * @param log     has a line for each gateway that comes.
     */
    LinkReports(final NodeCounters counters, final Consumer<String> notices, final ProcessLog log)
    {
        this.counters = counters;
        this.notices = notices;
        this.log = log;
    }

    @Override
    public void onRejected(
        final MessageProblem problem, final DirectBuffer buffer, final int offset, final int length,
        final int sessionId)
    {
        counters.increment(CounterType.REJECTED_MESSAGES);
        final boolean hasHeader = length >= RecordDescriptor.BODY_OFFSET;
        report(Kind.REJECTED, hasHeader ? RecordDescriptor.sourceId(buffer, offset) : 0, sessionId,
            problem.ordinal(), length,
            hasHeader ? pair(RecordDescriptor.schemaId(buffer, offset), RecordDescriptor.version(buffer, offset)) : 0,
            hasHeader ? RecordDescriptor.templateId(buffer, offset) : -1, NO_NAME, NO_NAME);
    }

    @Override
    public void onRepeat(final int sourceId, final long sequence)
    {
        counters.increment(CounterType.REPEATED_MESSAGES);
    }

    @Override
    public void onLinked(final int sourceId, final int session, final ProcessName process)
    {
        report(Kind.LINKED, sourceId, session, 0, 0, 0, 0, process, NO_NAME);
    }

    @Override
    public void onSourceHeld(
        final int sourceId, final int session, final ProcessName process, final int holderSession,
        final ProcessName holderProcess)
    {
        report(Kind.HELD, sourceId, session, holderSession, 0, 0, 0, process, holderProcess);
    }

    @Override
    public void onTakeOver(
        final int sourceId, final int session, final ProcessName process, final int silentSession,
        final ProcessName silentProcess, final long silentNs)
    {
        report(Kind.TAKE_OVER, sourceId, session, silentSession, silentNs, 0, 0, process, silentProcess);
    }

    @Override
    public void onUnproven(
        final int sourceId, final int session, final ProcessName process, final LinkRefusal reason)
    {
        counters.increment(CounterType.REFUSED_PROOFS);
        report(Kind.UNPROVEN, sourceId, session, reason.value(), 0, 0, 0, process, NO_NAME);
    }

    @Override
    public void onGap(final int sourceId, final long expected, final long actual)
    {
        counters.increment(CounterType.SOURCE_GAPS);
        report(Kind.GAP, sourceId, 0, expected, actual, 0, 0, NO_NAME, NO_NAME);
    }

    private static long pair(final int high, final int low)
    {
        return (long)high << SHIFT | low;
    }

    private void report(
        final Kind kind, final int sourceId, final int session, final long a, final long b, final long c,
        final long d, final ProcessName first, final ProcessName second)
    {
        final int index = ring.tryClaim(kind.ordinal() + 1, TEXT_OFFSET + first.length() + second.length());
        if (index < 0)
        {
            missedReported = ++missed;
            return;
        }
        final UnsafeBuffer to = (UnsafeBuffer)ring.buffer();
        to.putInt(index, sourceId);
        to.putInt(index + Integer.BYTES, session);
        to.putLong(index + NUMBERS_OFFSET, a);
        to.putLong(index + NUMBERS_OFFSET + Long.BYTES, b);
        to.putLong(index + NUMBERS_OFFSET + 2 * Long.BYTES, c);
        to.putLong(index + NUMBERS_OFFSET + 3 * Long.BYTES, d);
        to.putInt(index + FIRST_LENGTH_OFFSET, first.length());
        to.putInt(index + SECOND_LENGTH_OFFSET, second.length());
        to.putBytes(index + TEXT_OFFSET, first.bytes(), 0, first.length());
        to.putBytes(index + TEXT_OFFSET + first.length(), second.bytes(), 0, second.length());
        ring.commit(index);
    }

    /** Writes what there is. One thread at a time, not the loop's while it turns. */
    void write()
    {
        ring.read(handler);
        final long missedNow = missedReported;
        if (missedNow != missedWritten)
        {
            counters.onError(new IllegalStateException("reports of links came faster than they could be written: " +
                (missedNow - missedWritten) + " are counted and have no line"));
            missedWritten = missedNow;
        }
    }

    private void onReport(final int type, final MutableDirectBuffer from, final int index, final int length)
    {
        final int sourceId = from.getInt(index);
        final int session = from.getInt(index + Integer.BYTES);
        final long a = from.getLong(index + NUMBERS_OFFSET);
        final long b = from.getLong(index + NUMBERS_OFFSET + Long.BYTES);
        final int firstLength = from.getInt(index + FIRST_LENGTH_OFFSET);
        final String first = text(from, index + TEXT_OFFSET, firstLength);
        final String second = text(
            from, index + TEXT_OFFSET + firstLength, from.getInt(index + SECOND_LENGTH_OFFSET));
        switch (KINDS[type - 1])
        {
            case REJECTED -> counters.onError(new IllegalArgumentException("message refused: " +
                PROBLEMS[(int)a].text() + ": session=" + session + " length=" + b + header(from, index, sourceId)));
            case GAP -> counters.onError(new IllegalStateException("source gap: sourceId=" + sourceId +
                " expectedSequence=" + a + " actualSequence=" + b));
            case LINKED -> log.info("link",
                "a gateway comes: sourceId=" + sourceId + " process=" + name(first, session));
            case HELD -> notices.accept("a gateway is refused: sourceId=" + sourceId +
                " is held by another whose link lives: holder=" + name(second, (int)a) + " refused=" +
                name(first, session));
            case TAKE_OVER -> notices.accept("a gateway takes over: sourceId=" + sourceId + " from=" +
                name(second, (int)a) + " silent for " + TimeUnit.NANOSECONDS.toMillis(b) + " ms, to=" +
                name(first, session));
            case UNPROVEN -> notices.accept("a gateway is refused: sourceId=" + sourceId + ": " +
                unproven(LinkRefusal.get((short)a)) + ": refused=" + name(first, session));
        }
    }

    private static String header(final DirectBuffer from, final int index, final int sourceId)
    {
        final long templateId = from.getLong(index + NUMBERS_OFFSET + 3 * Long.BYTES);
        if (templateId < 0)
        {
            return "";
        }
        final long schema = from.getLong(index + NUMBERS_OFFSET + 2 * Long.BYTES);
        return " sourceId=" + sourceId + " schemaId=" + (schema >> SHIFT) + " version=" + (int)schema +
            " templateId=" + templateId;
    }

    private static String unproven(final LinkRefusal reason)
    {
        return switch (reason)
        {
            case SOURCE_UNKNOWN -> "the node's file of keys (aeron.keys) has none for it";
            case SOURCE_UNDEFINED -> "the node's configuration (sources) has no source of that id";
            case PROOF_WRONG, SOURCE_HELD, SBE_UNKNOWN, NULL_VAL ->
                "its proof is not made with the key that the node's file of keys (aeron.keys) has for it";
        };
    }

    private static String text(final DirectBuffer from, final int offset, final int length)
    {
        final byte[] bytes = new byte[length];
        from.getBytes(offset, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The text is another process's own. */
    private static String name(final String process, final int session)
    {
        return (process.isEmpty() ? "unknown process" : Escapes.line(process)) + " (session " + session + ")";
    }
}
