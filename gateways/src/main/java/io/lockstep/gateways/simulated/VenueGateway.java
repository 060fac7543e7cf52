package io.lockstep.gateways.simulated;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.transport.MessageReceiver;
import io.lockstep.gateways.link.LinkClient;
import io.lockstep.gateways.link.LinkListener;
import io.lockstep.sbe.DecisionAcknowledgementEncoder;
import io.lockstep.sbe.MassStatusEndEncoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.function.Function;

/**
 * The simulated venue behind an order gateway: sees the market that the feed publishes, takes the node's orders over
 * the link, answers with execution reports, and acknowledges the orders it has handled.
 * <p>
 * An agent: one thread calls {@link #doWork}. The venue itself is only for that thread.
 */
public final class VenueGateway implements Agent, LinkListener
{
    private static final int ACKNOWLEDGE_EVERY = 64;

    private final VenueMarketData marketData;
    private final SimulatedVenue venue;
    private final LinkClient link;
    private final VenueObserver observer;
    private final NanoClock clock;
    private final UnsafeBuffer acknowledgementMessage = new UnsafeBuffer(
        new byte[MessageHeaderEncoder.ENCODED_LENGTH + DecisionAcknowledgementEncoder.BLOCK_LENGTH]);
    private final DecisionAcknowledgementEncoder acknowledgement = new DecisionAcknowledgementEncoder();
    private final UnsafeBuffer massStatusEndMessage = new UnsafeBuffer(
        new byte[MessageHeaderEncoder.ENCODED_LENGTH + MassStatusEndEncoder.BLOCK_LENGTH]);
    private final MassStatusEndEncoder massStatusEnd = new MassStatusEndEncoder();

    private long decisionsAcknowledged;
    private int newestIncarnation;
    private long executionsMissing;
    /** What is repeated has been observed. */
    private boolean answering;
    private volatile boolean linked;
    private volatile int linkedIncarnation;
    private volatile boolean settled;

    /**
     * @param marketData     the stream the feed publishes on.
     * @param marketSourceId the feed's source id; other records of the stream are left.
     * @param venue          makes the venue that reports to this gateway, or finds the one there is.
     * @param link           makes the link with this gateway as its listener.
     * @param observer       sees what goes in and out of the venue.
     * @param clock          that the link's patience is measured by.
     */
    public VenueGateway(
        final MessageReceiver marketData,
        final int marketSourceId,
        final Function<ExecutionSink, SimulatedVenue> venue,
        final Function<LinkListener, LinkClient> link,
        final VenueObserver observer,
        final NanoClock clock)
    {
        this.observer = observer;
        this.clock = clock;
        this.venue = venue.apply(this::onReport);
        this.marketData = new VenueMarketData(marketData, marketSourceId, this.venue);
        this.link = link.apply(this);
        acknowledgement.wrapAndApplyHeader(acknowledgementMessage, 0, new MessageHeaderEncoder());
        massStatusEnd.wrapAndApplyHeader(massStatusEndMessage, 0, new MessageHeaderEncoder());
    }

    @Override
    public int doWork()
    {
        int work = link.poll(clock.nanoTime());
        if (linked)
        {
            work += marketData.poll();
        }
        final long unacknowledged = link.decisionsReceived() - decisionsAcknowledged;
        if (unacknowledged >= ACKNOWLEDGE_EVERY || work == 0 && unacknowledged > 0)
        {
            acknowledge();
        }
        settled = work == 0 && link.decisionsReceived() == decisionsAcknowledged &&
            venue.nextDueNs() == Long.MAX_VALUE && link.acknowledged() == link.offered();
        return work;
    }

    private void acknowledge()
    {
        acknowledgement.egressSequence(link.decisionsReceived());
        if (link.offer(acknowledgementMessage, 0, acknowledgementMessage.capacity(), 0, venue.timeNs()))
        {
            decisionsAcknowledged = link.decisionsReceived();
        }
    }

    private void onReport(final DirectBuffer buffer, final int offset, final int length, final long timeNs)
    {
        if (!answering)
        {
            observer.onReport(buffer, offset, length);
        }
        if (!link.offer(buffer, offset, length, timeNs, timeNs))
        {
            throw new IllegalStateException("the node takes no execution reports: unacknowledged=" +
                (link.offered() - link.acknowledged()));
        }
    }

    @Override
    public void onLinked(final int incarnation)
    {
        if (incarnation != newestIncarnation)
        {
            // What was acknowledged to the one before may be in the tail that its journal has lost.
            newestIncarnation = incarnation;
            decisionsAcknowledged = 0;
        }
        linked = true;
        linkedIncarnation = incarnation;
    }

    @Override
    public void onUnlinked()
    {
        linkedIncarnation = 0;
    }

    @Override
    public void onInstrument(final Instrument instrument)
    {
        venue.define(instrument);
    }

    @Override
    public void onDecision(final DirectBuffer buffer, final int offset, final int length, final long egressSequence)
    {
        observer.onRequest(buffer, offset, length);
        venue.onRequest(buffer, offset, length);
    }

    /** All of it goes the way of all reports: numbered, kept until it is journaled, and behind what was sent before. */
    @Override
    public void onMassStatusRequest(final int incarnation, final int massStatusReqId, final long lastExecId)
    {
        answering = true;
        final long missing = venue.repeatExecutions(lastExecId);
        executionsMissing += missing;
        if (missing > 0)
        {
            observer.onExecutionsMissing(lastExecId, missing);
        }
        massStatusEnd.incarnation(incarnation)
            .massStatusReqId(massStatusReqId)
            .openOrders(venue.reportOpenOrders())
            .lastExecId(venue.lastExecId())
            .decisionsReceived(link.decisionsReceived());
        onReport(massStatusEndMessage, 0, massStatusEndMessage.capacity(), venue.timeNs());
        answering = false;
        venue.reportAccount();
    }

    @Override
    public String roleName()
    {
        return "lockstep-venue";
    }

    /** Whether the node has answered at least once, so that the venue knows the instruments; any thread. */
    public boolean isLinked()
    {
        return linked;
    }

    /** Incarnation of the node that takes messages now, 0 while none does; any thread. */
    public int linkedIncarnation()
    {
        return linkedIncarnation;
    }

    /** Whether nothing is under way either way; any thread, and only a hint while others still send. */
    public boolean isSettled()
    {
        return settled;
    }

    /** Executions that the node has asked for and the venue no longer kept; for the agent's thread, or when it has ended. */
    public long executionsMissing()
    {
        return executionsMissing;
    }

    /** For the agent's thread, or when it has ended. */
    public SimulatedVenue venue()
    {
        return venue;
    }
}
