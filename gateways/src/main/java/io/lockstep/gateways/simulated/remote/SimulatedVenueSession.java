package io.lockstep.gateways.simulated.remote;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.Instrument;
import io.lockstep.gateways.orders.LoggedRequest;
import io.lockstep.gateways.orders.RequestStanding;
import io.lockstep.gateways.orders.VenueSession;
import io.lockstep.gateways.orders.VenueSessionListener;
import io.lockstep.sbe.InstrumentDefinitionEncoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.OrdRejReason;
import io.lockstep.sbe.OrderCancelReplaceRequestDecoder;
import io.lockstep.sbe.OrderCancelRequestDecoder;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.collections.Int2ObjectHashMap;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * An order gateway's session with a {@link SimulatedVenueServer}. A venue that says nothing for a while is taken for gone. One
 * thread; a connection and an instrument allocate, nothing else does.
 */
public final class SimulatedVenueSession implements VenueSession
{
    private static final long CONNECT_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long HEARTBEAT_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long SILENCE_NS = TimeUnit.SECONDS.toNanos(2);
    private static final RequestStanding[] STANDINGS = RequestStanding.values();

    private final SocketAddress address;
    private final VenueSessionListener listener;
    private final long settleNs;
    private final FrameHandler frameHandler = this::onFrame;
    private final Int2ObjectHashMap<Instrument> instrumentById = new Int2ObjectHashMap<>();
    private final ExpandableArrayBuffer definitionBuffer = new ExpandableArrayBuffer();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final InstrumentDefinitionEncoder definition = new InstrumentDefinitionEncoder();
    private SocketChannel connecting;
    private FramedConnection connection;
    private boolean isConnected;
    private boolean hasTried;
    private long triedNs;
    private long nowNs;
    private long heardNs;
    private long saidNs;

    /**
     * @param address  of the venue's server.
     * @param settleNs how long the venue may hold a request; longer than it says that it does.
     */
    public SimulatedVenueSession(
        final InetSocketAddress address, final VenueSessionListener listener, final long settleNs)
    {
        this.address = address;
        this.listener = listener;
        this.settleNs = settleNs;
    }

    @Override
    public int poll(final long newNowNs)
    {
        nowNs = newNowNs;
        if (connection == null)
        {
            connect();
            return 0;
        }
        final int frames = connection.poll(frameHandler);
        if (frames > 0)
        {
            heardNs = nowNs;
        }
        keepAlive();
        connection.flush();
        if (!connection.isOpen())
        {
            disconnected();
        }
        return frames;
    }

    private void connect()
    {
        if (hasTried && nowNs - triedNs < CONNECT_INTERVAL_NS)
        {
            return;
        }
        hasTried = true;
        triedNs = nowNs;
        try
        {
            if (connecting == null)
            {
                connecting = SocketChannel.open();
                connecting.configureBlocking(false);
                connecting.connect(address);
            }
            if (connecting.finishConnect())
            {
                begin();
            }
        }
        catch (final IOException ex)
        {
            closeConnecting();
        }
    }

    private void closeConnecting()
    {
        try
        {
            connecting.close();
        }
        catch (final IOException ex)
        {
            // It is tried again with another one, whatever became of this.
        }
        connecting = null;
    }

    private void begin() throws IOException
    {
        connection = new FramedConnection(connecting);
        connecting = null;
        heardNs = nowNs;
        connection.put(FrameKind.LOGON, 0, 0);
    }

    private void keepAlive()
    {
        if (nowNs - heardNs > SILENCE_NS)
        {
            connection.end("the venue has said nothing for " + TimeUnit.NANOSECONDS.toMillis(nowNs - heardNs) + " ms");
        }
        else if (nowNs - saidNs >= HEARTBEAT_INTERVAL_NS)
        {
            saidNs = nowNs;
            connection.put(FrameKind.HEARTBEAT, 0, 0);
        }
    }

    private void disconnected()
    {
        final String reason = connection.ending();
        connection = null;
        if (isConnected)
        {
            isConnected = false;
            listener.onDisconnected(reason);
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
            case LOGGED_ON -> onLoggedOn(number);
            case REPORT -> listener.onReport(buffer, offset, length, timeNs);
            case STANDING -> listener.onStanding(
                buffer, offset, STANDINGS[(int)number], OrdRejReason.get((short)(number >>> Integer.SIZE)));
            case EXECUTIONS_END -> listener.onExecutionsEnd(number, timeNs);
            case OPEN_ORDER -> listener.onOpenOrder(buffer, offset, length, timeNs);
            case OPEN_ORDERS_END -> listener.onOpenOrdersEnd((int)number, timeNs);
            case HEARTBEAT, LOGON, DEFINE, REQUEST, ASK, EXECUTIONS, OPEN_ORDERS, CANCEL_ALL -> {
                // Nothing that a venue says beyond being there.
            }
        }
    }

    private void onLoggedOn(final long requestDelayMaxNs)
    {
        if (requestDelayMaxNs >= settleNs)
        {
            throw new IllegalStateException("settleTime=" + TimeUnit.NANOSECONDS.toMillis(settleNs) +
                "ms: expected longer than the venue holds a request, " +
                TimeUnit.NANOSECONDS.toMillis(requestDelayMaxNs) + "ms");
        }
        isConnected = true;
        instrumentById.values().forEach(this::sendDefinition);
        listener.onConnected();
    }

    @Override
    public boolean isConnected()
    {
        return isConnected;
    }

    @Override
    public void define(final Instrument instrument)
    {
        instrumentById.put(instrument.id(), instrument);
        if (isConnected)
        {
            sendDefinition(instrument);
        }
    }

    private void sendDefinition(final Instrument instrument)
    {
        instrument.encode(definition.wrapAndApplyHeader(definitionBuffer, 0, header));
        connection.put(FrameKind.DEFINE, 0, 0, definitionBuffer, 0, definition.limit());
    }

    @Override
    public boolean send(final NewOrderSingleDecoder order)
    {
        return send(order.buffer(), order.offset(), order.encodedLength());
    }

    @Override
    public boolean send(final OrderCancelRequestDecoder cancel)
    {
        return send(cancel.buffer(), cancel.offset(), cancel.encodedLength());
    }

    @Override
    public boolean send(final OrderCancelReplaceRequestDecoder replace)
    {
        return send(replace.buffer(), replace.offset(), replace.encodedLength());
    }

    private boolean send(final DirectBuffer buffer, final int bodyOffset, final int bodyLength)
    {
        if (isConnected && connection.put(FrameKind.REQUEST, 0, 0, buffer,
            bodyOffset - MessageHeaderEncoder.ENCODED_LENGTH, MessageHeaderEncoder.ENCODED_LENGTH + bodyLength))
        {
            connection.flush();
            return true;
        }
        return false;
    }

    @Override
    public boolean ask(final LoggedRequest request)
    {
        return isConnected && connection.put(
            FrameKind.ASK, 0, 0, request.buffer(), request.clOrdIdOffset(), ClOrdIds.LENGTH);
    }

    @Override
    public boolean requestExecutions(final long afterExecId)
    {
        return isConnected && connection.put(FrameKind.EXECUTIONS, afterExecId, 0);
    }

    @Override
    public boolean requestOpenOrders()
    {
        return isConnected && connection.put(FrameKind.OPEN_ORDERS, 0, 0);
    }

    @Override
    public boolean cancelOpenOrders()
    {
        return isConnected && connection.put(FrameKind.CANCEL_ALL, 0, 0);
    }

    @Override
    public long settleNs()
    {
        return settleNs;
    }

    @Override
    public void close()
    {
        if (connecting != null)
        {
            closeConnecting();
        }
        if (connection != null)
        {
            connection.close();
        }
    }
}
