package io.lockstep.gateways.simulated.remote;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Xxh64;
import io.lockstep.codecs.transport.MessageReceiver;
import io.lockstep.gateways.orders.RequestStanding;
import io.lockstep.gateways.simulated.ExecutionSink;
import io.lockstep.gateways.simulated.SimulatedVenue;
import io.lockstep.gateways.simulated.VenueMarketData;
import io.lockstep.gateways.simulated.VenueObserver;
import io.lockstep.sbe.InstrumentDefinitionDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.OrdRejReason;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.function.Function;

/**
 * A simulated venue that outlives whoever trades at it. It hears the market from the feed and takes one session at a time; a
 * new one ends the one before, of which nothing more is read. Requests and reports may be delayed and sessions lost, by {@link VenueFaults}: a request that
 * has arrived is acted on whatever becomes of its session.
 * <p>
 * An agent: one thread calls {@link #doWork}. Sessions and delayed frames allocate.
 */
public final class SimulatedVenueServer implements Agent
{
    private static final long HEARTBEAT_INTERVAL_NS = 100_000_000L;
    private static final DirectBuffer NOTHING = new UnsafeBuffer(new byte[0]);

    private final ServerSocketChannel server;
    private final SimulatedVenue venue;
    private final VenueFaults faults;
    private final long cancelAfterNs;
    private final VenueObserver observer;
    private final VenueMarketData marketData;
    private final NanoClock clock;
    private final DelayedFrames requests;
    private final DelayedFrames answers;
    private final FrameHandler frameHandler = this::onFrame;
    private final FrameHandler requestHandler = this::onRequest;
    private final FrameHandler answerHandler = this::sendAnswer;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final InstrumentDefinitionDecoder definition = new InstrumentDefinitionDecoder();
    private FramedConnection connection;
    private boolean isStreaming;
    private boolean isCancelDue;
    private long heardNs;
    /** What is repeated or listed has been observed. */
    private FrameKind answering = FrameKind.REPORT;
    private boolean isRepeating;
    private long nowNs;
    private long sentNs;
    private long random;
    private volatile boolean hasInstruments;
    private volatile boolean settled;
    private volatile long sessions;
    private volatile long drops;

    /**
     * @param address        to listen on; with port 0 one that is free is taken.
     * @param venue          makes the venue that reports to this server.
     * @param cancelAfterNs  how long after the end of a session the open orders are cancelled, unless another has begun: the
     *                       venue's dead man's switch; 0 for never.
     * @param observer       sees what goes in and out of the venue.
     * @param marketData     the stream that the feed publishes on.
     * @param marketSourceId the feed's source id; other records of the stream are left.
     * @throws IOException when the address cannot be listened on.
     */
    public SimulatedVenueServer(
        final InetSocketAddress address,
        final Function<ExecutionSink, SimulatedVenue> venue,
        final VenueFaults faults,
        final long cancelAfterNs,
        final VenueObserver observer,
        final MessageReceiver marketData,
        final int marketSourceId,
        final NanoClock clock) throws IOException
    {
        this.venue = venue.apply(this::onReport);
        this.marketData = new VenueMarketData(marketData, marketSourceId, this.venue);
        this.faults = faults;
        this.cancelAfterNs = cancelAfterNs;
        this.observer = observer;
        this.clock = clock;
        random = faults.seed();
        requests = new DelayedFrames(faults.requestDelayMaxNs(), faults.seed());
        answers = new DelayedFrames(faults.reportDelayMaxNs(), ~faults.seed());
        server = ServerSocketChannel.open().bind(address);
        server.configureBlocking(false);
    }

    /** Where it listens. */
    public InetSocketAddress address()
    {
        try
        {
            return (InetSocketAddress)server.getLocalAddress();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    @Override
    public int doWork()
    {
        nowNs = clock.nanoTime();
        int work = accept();
        work += marketData.poll();
        work += connection == null ? 0 : connection.poll(frameHandler);
        watchSession();
        work += work(requests, requestHandler);
        work += work(answers, answerHandler);
        if (connection != null)
        {
            beat();
            connection.flush();
        }
        settled = 0 == work && 0 == requests.size() && 0 == answers.size() && venue.nextDueNs() == Long.MAX_VALUE;
        return work;
    }

    private int accept()
    {
        try
        {
            final SocketChannel channel = server.accept();
            if (channel == null)
            {
                return 0;
            }
            endSession("another session has begun");
            connection = new FramedConnection(channel);
            sessions = sessions + 1;
            return 1;
        }
        catch (final IOException ex)
        {
            // Whoever connected has gone again.
            return 0;
        }
    }

    private void watchSession()
    {
        if (connection != null && connection.isOpen())
        {
            heardNs = nowNs;
            isCancelDue = cancelAfterNs > 0;
        }
        else if (isCancelDue && nowNs - heardNs >= cancelAfterNs)
        {
            isCancelDue = false;
            venue.cancelOpenOrders();
        }
    }

    private void endSession(final String reason)
    {
        if (connection != null)
        {
            connection.end(reason);
        }
        connection = null;
        isStreaming = false;
        answers.clear();
    }

    private int work(final DelayedFrames frames, final FrameHandler handler)
    {
        int work = 0;
        while (frames.isDue(nowNs))
        {
            frames.poll(handler);
            work++;
        }
        return work;
    }

    private void beat()
    {
        if (nowNs - sentNs >= HEARTBEAT_INTERVAL_NS)
        {
            sentNs = nowNs;
            connection.put(FrameKind.HEARTBEAT, 0, venue.timeNs());
        }
    }

    private void onFrame(
        final FrameKind kind,
        final long number,
        final long timeNs,
        final DirectBuffer buffer,
        final int offset,
        final int length)
    {
        switch (kind)
        {
            case LOGON -> answer(FrameKind.LOGGED_ON, faults.requestDelayMaxNs(), venue.timeNs());
            case DEFINE -> {
                venue.define(Instrument.decode(definition.wrapAndApplyHeader(buffer, offset, header)));
                hasInstruments = true;
            }
            case REQUEST -> requests.add(nowNs, kind, number, timeNs, buffer, offset, length);
            case ASK -> onAsk(buffer, offset, length);
            case EXECUTIONS -> onExecutionsWanted(number);
            case OPEN_ORDERS -> onOpenOrdersWanted();
            case CANCEL_ALL -> venue.cancelOpenOrders();
            case HEARTBEAT, LOGGED_ON, REPORT, STANDING, EXECUTIONS_END, OPEN_ORDER, OPEN_ORDERS_END -> {
                // Nothing that a client says beyond being there.
            }
        }
    }

    private void onRequest(
        final FrameKind kind,
        final long number,
        final long timeNs,
        final DirectBuffer buffer,
        final int offset,
        final int length)
    {
        observer.onRequest(buffer, offset, length);
        venue.onRequest(buffer, offset, length);
    }

    /** What is known now: a request that is still held is not. */
    private void onAsk(final DirectBuffer buffer, final int offset, final int length)
    {
        final RequestStanding standing = venue.standing(buffer, offset);
        final long reason = RequestStanding.REFUSED == standing ? OrdRejReason.UNKNOWN_ORDER.value() : 0;
        answers.add(
            nowNs, FrameKind.STANDING, reason << Integer.SIZE | standing.ordinal(), venue.timeNs(), buffer, offset,
            length);
    }

    private void onExecutionsWanted(final long afterExecId)
    {
        isStreaming = true;
        isRepeating = true;
        final long missing = venue.repeatExecutions(afterExecId);
        isRepeating = false;
        if (missing > 0)
        {
            observer.onExecutionsMissing(afterExecId, missing);
        }
        answer(FrameKind.EXECUTIONS_END, venue.lastExecId(), missing);
        venue.reportAccount();
    }

    private void onOpenOrdersWanted()
    {
        isRepeating = true;
        answering = FrameKind.OPEN_ORDER;
        final int openOrders = venue.reportOpenOrders();
        answering = FrameKind.REPORT;
        isRepeating = false;
        answer(FrameKind.OPEN_ORDERS_END, openOrders, venue.lastExecId());
    }

    private void answer(final FrameKind kind, final long number, final long timeNs)
    {
        answers.add(nowNs, kind, number, timeNs, NOTHING, 0, 0);
    }

    private void onReport(final DirectBuffer buffer, final int offset, final int length, final long timeNs)
    {
        if (!isRepeating)
        {
            observer.onReport(buffer, offset, length);
        }
        if (isStreaming)
        {
            answers.add(nowNs, answering, 0, timeNs, buffer, offset, length);
        }
    }

    private void sendAnswer(
        final FrameKind kind,
        final long number,
        final long timeNs,
        final DirectBuffer buffer,
        final int offset,
        final int length)
    {
        if (connection == null)
        {
            return;
        }
        if (FrameKind.REPORT == kind && isDropDrawn())
        {
            drops = drops + 1;
            endSession("ended by the venue");
        }
        else if (!connection.put(kind, number, timeNs, buffer, offset, length))
        {
            // A client that does not read, or has gone, gets no half of what there is.
            endSession("the client takes nothing");
        }
    }

    private boolean isDropDrawn()
    {
        random = Xxh64.chain(random, 1);
        return Math.floorMod(random, VenueFaults.PARTS_PER_MILLION) < faults.dropPpm();
    }

    @Override
    public void onClose()
    {
        endSession("the venue closes");
        CloseHelper.quietClose(server);
    }

    @Override
    public String roleName()
    {
        return "lockstep-venue-server";
    }

    /** Whether a client has said what there is to trade; any thread. */
    public boolean hasInstruments()
    {
        return hasInstruments;
    }

    /** Whether nothing is under way in it; any thread, and only a hint while others still send. */
    public boolean isSettled()
    {
        return settled;
    }

    /** Sessions begun; any thread. */
    public long sessions()
    {
        return sessions;
    }

    /** Sessions that were ended in place of a report; any thread. */
    public long drops()
    {
        return drops;
    }

    /** For the agent's thread, or when it has ended. */
    public SimulatedVenue venue()
    {
        return venue;
    }
}
