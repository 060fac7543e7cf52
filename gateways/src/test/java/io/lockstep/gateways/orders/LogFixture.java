package io.lockstep.gateways.orders;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.NewOrderSingleEncoder;
import io.lockstep.sbe.OrderCancelRequestEncoder;
import io.lockstep.sbe.Side;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A log in a directory, and the words to write it: requests are numbers, and so are the decisions and inputs that make them.
 */
final class LogFixture implements AutoCloseable
{
    static final RequestLogIdentity IDENTITY = new RequestLogIdentity("SIM", "main", 0);
    static final RequestLogOptions OPTIONS = new RequestLogOptions(RequestLogOptions.FILE_LENGTH_MIN, false);
    static final int INCARNATION = 3;

    final UnsafeBuffer message = new UnsafeBuffer(new byte[256]);
    final RequestLog log;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final NewOrderSingleEncoder newOrder = new NewOrderSingleEncoder();
    private final OrderCancelRequestEncoder cancel = new OrderCancelRequestEncoder();

    LogFixture(final Path directory)
    {
        this(directory, RequestLogChannel::open);
    }

    LogFixture(final Path directory, final RequestLogChannel.Opener opener)
    {
        try
        {
            log = RequestLog.open(directory, IDENTITY, OPTIONS, opener);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /** Encodes an order of this number. */
    void encodeOrder(final long number, final long lots)
    {
        newOrder.wrapAndApplyHeader(message, 0, header).side(Side.BUY).instrumentId(7).orderQtyLots(lots);
        ClOrdIds.encode(message, MessageHeaderEncoder.ENCODED_LENGTH, 0, INCARNATION, number, 0);
    }

    LoggedRequest order(final long number)
    {
        encodeOrder(number, 1);
        return log.begin(message, 0, number, INCARNATION, number, 0);
    }

    LoggedRequest cancel(final long number, final long orig)
    {
        cancel.wrapAndApplyHeader(message, 0, header).side(Side.SELL).instrumentId(8);
        ClOrdIds.encode(message, MessageHeaderEncoder.ENCODED_LENGTH, 0, INCARNATION, number, 0);
        ClOrdIds.encode(
            message, MessageHeaderEncoder.ENCODED_LENGTH + ClOrdIds.LENGTH, 0, INCARNATION, orig, 0);
        return log.begin(message, 0, number, INCARNATION, number, 0);
    }

    LoggedRequest find(final long number)
    {
        ClOrdIds.encode(message, 0, 0, INCARNATION, number, 0);
        return log.find(message, 0);
    }

    /** The open requests, first written first. */
    List<Long> open()
    {
        final List<Long> numbers = new ArrayList<>();
        for (LoggedRequest request = log.firstOpen(); request != null; request = log.nextOpen(request))
        {
            numbers.add(ClOrdIds.sequence(request.buffer(), request.clOrdIdOffset()));
        }
        return numbers;
    }

    @Override
    public void close()
    {
        try
        {
            log.close();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }
}
