package io.lockstep.gateways.feed;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Nulls;
import io.lockstep.gateways.link.LinkClient;
import io.lockstep.gateways.link.LinkListener;
import io.lockstep.sbe.FeedCondition;
import io.lockstep.sbe.FeedReason;
import io.lockstep.sbe.FeedStatusEncoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import org.agrona.collections.IntArrayQueue;
import org.agrona.collections.IntHashSet;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Plays a market source to the node at a pace: recorded time divided by a factor, or flat out. Nothing is ever dropped:
 * what the link does not take waits, and the source with it. After the last event it says FeedStatus END. A book that the node does
 * not rely on any more is sent as a snapshot at once, where the source has it.
 * <p>
 * An agent: one thread calls {@link #doWork}; the counts may be read by any thread.
 */
public final class FeedGateway implements Agent, LinkListener
{
    /** Makes the source when the node's instruments are known. */
    @FunctionalInterface
    public interface SourceFactory
    {
        /**
         * @param instrumentByName as the node has defined them; null for a name it does not know.
         */
        MarketSource create(Function<String, Instrument> instrumentByName);
    }

    /** As a pace: as fast as the node takes it. */
    public static final double FLAT_OUT = Double.POSITIVE_INFINITY;
    /** As a clock of receipt: what is played was received when the source says. */
    public static final LongSupplier AS_RECORDED = () -> Nulls.NULL_TIME_NS;
    private static final int BURST_MAX = 64;

    private final LinkClient link;
    private final double pace;
    private final SourceFactory sourceFactory;
    private final BooleanSupplier mayStart;
    private final LongSupplier receiptClock;
    private final FeedStatusEncoder end = new FeedStatusEncoder();
    private final UnsafeBuffer endMessage = new UnsafeBuffer(
        new byte[MessageHeaderEncoder.ENCODED_LENGTH + FeedStatusEncoder.BLOCK_LENGTH]);

    private MarketSource source;
    private boolean hasMessage;
    private boolean isReceived;
    private long receivedNs;
    private boolean started;
    private boolean exhausted;
    private boolean ended;
    private long startNs;
    private long startTimeNs;
    private long lastTimeNs;
    private volatile long marketEvents;
    private volatile long requestedSnapshots;
    private volatile boolean finished;
    private volatile long limit = Long.MAX_VALUE;
    private volatile int linkedIncarnation;
    private volatile long offered;
    private volatile long acknowledged;
    private boolean held;
    private final IntArrayQueue wanted = new IntArrayQueue();
    private final IntHashSet toldOf = new IntHashSet();
    private final Consumer<String> notices;

    /** One that says nothing to people, and whose data was received when the source says. */
    public FeedGateway(
        final Function<LinkListener, LinkClient> link,
        final double pace,
        final SourceFactory sourceFactory,
        final BooleanSupplier mayStart)
    {
        this(link, pace, sourceFactory, mayStart, AS_RECORDED, (notice) ->
        {
        });
    }

    /**
     * @param link     makes the link with this gateway as its listener.
     * @param pace     recorded seconds a second, or {@link #FLAT_OUT}.
     * @param mayStart asked until it says yes; the source is made then.
     * @param receiptClock nanoseconds since the epoch: what is played counts as received when it is due, also where a full link
     *                 keeps it waiting; or {@link #AS_RECORDED}, where the node's time is the recording's.
     * @param notices  told what people should read.
     */
    public FeedGateway(
        final Function<LinkListener, LinkClient> link,
        final double pace,
        final SourceFactory sourceFactory,
        final BooleanSupplier mayStart,
        final LongSupplier receiptClock,
        final Consumer<String> notices)
    {
        this.notices = notices;
        this.link = link.apply(this);
        this.pace = pace;
        this.sourceFactory = sourceFactory;
        this.mayStart = mayStart;
        this.receiptClock = receiptClock;
        end.wrapAndApplyHeader(endMessage, 0, new MessageHeaderEncoder())
            .instrumentId(Nulls.NULL_INSTRUMENT_ID)
            .condition(FeedCondition.END)
            .reason(FeedReason.NONE)
            .expected(Nulls.NULL_LONG)
            .actual(Nulls.NULL_LONG);
    }

    @Override
    public int doWork()
    {
        final long nowNs = System.nanoTime();
        int work = link.poll(nowNs);
        if (source == null && link.isLinked() && mayStart.getAsBoolean())
        {
            source = sourceFactory.create(link::instrument);
        }
        if (source != null && !ended)
        {
            requestSnapshots();
            work += play(nowNs);
        }
        offered = link.offered();
        acknowledged = link.acknowledged();
        finished = ended && acknowledged == offered;
        return work;
    }

    /** A node asks for the same book once a second at most, and what it has asked for and does not come it asks for again. */
    @Override
    public void onSnapshotWanted(final int instrumentId, final long sequence)
    {
        wanted.addInt(instrumentId);
    }

    private void requestSnapshots()
    {
        while (!wanted.isEmpty())
        {
            final int instrumentId = wanted.peekInt();
            switch (source.requestSnapshot(instrumentId))
            {
                case BUSY -> {
                    return;
                }
                case COMING -> {
                    wanted.pollInt();
                    requestedSnapshots = requestedSnapshots + 1;
                }
                case NONE -> {
                    wanted.pollInt();
                    sayOnce(instrumentId);
                }
            }
        }
    }

    private void sayOnce(final int instrumentId)
    {
        if (toldOf.add(instrumentId))
        {
            notices.accept("the node wants a snapshot of the book of instrumentId=" + instrumentId +
                ", and this feed has none to give: the book is not relied on until the feed sends its next snapshot");
        }
    }

    private int play(final long nowNs)
    {
        int played = 0;
        final long clockNs = receiptClock.getAsLong();
        while (played < BURST_MAX && !exhausted)
        {
            if (!hasMessage && !advance())
            {
                break;
            }
            if (holdAtLimit() || !isDue(nowNs))
            {
                return played;
            }
            receive(clockNs);
            if (!offerMessage())
            {
                return played;
            }
            played++;
        }
        if (exhausted)
        {
            ended = link.offer(endMessage, 0, endMessage.capacity(), 0, lastTimeNs);
        }
        return played;
    }

    private boolean advance()
    {
        hasMessage = source.next();
        exhausted = !hasMessage;
        return hasMessage;
    }

    private void receive(final long clockNs)
    {
        if (!isReceived)
        {
            isReceived = true;
            receivedNs = clockNs == Nulls.NULL_TIME_NS ? source.gatewayTimeNs() : clockNs;
        }
    }

    private boolean holdAtLimit()
    {
        if (marketEvents < limit)
        {
            return false;
        }
        held = true;
        return true;
    }

    private boolean isDue(final long nowNs)
    {
        if (!started || held)
        {
            // What was held goes on at the pace, it does not catch up.
            started = true;
            held = false;
            startNs = nowNs;
            startTimeNs = source.timeNs();
        }
        return pace == FLAT_OUT || (source.timeNs() - startTimeNs) / pace <= nowNs - startNs;
    }

    private boolean offerMessage()
    {
        if (!link.offer(
            source.buffer(), source.offset(), source.length(), source.venueTimeNs(), receivedNs))
        {
            return false;
        }
        hasMessage = false;
        isReceived = false;
        lastTimeNs = source.timeNs();
        if (source.isEventEnd())
        {
            marketEvents = marketEvents + 1;
        }
        return true;
    }

    @Override
    public void onClose()
    {
        if (source != null)
        {
            source.close();
        }
    }

    @Override
    public void onLinked(final int incarnation)
    {
        linkedIncarnation = incarnation;
    }

    @Override
    public void onUnlinked()
    {
        linkedIncarnation = 0;
    }

    @Override
    public String roleName()
    {
        return "lockstep-feed";
    }

    /** Books that the node has asked for and that were given beside the market's events. */
    public long requestedSnapshots()
    {
        return requestedSnapshots;
    }

    /** Market events given to the link. */
    public long marketEvents()
    {
        return marketEvents;
    }

    /**
     * Holds the market back once so many market events are played, until another limit is set; without one there is none.
     * Any thread. The feed may be a few events beyond a limit that is lowered while it plays.
     */
    public void limit(final long marketEventsMax)
    {
        limit = marketEventsMax;
    }

    /** Incarnation of the node that takes messages now, 0 while none does. */
    public int linkedIncarnation()
    {
        return linkedIncarnation;
    }

    /** Messages given to the link. */
    public long offered()
    {
        return offered;
    }

    /** Messages that are in the node's journal. */
    public long acknowledged()
    {
        return acknowledged;
    }

    /** Whether everything, the end included, is in the node's journal. */
    public boolean isFinished()
    {
        return finished;
    }
}
