package io.lockstep.research.backtest;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.RecordBatch;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.core.host.Outbox;
import io.lockstep.core.host.TimerQueue;
import io.lockstep.gateways.feed.MarketSource;
import io.lockstep.gateways.simulated.SimulatedVenue;
import io.lockstep.gateways.simulated.VenueRules;
import io.lockstep.sbe.CommandReason;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sequencer.egress.Egress;
import io.lockstep.sequencer.ingress.Ingress;
import io.lockstep.sequencer.ingress.InputSink;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableDirectByteBuffer;

import java.util.ArrayDeque;

/**
 * Both ends of the loop within its thread: market data and the simulated venue's replies come in, one input a turn, ordered
 * by time; orders go straight to the venue.
 * <p>
 * At equal times a timer goes first, then a reply, then what is due at the venue, then market data, in the order of sources and
 * lines. A market event reaches the venue before the engine, as it does in the world.
 */
public final class BacktestVenue implements Ingress, Egress, Outbox
{
    /** Source ids as they are journaled; the same as when the gateways run on their own. */
    private static final int FEED_SOURCE = 1;
    private static final int VENUE_SOURCE = 2;
    private static final int SESSION = 1;

    private final SimulatedVenue venue;
    private final AppliedListener listener;
    private final RecordBatch requests = new RecordBatch();
    private final ArrayDeque<ExpandableDirectByteBuffer> replies = new ArrayDeque<>();
    private final ArrayDeque<ExpandableDirectByteBuffer> spare = new ArrayDeque<>();
    private final ExpandableDirectByteBuffer scratch = new ExpandableDirectByteBuffer(1 << 16);

    private MarketSource source;
    private TimerQueue timers;
    private boolean hasMarket;
    private long feedSequence;
    private long venueSequence;
    private long marketEvents;

    /**
     * Told of each input that the core has applied.
     */
    @FunctionalInterface
    public interface AppliedListener
    {
        void onApplied(DirectBuffer buffer, int offset);
    }

    public BacktestVenue(final VenueRules rules, final AppliedListener listener)
    {
        this.listener = listener;
        venue = new SimulatedVenue(rules, this::onReport);
    }

    /** Begins: what is played, and whose timers compete with it. */
    public void start(final MarketSource newSource, final TimerQueue newTimers)
    {
        source = newSource;
        timers = newTimers;
        hasMarket = source.next();
    }

    public void define(final Instrument instrument)
    {
        venue.define(instrument);
    }

    @Override
    public int poll(final InputSink sink, final int limit, final long wallTimeNs)
    {
        if (source == null)
        {
            return 0;
        }
        final long marketNs = hasMarket ? source.timeNs() : Long.MAX_VALUE;
        final long replyNs = replies.isEmpty() ? Long.MAX_VALUE : RecordDescriptor.gatewayTimeNs(replies.peek(), 0);
        final long dueNs = venue.nextDueNs();
        final long nextNs = Math.min(marketNs, Math.min(replyNs, dueNs));
        if (nextNs == Long.MAX_VALUE)
        {
            return 0;
        }
        if (timers.nextDeadlineNs() <= nextNs)
        {
            sink.onTime(timers.nextDeadlineNs());
        }
        else if (replyNs == nextNs)
        {
            onReply(sink);
        }
        else if (dueNs == nextNs)
        {
            venue.advance(dueNs);
        }
        else
        {
            onMarket(sink);
        }
        return 1;
    }

    private void onReply(final InputSink sink)
    {
        final ExpandableDirectByteBuffer reply = replies.poll();
        sink.onInput(reply, 0, RecordDescriptor.recordLength(reply, 0));
        spare.push(reply);
    }

    private void onMarket(final InputSink sink)
    {
        final int length = record(scratch, source.buffer(), source.offset(), source.length());
        RecordDescriptor.sourceId(scratch, 0, FEED_SOURCE);
        RecordDescriptor.sourceSequence(scratch, 0, ++feedSequence);
        RecordDescriptor.venueTimeNs(scratch, 0, source.venueTimeNs());
        RecordDescriptor.gatewayTimeNs(scratch, 0, source.gatewayTimeNs());
        marketEvents += source.isEventEnd() ? 1 : 0;
        venue.onMarketData(source.buffer(), source.offset(), source.length(), source.timeNs());
        sink.onInput(scratch, 0, length);
        hasMarket = source.next();
    }

    private static int record(
        final ExpandableDirectByteBuffer target, final DirectBuffer message, final int offset, final int length)
    {
        final int recordLength = RecordDescriptor.begin(target, 0, RecordKind.INPUT, length);
        target.putBytes(RecordDescriptor.HEADER_LENGTH, message, offset, length);
        RecordDescriptor.sourceSession(target, 0, SESSION);
        return recordLength;
    }

    private void onReport(final DirectBuffer buffer, final int offset, final int length, final long timeNs)
    {
        final ExpandableDirectByteBuffer reply = spare.isEmpty() ? new ExpandableDirectByteBuffer(256) : spare.pop();
        record(reply, buffer, offset, length);
        RecordDescriptor.sourceId(reply, 0, VENUE_SOURCE);
        RecordDescriptor.sourceSequence(reply, 0, ++venueSequence);
        RecordDescriptor.venueTimeNs(reply, 0, timeNs);
        RecordDescriptor.gatewayTimeNs(reply, 0, timeNs);
        replies.add(reply);
    }

    @Override
    public void onJournaled(final boolean idle)
    {
    }

    @Override
    public void add(final int venueId, final DirectBuffer buffer, final int offset)
    {
        requests.addRecord(buffer, offset, RecordDescriptor.recordLength(buffer, offset));
    }

    @Override
    public void release(final int venueId, final long egressSequence)
    {
    }

    @Override
    public void onApplied(final DirectBuffer buffer, final int offset, final CommandReason reason)
    {
        listener.onApplied(buffer, offset);
    }

    @Override
    public void flush()
    {
        for (int offset = 0; offset < requests.length();)
        {
            final int length = RecordDescriptor.recordLength(requests.buffer(), offset);
            venue.onRequest(requests.buffer(), offset + RecordDescriptor.HEADER_LENGTH,
                length - RecordDescriptor.HEADER_LENGTH);
            offset += length;
        }
        requests.clear();
    }

    @Override
    public int doWork(final long wallTimeNs)
    {
        return 0;
    }

    /** Market events that have gone through. */
    public long marketEvents()
    {
        return marketEvents;
    }

    public SimulatedVenue venue()
    {
        return venue;
    }
}
