package io.lockstep.verification.allocation;

import io.lockstep.codecs.Nulls;
import io.lockstep.gateways.feed.MarketSource;
import io.lockstep.sbe.BarEncoder;
import io.lockstep.sbe.FeedCondition;
import io.lockstep.sbe.FeedReason;
import io.lockstep.sbe.FeedStatusEncoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A market with bars and feed statuses put in between its messages: an instrument goes stale and is live again a little later.
 */
final class MixedMarket implements MarketSource
{
    private static final int EVERY = 50;
    private static final int LENGTH_MAX = 256;

    private final MarketSource market;
    private final int instruments;
    private final Runnable observer;
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[LENGTH_MAX]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final BarEncoder bar = new BarEncoder();
    private final FeedStatusEncoder status = new FeedStatusEncoder();
    private int count;
    private int length;
    private boolean own;

    MixedMarket(final MarketSource market, final int instruments)
    {
        this(market, instruments, () ->
        {
        });
    }

    private MixedMarket(final MarketSource market, final int instruments, final Runnable observer)
    {
        this.market = market;
        this.instruments = instruments;
        this.observer = observer;
    }

    /** The same, and the observer is told of each message. */
    MixedMarket observed(final Runnable newObserver)
    {
        return new MixedMarket(market, instruments, newObserver);
    }

    @Override
    public boolean next()
    {
        observer.run();
        own = ++count % EVERY == 0 && count > instruments * EVERY;
        if (!own)
        {
            return market.next();
        }
        final int turn = count / EVERY;
        length = MessageHeaderEncoder.ENCODED_LENGTH + switch (turn & 3)
        {
            case 0 -> status(turn / 4 % instruments, FeedCondition.STALE, FeedReason.BAD_INPUT);
            case 1 -> status(turn / 4 % instruments, FeedCondition.LIVE, FeedReason.NONE);
            default -> bar(turn / 4 % instruments);
        };
        return true;
    }

    private int status(final int instrumentId, final FeedCondition condition, final FeedReason reason)
    {
        status.wrapAndApplyHeader(buffer, 0, header).instrumentId(instrumentId).condition(condition).reason(reason)
            .expected(Nulls.NULL_LONG).actual(Nulls.NULL_LONG);
        return status.encodedLength();
    }

    private int bar(final int instrumentId)
    {
        bar.wrapAndApplyHeader(buffer, 0, header).instrumentId(instrumentId).openTimeNs(market.timeNs())
            .openTicks(100).highTicks(101).lowTicks(99).closeTicks(100).volumeLots(count);
        return bar.encodedLength();
    }

    @Override
    public long timeNs()
    {
        return market.timeNs();
    }

    @Override
    public long gatewayTimeNs()
    {
        return market.gatewayTimeNs();
    }

    @Override
    public long venueTimeNs()
    {
        return market.venueTimeNs();
    }

    @Override
    public boolean isEventEnd()
    {
        return own || market.isEventEnd();
    }

    @Override
    public DirectBuffer buffer()
    {
        return own ? buffer : market.buffer();
    }

    @Override
    public int offset()
    {
        return own ? 0 : market.offset();
    }

    @Override
    public int length()
    {
        return own ? length : market.length();
    }

    @Override
    public void close()
    {
        market.close();
    }
}
