package io.lockstep.gateways.simulated;

import io.lockstep.codecs.MutableInt128;
import io.lockstep.core.position.CashRule;
import io.lockstep.sbe.ExecInst;
import io.lockstep.sbe.LiquidityIndicator;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.OrdStatus;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.Side;

/**
 * The orders that are open: how they begin, fill and end, what is reported of that, and what it does to the account. A
 * pool; no allocation after the constructor.
 */
final class WorkingOrders
{
    private final VenueRules rules;
    private final VenueMarkets markets;
    private final RequestMemory memory;
    private final ReportPublisher publisher;
    private final OrderMatcher matcher = new OrderMatcher(this::onFill);
    private final VenueAccount account;
    private final MutableInt128 fillCash = new MutableInt128();
    private final MutableInt128 closingCash = new MutableInt128();
    private final MutableInt128 commission = new MutableInt128();
    private final VenueOrder[] free;
    private int freeSize;
    private long nextOrderId = 1;

    private long partialFills;
    private long fullFills;
    private long cancels;

    WorkingOrders(
        final VenueRules rules,
        final VenueMarkets markets,
        final RequestMemory memory,
        final ReportPublisher publisher,
        final VenueAccount account)
    {
        this.account = account;
        this.rules = rules;
        this.markets = markets;
        this.memory = memory;
        this.publisher = publisher;
        free = new VenueOrder[rules.openOrdersMax()];
        for (freeSize = 0; freeSize < free.length; freeSize++)
        {
            free[freeSize] = new VenueOrder();
        }
    }

    /** Whose fills are of these orders. */
    OrderMatcher matcher()
    {
        return matcher;
    }

    int size()
    {
        return free.length - freeSize;
    }

    boolean isFull()
    {
        return 0 == freeSize;
    }

    /** Accepts an order that passed its checks; it matches when it is told to {@link #work}. */
    VenueOrder open(final VenueRequest request, final NewOrderSingleDecoder newOrder)
    {
        final VenueOrder order = free[--freeSize];
        order.orderId = nextOrderId++;
        order.market = markets.market(newOrder.instrumentId());
        order.side = newOrder.side();
        order.postOnly = ExecInst.PARTICIPATE_DONT_INITIATE == newOrder.execInst();
        order.limitTicks = limitTicks(newOrder);
        order.quantityLots = newOrder.orderQtyLots();
        order.filledLots = 0;
        order.entry = request;
        order.current = request;
        request.order = order;
        publisher.accepted(order);
        return order;
    }

    /** A market order takes any price. */
    static long limitTicks(final NewOrderSingleDecoder order)
    {
        if (OrdType.LIMIT == order.ordType())
        {
            return order.priceTicks();
        }
        return Side.BUY == order.side() ? Long.MAX_VALUE : -Long.MAX_VALUE;
    }

    /** Takes what there is, then rests or cancels what is left. */
    void work(final VenueOrder order, final boolean mayRest)
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

    /** For an order that may not rest. */
    void cancelUnasked(final VenueOrder order)
    {
        cancels++;
        publisher.canceled(order);
        finish(order, OrdStatus.CANCELED);
    }

    /** All that rest, unasked. */
    void cancelAll()
    {
        for (int id = 0; id < markets.idLimit(); id++)
        {
            final VenueMarket market = markets.market(id);
            if (market != null)
            {
                cancelAll(market.buys());
                cancelAll(market.sells());
            }
        }
    }

    private void cancelAll(final RestingOrders orders)
    {
        while (orders.first() != null)
        {
            cancelUnasked(orders.first());
        }
    }

    void cancel(final VenueOrder order, final VenueRequest request)
    {
        cancels++;
        publisher.canceled(order, request);
        finish(order, OrdStatus.CANCELED);
    }

    /** Reports how each stands; returns how many there are. */
    int report()
    {
        int count = 0;
        for (int id = 0; id < markets.idLimit(); id++)
        {
            final VenueMarket market = markets.market(id);
            if (market != null)
            {
                count += report(market.buys()) + report(market.sells());
            }
        }
        return count;
    }

    private int report(final RestingOrders orders)
    {
        int count = 0;
        for (VenueOrder order = orders.first(); order != null; order = order.next)
        {
            publisher.status(order);
            order.underWay = null;
            count++;
        }
        return count;
    }

    long partialFills()
    {
        return partialFills;
    }

    long fullFills()
    {
        return fullFills;
    }

    long cancels()
    {
        return cancels;
    }

    private void onFill(
        final VenueOrder order, final long priceTicks, final long quantityLots, final LiquidityIndicator liquidity)
    {
        final CashRule cashRule = order.market.cashRule();
        final long signedLots = order.isBuy() ? quantityLots : -quantityLots;
        final long feePpm = LiquidityIndicator.MAKER == liquidity ? rules.makerFeePpm() : rules.takerFeePpm();
        CashRule.fee(cashRule.notional(priceTicks, quantityLots, commission), feePpm);
        order.filledLots += quantityLots;
        book(order.market, priceTicks, signedLots);
        publisher.traded(order, priceTicks, quantityLots, liquidity, commission);
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

    private void book(final VenueMarket market, final long priceTicks, final long signedLots)
    {
        final CashRule cashRule = market.cashRule();
        final long closedLots = market.ledger().closedBy(signedLots);
        cashRule.fillCash(priceTicks, signedLots, fillCash);
        closingCash.set(0);
        if (0 != closedLots)
        {
            cashRule.fillCash(priceTicks, closedLots, closingCash);
        }
        market.ledger().onFill(signedLots, fillCash, closingCash, commission);
        account.onChanged();
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
        free[freeSize++] = order;
    }
}
