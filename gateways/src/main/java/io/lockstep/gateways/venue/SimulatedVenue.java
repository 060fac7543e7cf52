package io.lockstep.gateways.venue;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.position.CashRule;
import io.lockstep.sbe.BarDecoder;
import io.lockstep.sbe.BestBidOfferDecoder;
import io.lockstep.sbe.BookSnapshotDecoder;
import io.lockstep.sbe.BookUpdateDecoder;
import io.lockstep.sbe.CxlRejResponseTo;
import io.lockstep.sbe.ExecInst;
import io.lockstep.sbe.FeedCondition;
import io.lockstep.sbe.FeedStatusDecoder;
import io.lockstep.sbe.LiquidityIndicator;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.OrdRejReason;
import io.lockstep.sbe.OrdStatus;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.OrderCancelReplaceRequestDecoder;
import io.lockstep.sbe.OrderCancelRequestDecoder;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TimeInForce;
import io.lockstep.sbe.TradeDecoder;
import org.agrona.DirectBuffer;

import java.util.Arrays;

/**
 * A venue made of recorded or generated market data: our orders match against what it displays, and the market does not
 * notice them. One thread, no clock: time is the largest of the times given. The same calls give the same reports, byte for
 * byte. Allocates only in the constructor, in {@link #define} and while books grow to their size.
 * <p>
 * <b>Time.</b> A request acts at {@code max(its transact time, the venue's time) + order latency}, in the order of arrival;
 * one due at the time of a market event acts before it. After a {@code FeedStatus END} of the whole source requests act at
 * once, those under way included, until market data comes again.
 * <p>
 * <b>Taking.</b> Market orders and limit orders that reach the other side fill level by level, one report each, at the
 * level's price: against the book while it is synchronised, its first levels replaced by a quote with a newer update id;
 * against the quote alone while it is not; and where there was never a book or a quote, against the close and volume of the
 * newest bar or the price and quantity of the newest trade. What we take of a level is gone for us until the displayed
 * quantity of that level changes. What is left of a market or immediate-or-cancel order is canceled, of a good-till-cancel
 * limit order rests. Fill-or-kill fills all of it or is canceled.
 * <p>
 * <b>Resting.</b> An order fills at its own price, as maker:
 * <ul>
 * <li>when the other side's best comes to or through its price, up to the quantity displayed there;</li>
 * <li>when a trade goes through its price, up to the traded quantity;</li>
 * <li>when a taker of the other side trades at its price, by what is left of the traded quantity after the queue ahead: the
 * quantity displayed there when it arrived, less what traded there, and never more than is displayed there now. Where the
 * data does not show the level nothing is assumed: the queue is endless until it does;</li>
 * <li>with bars alone, when low or high go beyond its price, up to the bar's volume.</li>
 * </ul>
 * Several orders of ours share such quantities by price, then time. A replace keeps its place when only the quantity goes
 * down.
 * <p>
 * <b>Names.</b> An order answers to the ClOrdID it was entered with and to that of its newest accepted replace. Its reports
 * carry the newest, and when that is a replace's, the first as OrigClOrdID. A ClOrdID that comes again is ignored when the
 * whole request is the same, and refused as duplicate when it is not; the request that had it is not touched. ClOrdIDs are
 * remembered while their order is open and, of the finished, at least the newest
 * {@link VenueRules#finishedRequestsKept()}. Requests that are malformed, duplicate, or more than can be under way are
 * answered on arrival and not remembered.
 */
public final class SimulatedVenue
{
    private static final int HEADER_LENGTH = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int MALFORMED_TEMPLATE = -1;
    private static final int NOT_READABLE = -1;
    private static final int MARKETS_INITIAL_CAPACITY = 16;

    private final VenueRules rules;
    private final OrderChecks checks;
    private final OrderMatcher matcher = new OrderMatcher(this::onFill);
    private final ReportPublisher publisher;
    private final RequestMemory memory;
    private final VenueRequest[] pending;
    private final VenueOrder[] freeOrders;
    private VenueMarket[] markets = new VenueMarket[MARKETS_INITIAL_CAPACITY];
    private int pendingHead;
    private int pendingSize;
    private int freeOrdersSize;
    private long venueNs;
    private boolean marketEnded;
    private long nextOrderId = 1;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final BookUpdateDecoder bookUpdate = new BookUpdateDecoder();
    private final BookSnapshotDecoder bookSnapshot = new BookSnapshotDecoder();
    private final BestBidOfferDecoder bestBidOffer = new BestBidOfferDecoder();
    private final TradeDecoder trade = new TradeDecoder();
    private final BarDecoder bar = new BarDecoder();
    private final FeedStatusDecoder feedStatus = new FeedStatusDecoder();
    private final NewOrderSingleDecoder newOrder = new NewOrderSingleDecoder();
    private final OrderCancelRequestDecoder cancelRequest = new OrderCancelRequestDecoder();
    private final OrderCancelReplaceRequestDecoder replaceRequest = new OrderCancelReplaceRequestDecoder();

    private long orders;
    private long rejects;
    private long cancelRejects;
    private long fills;
    private long partialFills;
    private long fullFills;
    private long cancels;
    private long replaces;
    private long repeats;
    private long malformed;
    private long marketDataIgnored;

    public SimulatedVenue(final VenueRules rules, final ExecutionSink sink)
    {
        this.rules = rules;
        checks = new OrderChecks(rules);
        publisher = new ReportPublisher(sink, rules.reportLatencyNs());
        // An open order holds at most two requests: the one that entered it and its newest replace.
        memory = new RequestMemory(Math.addExact(
            Math.addExact(rules.pendingRequestsMax(), Math.multiplyExact(2, rules.openOrdersMax())),
            rules.finishedRequestsKept()));
        pending = new VenueRequest[rules.pendingRequestsMax()];
        freeOrders = new VenueOrder[rules.openOrdersMax()];
        for (freeOrdersSize = 0; freeOrdersSize < freeOrders.length; freeOrdersSize++)
        {
            freeOrders[freeOrdersSize] = new VenueOrder();
        }
    }

    /**
     * Makes an instrument known; the same definition again changes nothing.
     *
     * @throws IllegalArgumentException for an id below 0 or one that another definition has.
     */
    public void define(final Instrument instrument)
    {
        final int id = instrument.id();
        if (id < 0)
        {
            throw new IllegalArgumentException(
                "instrument without an id: instrument=" + instrument.name() + " id=" + id);
        }
        final VenueMarket known = market(id);
        if (null != known && !known.instrument().equals(instrument))
        {
            throw new IllegalArgumentException("instrument id used twice: id=" + id + " instrument=" +
                instrument.name() + " known=" + known.instrument().name());
        }
        if (null == known)
        {
            if (id >= markets.length)
            {
                markets = Arrays.copyOf(markets, Math.max(id + 1, markets.length * 2));
            }
            markets[id] = new VenueMarket(instrument, rules);
        }
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
        header.wrap(buffer, offset);
        if (length < HEADER_LENGTH || header.schemaId() != MessageHeaderDecoder.SCHEMA_ID)
        {
            marketDataIgnored++;
            return;
        }
        final int body = offset + HEADER_LENGTH;
        switch (header.templateId())
        {
            case BookUpdateDecoder.TEMPLATE_ID -> onBookUpdate(buffer, body);
            case BestBidOfferDecoder.TEMPLATE_ID -> onBestBidOffer(buffer, body);
            case TradeDecoder.TEMPLATE_ID -> onTrade(buffer, body);
            case BookSnapshotDecoder.TEMPLATE_ID -> onBookSnapshot(buffer, body);
            case BarDecoder.TEMPLATE_ID -> onBar(buffer, body);
            case FeedStatusDecoder.TEMPLATE_ID -> onFeedStatus(buffer, body);
            default -> marketDataIgnored++;
        }
    }

    /**
     * One request: NewOrderSingle, OrderCancelRequest or OrderCancelReplaceRequest. Anything else is counted as malformed,
     * and rejected where it has a ClOrdID.
     *
     * @param buffer holds the message.
     * @param offset of its header.
     * @param length of header and body.
     */
    public void onRequest(final DirectBuffer buffer, final int offset, final int length)
    {
        final int templateId = requestTemplate(buffer, offset, length);
        final int body = offset + HEADER_LENGTH;
        if (MALFORMED_TEMPLATE == templateId)
        {
            onMalformed(buffer, offset, length);
            return;
        }
        advance(Math.max(venueNs, transactTimeNs(templateId, buffer, body)));
        final VenueRequest known = memory.find(buffer, body);
        if (null != known)
        {
            onKnownRequest(known, templateId, buffer, body);
        }
        else if (pendingSize == pending.length)
        {
            refuse(templateId, buffer, body, length - HEADER_LENGTH, OrdRejReason.ORDER_EXCEEDS_LIMIT);
        }
        else
        {
            enqueue(memory.add(templateId, buffer, body, header.blockLength()));
        }
    }

    /** When the next request under way acts; {@link Long#MAX_VALUE} when none is. */
    public long nextDueNs()
    {
        return 0 == pendingSize ? Long.MAX_VALUE : pending[pendingHead].dueNs;
    }

    /** Lets the requests act that are due at or before the time, and moves the venue's time there; it never goes back. */
    public void advance(final long nowNs)
    {
        assert !publisher.isReporting() : "called from within a report";
        while (pendingSize > 0 && pending[pendingHead].dueNs <= nowNs)
        {
            actNext();
        }
        venueNs = Math.max(venueNs, nowNs);
    }

    /** Of an instrument, or null when it is not defined. */
    public VenueLedger ledger(final int instrumentId)
    {
        final VenueMarket market = market(instrumentId);
        return null == market ? null : market.ledger();
    }

    /** The largest time given so far. */
    public long timeNs()
    {
        return venueNs;
    }

    public int openOrders()
    {
        return freeOrders.length - freeOrdersSize;
    }

    /** New orders accepted. */
    public long orders()
    {
        return orders;
    }

    /** New orders rejected, for whatever reason. */
    public long rejects()
    {
        return rejects;
    }

    /** Cancels and replaces refused. */
    public long cancelRejects()
    {
        return cancelRejects;
    }

    /** All fills, partial and full. */
    public long fills()
    {
        return fills;
    }

    /** Fills that left something of the order. */
    public long partialFills()
    {
        return partialFills;
    }

    /** Fills that left nothing of the order. */
    public long fullFills()
    {
        return fullFills;
    }

    /** Orders canceled, on request or because they may not rest. */
    public long cancels()
    {
        return cancels;
    }

    public long replaces()
    {
        return replaces;
    }

    /** Requests ignored because the very same had come before. */
    public long repeats()
    {
        return repeats;
    }

    public long malformed()
    {
        return malformed;
    }

    /** Market data messages of an unknown instrument, template or schema. */
    public long marketDataIgnored()
    {
        return marketDataIgnored;
    }

    private void onBookUpdate(final DirectBuffer buffer, final int body)
    {
        bookUpdate.wrap(buffer, body, header.blockLength(), header.version());
        final VenueMarket market = marketOfData(bookUpdate.instrumentId());
        if (null != market && market.onBookUpdate(bookUpdate))
        {
            matcher.onDisplayed(market);
        }
    }

    private void onBookSnapshot(final DirectBuffer buffer, final int body)
    {
        bookSnapshot.wrap(buffer, body, header.blockLength(), header.version());
        final VenueMarket market = marketOfData(bookSnapshot.instrumentId());
        if (null != market && market.onBookSnapshot(bookSnapshot))
        {
            matcher.onDisplayed(market);
        }
    }

    private void onBestBidOffer(final DirectBuffer buffer, final int body)
    {
        bestBidOffer.wrap(buffer, body, header.blockLength(), header.version());
        final VenueMarket market = marketOfData(bestBidOffer.instrumentId());
        if (null != market)
        {
            market.onBestBidOffer(bestBidOffer);
            matcher.onDisplayed(market);
        }
    }

    private void onTrade(final DirectBuffer buffer, final int body)
    {
        trade.wrap(buffer, body, header.blockLength(), header.version());
        final VenueMarket market = marketOfData(trade.instrumentId());
        if (null != market)
        {
            final long priceTicks = trade.priceTicks();
            market.onTrade(priceTicks,
                matcher.onTrade(market, priceTicks, trade.quantityLots(), trade.aggressorSide()));
        }
    }

    private void onBar(final DirectBuffer buffer, final int body)
    {
        bar.wrap(buffer, body, header.blockLength(), header.version());
        final VenueMarket market = marketOfData(bar.instrumentId());
        if (null != market && market.onBar(bar))
        {
            matcher.onBar(market, bar.lowTicks(), bar.highTicks());
        }
    }

    private void onFeedStatus(final DirectBuffer buffer, final int body)
    {
        feedStatus.wrap(buffer, body, header.blockLength(), header.version());
        final int instrumentId = feedStatus.instrumentId();
        final FeedCondition condition = feedStatus.condition();
        if (Nulls.NULL_INSTRUMENT_ID != instrumentId)
        {
            onCondition(market(instrumentId), condition);
            return;
        }
        for (final VenueMarket market : markets)
        {
            onCondition(market, condition);
        }
        if (FeedCondition.END == condition)
        {
            onMarketEnd();
        }
    }

    private static void onCondition(final VenueMarket market, final FeedCondition condition)
    {
        if (null == market)
        {
            return;
        }
        switch (condition)
        {
            case STALE -> market.onStale();
            case LIVE -> market.onLive();
            // After the end what was displayed last stays displayed; a condition of a later version says nothing here.
            case END, SBE_UNKNOWN, NULL_VAL ->
                {
                }
        }
    }

    private void onMarketEnd()
    {
        marketEnded = true;
        while (pendingSize > 0)
        {
            pending[pendingHead].dueNs = venueNs;
            actNext();
        }
    }

    private VenueMarket market(final int instrumentId)
    {
        return instrumentId >= 0 && instrumentId < markets.length ? markets[instrumentId] : null;
    }

    private VenueMarket marketOfData(final int instrumentId)
    {
        marketEnded = false;
        final VenueMarket market = market(instrumentId);
        if (null == market)
        {
            marketDataIgnored++;
        }
        return market;
    }

    /** The template of a request of right schema, version and length, else {@link #MALFORMED_TEMPLATE}. */
    private int requestTemplate(final DirectBuffer buffer, final int offset, final int length)
    {
        if (length < HEADER_LENGTH)
        {
            return MALFORMED_TEMPLATE;
        }
        header.wrap(buffer, offset);
        final int blockLength = switch (header.templateId())
        {
            case NewOrderSingleDecoder.TEMPLATE_ID -> NewOrderSingleDecoder.BLOCK_LENGTH;
            case OrderCancelRequestDecoder.TEMPLATE_ID -> OrderCancelRequestDecoder.BLOCK_LENGTH;
            case OrderCancelReplaceRequestDecoder.TEMPLATE_ID -> OrderCancelReplaceRequestDecoder.BLOCK_LENGTH;
            default -> Integer.MAX_VALUE;
        };
        final boolean correct = header.schemaId() == MessageHeaderDecoder.SCHEMA_ID &&
            header.version() == MessageHeaderDecoder.SCHEMA_VERSION && header.blockLength() == blockLength &&
            length - HEADER_LENGTH >= blockLength && ClOrdIds.isValid(buffer, offset + HEADER_LENGTH);
        return correct ? header.templateId() : MALFORMED_TEMPLATE;
    }

    private void onMalformed(final DirectBuffer buffer, final int offset, final int length)
    {
        malformed++;
        final int body = offset + HEADER_LENGTH;
        final int bodyLength = length - HEADER_LENGTH;
        if (bodyLength >= ClOrdIds.LENGTH && header.schemaId() == MessageHeaderDecoder.SCHEMA_ID &&
            ClOrdIds.isValid(buffer, body))
        {
            refuse(header.templateId(), buffer, body, bodyLength, OrdRejReason.MALFORMED);
        }
    }

    private void onKnownRequest(
        final VenueRequest known, final int templateId, final DirectBuffer buffer, final int body)
    {
        if (known.hasContent(templateId, buffer, body))
        {
            repeats++;
        }
        else
        {
            refuse(templateId, buffer, body, header.blockLength(), OrdRejReason.DUPLICATE_ORDER);
        }
    }

    /** Answers a request that is not taken up; templates that are no request are left, they can name an order of another. */
    private void refuse(
        final int templateId,
        final DirectBuffer buffer,
        final int body,
        final int bodyLength,
        final OrdRejReason reason)
    {
        switch (templateId)
        {
            case NewOrderSingleDecoder.TEMPLATE_ID -> refuseOrder(buffer, body, bodyLength, reason);
            case OrderCancelRequestDecoder.TEMPLATE_ID -> refuseChange(buffer, body, bodyLength,
                OrderCancelRequestDecoder.instrumentIdEncodingOffset(), CxlRejResponseTo.CANCEL_REQUEST, reason);
            case OrderCancelReplaceRequestDecoder.TEMPLATE_ID -> refuseChange(buffer, body, bodyLength,
                OrderCancelReplaceRequestDecoder.instrumentIdEncodingOffset(), CxlRejResponseTo.REPLACE_REQUEST,
                reason);
            default ->
                {
                }
        }
    }

    private void refuseOrder(
        final DirectBuffer buffer, final int body, final int bodyLength, final OrdRejReason reason)
    {
        final boolean complete = bodyLength >= NewOrderSingleDecoder.BLOCK_LENGTH;
        newOrder.wrap(buffer, body, NewOrderSingleDecoder.BLOCK_LENGTH, NewOrderSingleDecoder.SCHEMA_VERSION);
        rejects++;
        publisher.rejected(buffer, body, complete ? newOrder.instrumentId() : Nulls.NULL_INSTRUMENT_ID,
            complete ? known(newOrder.side()) : Side.NULL_VAL, reason, venueNs);
    }

    private void refuseChange(
        final DirectBuffer buffer,
        final int body,
        final int bodyLength,
        final int instrumentIdOffset,
        final CxlRejResponseTo responseTo,
        final OrdRejReason reason)
    {
        final boolean complete = bodyLength >= OrderCancelRequestDecoder.BLOCK_LENGTH;
        cancelRejects++;
        publisher.cancelRejected(buffer, body, complete ? body + VenueRequest.ORIG_CL_ORD_ID_OFFSET : NOT_READABLE,
            complete
                ? buffer.getInt(body + instrumentIdOffset, OrderCancelRequestDecoder.BYTE_ORDER)
                : Nulls.NULL_INSTRUMENT_ID,
            OrdStatus.REJECTED, responseTo, reason, venueNs);
    }

    /** A side that can be written; a value from outside the schema cannot. */
    private static Side known(final Side side)
    {
        return Side.SBE_UNKNOWN == side ? Side.NULL_VAL : side;
    }

    private long transactTimeNs(final int templateId, final DirectBuffer buffer, final int body)
    {
        final int fieldOffset = switch (templateId)
        {
            case NewOrderSingleDecoder.TEMPLATE_ID -> NewOrderSingleDecoder.transactTimeNsEncodingOffset();
            case OrderCancelRequestDecoder.TEMPLATE_ID -> OrderCancelRequestDecoder.transactTimeNsEncodingOffset();
            default -> OrderCancelReplaceRequestDecoder.transactTimeNsEncodingOffset();
        };
        return buffer.getLong(body + fieldOffset, NewOrderSingleDecoder.BYTE_ORDER);
    }

    private void enqueue(final VenueRequest request)
    {
        request.dueNs = marketEnded ? venueNs : venueNs + rules.orderLatencyNs();
        int tail = pendingHead + pendingSize;
        tail = tail < pending.length ? tail : tail - pending.length;
        pending[tail] = request;
        pendingSize++;
        advance(venueNs);
    }

    private void actNext()
    {
        final VenueRequest request = pending[pendingHead];
        pending[pendingHead] = null;
        pendingHead = pendingHead + 1 == pending.length ? 0 : pendingHead + 1;
        pendingSize--;
        venueNs = Math.max(venueNs, request.dueNs);
        switch (request.templateId())
        {
            case NewOrderSingleDecoder.TEMPLATE_ID -> enter(request);
            case OrderCancelRequestDecoder.TEMPLATE_ID -> cancel(request);
            default -> replace(request);
        }
    }

    private void enter(final VenueRequest request)
    {
        newOrder.wrap(request.body(), 0, NewOrderSingleDecoder.BLOCK_LENGTH, NewOrderSingleDecoder.SCHEMA_VERSION);
        final OrdRejReason reason = checkEntry();
        if (OrdRejReason.NONE != reason)
        {
            rejects++;
            publisher.rejected(request.body(), 0, newOrder.instrumentId(), known(newOrder.side()), reason, venueNs);
            request.finishedAs = OrdStatus.REJECTED;
            memory.finish(request);
            return;
        }
        final TimeInForce timeInForce = newOrder.timeInForce();
        final boolean mayRest = TimeInForce.GOOD_TILL_CANCEL == timeInForce && OrdType.LIMIT == newOrder.ordType();
        final VenueOrder order = accept(request);
        if (TimeInForce.FILL_OR_KILL == timeInForce && availableLots(order) < order.quantityLots)
        {
            cancelUnasked(order);
        }
        else
        {
            work(order, mayRest);
        }
    }

    private OrdRejReason checkEntry()
    {
        if (!OrderChecks.isWellFormed(newOrder))
        {
            malformed++;
            return OrdRejReason.MALFORMED;
        }
        final VenueMarket market = market(newOrder.instrumentId());
        if (null == market)
        {
            return OrdRejReason.UNKNOWN_SYMBOL;
        }
        final boolean isMarketOrder = OrdType.MARKET == newOrder.ordType();
        final OrdRejReason reason = isMarketOrder
            ? checks.checkMarketOrder(market, newOrder.orderQtyLots())
            : checks.checkLimitOrder(market, newOrder.priceTicks(), newOrder.orderQtyLots());
        if (OrdRejReason.NONE != reason)
        {
            return reason;
        }
        final boolean takes = canTake(market, newOrder.side(), limitTicks(newOrder));
        if (takes && ExecInst.PARTICIPATE_DONT_INITIATE == newOrder.execInst())
        {
            return OrdRejReason.WOULD_TAKE;
        }
        if (!takes && isMarketOrder)
        {
            return OrdRejReason.NO_LIQUIDITY;
        }
        return 0 == freeOrdersSize ? OrdRejReason.ORDER_EXCEEDS_LIMIT : OrdRejReason.NONE;
    }

    private VenueOrder accept(final VenueRequest request)
    {
        final VenueOrder order = freeOrders[--freeOrdersSize];
        order.orderId = nextOrderId++;
        order.market = market(newOrder.instrumentId());
        order.side = newOrder.side();
        order.postOnly = ExecInst.PARTICIPATE_DONT_INITIATE == newOrder.execInst();
        order.limitTicks = limitTicks(newOrder);
        order.quantityLots = newOrder.orderQtyLots();
        order.filledLots = 0;
        order.entry = request;
        order.current = request;
        request.order = order;
        orders++;
        publisher.accepted(order, venueNs);
        return order;
    }

    /** Takes what there is, then rests or cancels what is left. */
    private void work(final VenueOrder order, final boolean mayRest)
    {
        if (0 == matcher.take(order))
        {
            return;
        }
        if (mayRest)
        {
            order.queueAheadLots = order.ownSide().queueLots(order.limitTicks);
            order.restingOrders().add(order);
        }
        else
        {
            cancelUnasked(order);
        }
    }

    private void cancelUnasked(final VenueOrder order)
    {
        cancels++;
        publisher.canceled(order, venueNs);
        finish(order, OrdStatus.CANCELED);
    }

    private void cancel(final VenueRequest request)
    {
        cancelRequest.wrap(request.body(), 0, OrderCancelRequestDecoder.BLOCK_LENGTH,
            OrderCancelRequestDecoder.SCHEMA_VERSION);
        final VenueOrder order = openOrder(request, cancelRequest.instrumentId(), cancelRequest.side());
        if (null == order)
        {
            rejectChangeOfClosed(request, cancelRequest.instrumentId(), CxlRejResponseTo.CANCEL_REQUEST);
        }
        else
        {
            cancel(order, request);
        }
        memory.finish(request);
    }

    private void cancel(final VenueOrder order, final VenueRequest request)
    {
        cancels++;
        publisher.canceled(order, request, venueNs);
        finish(order, OrdStatus.CANCELED);
    }

    private void replace(final VenueRequest request)
    {
        replaceRequest.wrap(request.body(), 0, OrderCancelReplaceRequestDecoder.BLOCK_LENGTH,
            OrderCancelReplaceRequestDecoder.SCHEMA_VERSION);
        final VenueOrder order = openOrder(request, replaceRequest.instrumentId(), replaceRequest.side());
        if (null == order)
        {
            rejectChangeOfClosed(request, replaceRequest.instrumentId(), CxlRejResponseTo.REPLACE_REQUEST);
            memory.finish(request);
            return;
        }
        if (replaceRequest.orderQtyLots() > 0 && replaceRequest.orderQtyLots() <= order.filledLots)
        {
            cancel(order, request);
            memory.finish(request);
            return;
        }
        final boolean keepsPlace = replaceRequest.priceTicks() == order.limitTicks &&
            replaceRequest.orderQtyLots() <= order.quantityLots;
        final OrdRejReason reason = checkReplace(order, keepsPlace);
        if (OrdRejReason.NONE != reason)
        {
            rejectChange(request, replaceRequest.instrumentId(), order.status(), CxlRejResponseTo.REPLACE_REQUEST,
                reason);
            memory.finish(request);
            return;
        }
        change(order, request, keepsPlace);
    }

    private OrdRejReason checkReplace(final VenueOrder order, final boolean keepsPlace)
    {
        final long priceTicks = replaceRequest.priceTicks();
        final OrdRejReason reason = checks.checkLimitOrder(order.market, priceTicks, replaceRequest.orderQtyLots());
        if (OrdRejReason.NONE == reason && order.postOnly && !keepsPlace &&
            canTake(order.market, order.side, priceTicks))
        {
            return OrdRejReason.WOULD_TAKE;
        }
        return reason;
    }

    private void change(final VenueOrder order, final VenueRequest request, final boolean keepsPlace)
    {
        if (order.current != order.entry)
        {
            memory.finish(order.current);
        }
        order.current = request;
        request.order = order;
        order.quantityLots = replaceRequest.orderQtyLots();
        order.limitTicks = replaceRequest.priceTicks();
        replaces++;
        publisher.replaced(order, request, venueNs);
        if (!keepsPlace)
        {
            order.restingOrders().remove(order);
            work(order, true);
        }
    }

    /** The open order that a cancel or replace names, or null. */
    private VenueOrder openOrder(final VenueRequest request, final int instrumentId, final Side side)
    {
        final VenueRequest named = memory.find(request.body(), VenueRequest.ORIG_CL_ORD_ID_OFFSET);
        if (null == named || null == named.order)
        {
            return null;
        }
        final VenueOrder order = named.order;
        return order.market.instrument().id() == instrumentId && order.side == side ? order : null;
    }

    private void rejectChangeOfClosed(
        final VenueRequest request, final int instrumentId, final CxlRejResponseTo responseTo)
    {
        final VenueRequest named = memory.find(request.body(), VenueRequest.ORIG_CL_ORD_ID_OFFSET);
        final boolean hasEnded = null != named && null != named.finishedAs;
        final OrdStatus status = hasEnded ? named.finishedAs : OrdStatus.REJECTED;
        rejectChange(request, instrumentId, status, responseTo,
            OrdStatus.FILLED == status ? OrdRejReason.TOO_LATE_TO_ENTER : OrdRejReason.UNKNOWN_ORDER);
    }

    private void rejectChange(
        final VenueRequest request,
        final int instrumentId,
        final OrdStatus status,
        final CxlRejResponseTo responseTo,
        final OrdRejReason reason)
    {
        cancelRejects++;
        publisher.cancelRejected(request.body(), 0, VenueRequest.ORIG_CL_ORD_ID_OFFSET, instrumentId, status,
            responseTo, reason, venueNs);
    }

    private void onFill(
        final VenueOrder order, final long priceTicks, final long quantityLots, final LiquidityIndicator liquidity)
    {
        final CashRule cashRule = order.market.cashRule();
        final long signedLots = order.isBuy() ? quantityLots : -quantityLots;
        final long feePpm = LiquidityIndicator.MAKER == liquidity ? rules.makerFeePpm() : rules.takerFeePpm();
        final long commission = CashRule.fee(cashRule.notional(priceTicks, quantityLots), feePpm);
        order.filledLots += quantityLots;
        order.market.ledger().onFill(signedLots, cashRule.fillCash(priceTicks, signedLots), commission);
        fills++;
        publisher.traded(order, priceTicks, quantityLots, liquidity, commission, venueNs);
        if (0 == order.leavesLots())
        {
            fullFills++;
            finish(order, OrdStatus.FILLED);
        }
        else
        {
            partialFills++;
        }
    }

    private void finish(final VenueOrder order, final OrdStatus status)
    {
        if (order.resting)
        {
            order.restingOrders().remove(order);
        }
        order.entry.finishedAs = status;
        memory.finish(order.entry);
        if (order.current != order.entry)
        {
            order.current.finishedAs = status;
            memory.finish(order.current);
        }
        order.entry = null;
        order.current = null;
        freeOrders[freeOrdersSize++] = order;
    }

    private static boolean canTake(final VenueMarket market, final Side side, final long limitTicks)
    {
        return (Side.BUY == side ? market.asks() : market.bids()).availableLots(limitTicks, 1) > 0;
    }

    private static long availableLots(final VenueOrder order)
    {
        return order.oppositeSide().availableLots(order.limitTicks, order.quantityLots);
    }

    /** A market order takes any price. */
    private static long limitTicks(final NewOrderSingleDecoder order)
    {
        if (OrdType.LIMIT == order.ordType())
        {
            return order.priceTicks();
        }
        return Side.BUY == order.side() ? Long.MAX_VALUE : -Long.MAX_VALUE;
    }
}
