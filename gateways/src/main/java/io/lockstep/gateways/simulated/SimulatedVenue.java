package io.lockstep.gateways.simulated;

import io.lockstep.codecs.Instrument;
import io.lockstep.gateways.orders.RequestStanding;
import io.lockstep.sbe.CxlRejResponseTo;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.OrdRejReason;
import io.lockstep.sbe.OrdStatus;
import io.lockstep.sbe.OrderCancelReplaceRequestDecoder;
import io.lockstep.sbe.OrderCancelRequestDecoder;
import io.lockstep.sbe.Side;
import org.agrona.DirectBuffer;

/**
 * A venue made of recorded or generated market data: our orders match against what it displays, and the market does not
 * notice them. One thread, no clock: time is the largest of the times given. The same calls give the same reports, byte
 * for byte. Allocates only in the constructor, in {@link #define} and while books grow to their size.
 * <p>
 * <b>Time.</b> A request acts at {@code max(its transact time, the venue's time) + order latency}, in the order of
 * arrival; one due at the time of a market event acts before it. After a {@code FeedStatus END} of the whole source
 * requests act at once, those under way included, until market data comes again.
 * <p>
 * <b>Taking.</b> Market orders and limit orders that reach the other side fill level by level, one report each, at the
 * level's price: against the book while it is synchronised, its first levels replaced by a quote with a newer update
 * id; against the quote alone while it is not; and where there was never a book or a quote, against the close and
 * volume of the newest bar or the price and quantity of the newest trade. What we take of a level is gone for us until
 * the displayed quantity of that level changes. What is left of a market or immediate-or-cancel order is canceled, of a
 * good-till-cancel limit order rests. Fill-or-kill fills all of it or is canceled.
 * <p>
 * <b>Resting.</b> An order fills at its own price, as maker:
 * <ul>
 * <li>when the other side's best comes to or through its price, up to the quantity displayed there;</li>
 * <li>when a trade goes through its price, up to the traded quantity;</li>
 * <li>when a taker of the other side trades at its price, by what is left of the traded quantity after the queue ahead:
 * the quantity displayed there when it arrived, less what traded there, and never more than is displayed there now.
 * Where the data does not show the level nothing is assumed: the queue is endless until it does;</li>
 * <li>with bars alone, when low or high go beyond its price, up to the bar's volume.</li>
 * </ul>
 * Nothing fills against a price of 0 or below, a trade or a quote without a quantity, or a bar whose low is not its least or
 * whose high is not its greatest price: such is no market.
 * <p>
 * Several orders of ours share such quantities by price, then time. A replace keeps its place when only the quantity
 * goes down.
 * <p>
 * <b>Account.</b> Fills, fees and what is booked by hand move the account of {@link VenueRules#account()}. It is reported after a
 * change, at most once in an interval of the market's time, and when it is asked for.
 * <p>
 * <b>Names.</b> An order answers to the ClOrdID it was entered with and to that of its newest accepted replace. Its
 * reports carry the newest, and when that is a replace's, the first as OrigClOrdID. A ClOrdID that comes again is
 * ignored when the whole request is the same, and refused as duplicate when it is not; the request that had it is not
 * touched. With {@link VenueRules#reusesClosedIds()} that of a new order is accepted again, whatever the request, once the
 * order that had it is closed. ClOrdIDs are remembered while their order is open and, of the finished, at least the newest {@link
 * VenueRules#finishedRequestsKept()}. Requests that are malformed, duplicate, or more than can be under way are
 * answered on arrival and not remembered.
 */
public final class SimulatedVenue
{
    private final long orderLatencyNs;
    private final boolean reusesClosedIds;
    private final VenueClock clock = new VenueClock();
    private final VenueMarkets markets;
    private final MarketDataAdapter marketData;
    private final ReportPublisher publisher;
    private final RequestReader reader = new RequestReader();
    private final RequestMemory memory;
    private final PendingRequests pending;
    private final WorkingOrders openOrders;
    private final OrderEntry entry;
    private final OrderChanges changes;
    private final ExecutionLog log;
    private final VenueAccount account;
    private final NewOrderSingleDecoder newOrder = new NewOrderSingleDecoder();
    private long repeats;
    private long malformed;

    /** As if it had never been before: its first execution id is 1. */
    public SimulatedVenue(final VenueRules rules, final ExecutionSink sink)
    {
        this(rules, sink, 1);
    }

    /**
     * @param firstExecId beyond every execution id that a client of this venue has had.
     */
    public SimulatedVenue(final VenueRules rules, final ExecutionSink sink, final long firstExecId)
    {
        log = new ExecutionLog(rules.executionLogMax(), firstExecId);
        orderLatencyNs = rules.orderLatencyNs();
        reusesClosedIds = rules.reusesClosedIds();
        markets = new VenueMarkets(rules);
        publisher = new ReportPublisher(sink, clock, rules.reportLatencyNs(), log);
        // An open order holds at most two requests: the one that entered it and its newest replace.
        memory = new RequestMemory(Math.addExact(
            Math.addExact(rules.pendingRequestsMax(), Math.multiplyExact(2, rules.openOrdersMax())),
            rules.finishedRequestsKept()));
        pending = new PendingRequests(rules.pendingRequestsMax());
        account = new VenueAccount(rules.account(), markets, publisher);
        openOrders = new WorkingOrders(rules, markets, memory, publisher, account);
        marketData = new MarketDataAdapter(markets, openOrders.matcher());
        final OrderChecks checks = new OrderChecks(rules);
        entry = new OrderEntry(markets, checks, openOrders, memory, publisher);
        changes = new OrderChanges(checks, openOrders, memory, publisher);
    }

    /**
     * Makes an instrument known; the same definition again changes nothing.
     *
     * @throws IllegalArgumentException for an id below 0 or one that another definition has.
     */
    public void define(final Instrument instrument)
    {
        markets.define(instrument);
        account.define(instrument);
    }

    /**
     * One message of market data. Those of unknown instruments and other templates are counted and left.
     *
     * @param buffer holds the message.
     * @param offset of its header.
     * @param length of header and body.
     * @param timeNs when it happens.
     */
    public void onMarketData(final DirectBuffer buffer, final int offset, final int length, final long timeNs)
    {
        advance(timeNs);
        marketData.onMessage(buffer, offset, length);
        if (marketData.hasEnded())
        {
            pending.hasten(clock.nowNs());
            advance(clock.nowNs());
        }
        account.reportChange(clock.nowNs(), marketData.hasEnded());
    }

    /**
     * One request: NewOrderSingle, OrderCancelRequest or OrderCancelReplaceRequest. Anything else is counted as
     * malformed, and rejected where it has a ClOrdID.
     *
     * @param buffer holds the message.
     * @param offset of its header.
     * @param length of header and body.
     */
    public void onRequest(final DirectBuffer buffer, final int offset, final int length)
    {
        reader.wrap(buffer, offset, length);
        if (!reader.isRequest())
        {
            onMalformed();
            return;
        }
        advance(reader.transactTimeNs());
        final VenueRequest known = memory.find(buffer, reader.body());
        final boolean isReused = known != null && reusesClosedIds && known.finishedAs != null;
        if (known != null && !isReused)
        {
            onKnown(known);
        }
        else if (pending.isFull())
        {
            refuse(OrdRejReason.ORDER_EXCEEDS_LIMIT);
        }
        else
        {
            if (isReused)
            {
                memory.giveUpId(known);
            }
            takeUp();
        }
    }

    /** What became of the request with the ClOrdID at the offset. */
    public RequestStanding standing(final DirectBuffer buffer, final int offset)
    {
        final VenueRequest request = memory.find(buffer, offset);
        if (request == null)
        {
            return RequestStanding.NONE;
        }
        if (pending.contains(request))
        {
            return RequestStanding.UNDER_WAY;
        }
        return request.isRefused() ? RequestStanding.REFUSED : RequestStanding.DONE;
    }

    /** Cancels all resting orders; each is reported. */
    public void cancelOpenOrders()
    {
        assert !publisher.isReporting() : "called from within a report";
        openOrders.cancelAll();
    }

    /**
     * Reports again, as they were, the executions behind one.
     *
     * @return how many of them are no longer kept, and so are not reported.
     */
    public long repeatExecutions(final long lastExecId)
    {
        assert !publisher.isReporting() : "called from within a report";
        publisher.repeat(lastExecId);
        return log.missingBehind(lastExecId);
    }

    /**
     * Reports how each open order stands, those under way to the venue included.
     *
     * @return how many there are.
     */
    public int reportOpenOrders()
    {
        assert !publisher.isReporting() : "called from within a report";
        markRequestsUnderWay();
        return openOrders.report() + reportOrdersUnderWay();
    }

    /** Of the newest execution; 0 for none. */
    public long lastExecId()
    {
        return log.lastExecId();
    }

    /** When the next request under way acts; {@link Long#MAX_VALUE} when none is. */
    public long nextDueNs()
    {
        return pending.nextDueNs();
    }

    /**
     * Lets the requests act that are due at or before the time, and moves the venue's time there; it never goes back.
     */
    public void advance(final long nowNs)
    {
        assert !publisher.isReporting() : "called from within a report";
        while (pending.isDue(nowNs))
        {
            actNext();
        }
        clock.advanceTo(nowNs);
        account.reportChange(clock.nowNs(), marketData.hasEnded());
    }

    /** Reports the account, where the venue does that at all. */
    public void reportAccount()
    {
        assert !publisher.isReporting() : "called from within a report";
        account.report(clock.nowNs());
    }

    /** What is held at the venue. */
    public VenueAccount account()
    {
        return account;
    }

    /**
     * Cancels our best resting order of a side unasked, as venues do for reasons of their own.
     *
     * @return false when there is none.
     */
    public boolean cancelBest(final int instrumentId, final Side side)
    {
        final VenueMarket market = markets.market(instrumentId);
        final VenueOrder order = market == null ? null : (Side.BUY == side ? market.buys() : market.sells()).first();
        if (order != null)
        {
            openOrders.cancelUnasked(order);
        }
        return order != null;
    }

    /** Of an instrument, or null when it is not defined. */
    public VenueLedger ledger(final int instrumentId)
    {
        final VenueMarket market = markets.market(instrumentId);
        return market == null ? null : market.ledger();
    }

    /** The largest time given so far. */
    public long timeNs()
    {
        return clock.nowNs();
    }

    public int openOrders()
    {
        return openOrders.size();
    }

    /** New orders accepted. */
    public long orders()
    {
        return entry.orders();
    }

    /** New orders rejected, for whatever reason. */
    public long rejects()
    {
        return entry.rejects();
    }

    /** Cancels and replaces refused. */
    public long cancelRejects()
    {
        return changes.rejects();
    }

    /** All fills, partial and full. */
    public long fills()
    {
        return openOrders.partialFills() + openOrders.fullFills();
    }

    /** Fills that left something of the order. */
    public long partialFills()
    {
        return openOrders.partialFills();
    }

    /** Fills that left nothing of the order. */
    public long fullFills()
    {
        return openOrders.fullFills();
    }

    /** Orders canceled, on request or because they may not rest. */
    public long cancels()
    {
        return openOrders.cancels();
    }

    public long replaces()
    {
        return changes.replaces();
    }

    /** Requests ignored because the very same had come before. */
    public long repeats()
    {
        return repeats;
    }

    public long malformed()
    {
        return malformed + entry.malformed();
    }

    /** Market data messages of an unknown instrument, template or schema. */
    public long marketDataIgnored()
    {
        return marketData.ignored();
    }

    /** Whoever asks must not take for refused what has yet to act. A cancel goes before a replace, as FIX ranks an OrdStatus. */
    private void markRequestsUnderWay()
    {
        for (int place = 0; place < pending.size(); place++)
        {
            final VenueRequest request = pending.get(place);
            final VenueRequest changed = NewOrderSingleDecoder.TEMPLATE_ID == request.templateId()
                ? null
                : memory.find(request.body(), VenueRequest.ORIG_CL_ORD_ID_OFFSET);
            if (changed != null && changed.order != null)
            {
                final boolean isCancelled = changed.order.underWay == OrdStatus.PENDING_CANCEL ||
                    OrderCancelRequestDecoder.TEMPLATE_ID == request.templateId();
                changed.order.underWay = isCancelled ? OrdStatus.PENDING_CANCEL : OrdStatus.PENDING_REPLACE;
            }
        }
    }

    private int reportOrdersUnderWay()
    {
        int count = 0;
        for (int place = 0; place < pending.size(); place++)
        {
            final VenueRequest request = pending.get(place);
            if (NewOrderSingleDecoder.TEMPLATE_ID == request.templateId())
            {
                newOrder.wrap(request.body(), 0, NewOrderSingleDecoder.BLOCK_LENGTH,
                    NewOrderSingleDecoder.SCHEMA_VERSION);
                publisher.statusUnderWay(request, newOrder);
                count++;
            }
        }
        return count;
    }

    private void onMalformed()
    {
        malformed++;
        if (reader.hasId())
        {
            refuse(OrdRejReason.MALFORMED);
        }
    }

    private void onKnown(final VenueRequest known)
    {
        if (known.hasContent(reader.templateId(), reader.buffer(), reader.body()))
        {
            repeats++;
            changes.answerAgain(known);
        }
        else
        {
            refuse(OrdRejReason.DUPLICATE_ORDER);
        }
    }

    /** Templates that are no request are left: what looks like their ClOrdID can be that of another's order. */
    private void refuse(final OrdRejReason reason)
    {
        switch (reader.templateId())
        {
            case NewOrderSingleDecoder.TEMPLATE_ID -> entry.refuse(reader, reason);
            case OrderCancelRequestDecoder.TEMPLATE_ID -> changes.refuse(
                reader, CxlRejResponseTo.CANCEL_REQUEST, reason);
            case OrderCancelReplaceRequestDecoder.TEMPLATE_ID -> changes.refuse(
                reader, CxlRejResponseTo.REPLACE_REQUEST, reason);
            default ->
                {
                }
        }
    }

    private void takeUp()
    {
        final VenueRequest request = memory.add(
            reader.templateId(), reader.buffer(), reader.body(), reader.blockLength());
        pending.add(request, marketData.hasEnded() ? clock.nowNs() : clock.nowNs() + orderLatencyNs);
        advance(clock.nowNs());
    }

    private void actNext()
    {
        final VenueRequest request = pending.poll();
        clock.advanceTo(request.dueNs);
        switch (request.templateId())
        {
            case NewOrderSingleDecoder.TEMPLATE_ID -> entry.enter(request);
            case OrderCancelRequestDecoder.TEMPLATE_ID -> changes.cancel(request);
            default -> changes.replace(request);
        }
    }
}
