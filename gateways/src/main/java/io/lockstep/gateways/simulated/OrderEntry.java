package io.lockstep.gateways.simulated;

import io.lockstep.sbe.ExecInst;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.OrdRejReason;
import io.lockstep.sbe.OrdStatus;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.TimeInForce;

/** New orders: accepted or rejected. No allocation. */
final class OrderEntry
{
    private final VenueMarkets markets;
    private final OrderChecks checks;
    private final WorkingOrders openOrders;
    private final RequestMemory memory;
    private final ReportPublisher publisher;
    private final NewOrderSingleDecoder newOrder = new NewOrderSingleDecoder();

    private long orders;
    private long rejects;
    private long malformed;

    OrderEntry(
        final VenueMarkets markets,
        final OrderChecks checks,
        final WorkingOrders openOrders,
        final RequestMemory memory,
        final ReportPublisher publisher)
    {
        this.markets = markets;
        this.checks = checks;
        this.openOrders = openOrders;
        this.memory = memory;
        this.publisher = publisher;
    }

    /** Its order latency is over. */
    void enter(final VenueRequest request)
    {
        newOrder.wrap(request.body(), 0, NewOrderSingleDecoder.BLOCK_LENGTH, NewOrderSingleDecoder.SCHEMA_VERSION);
        final OrdRejReason reason = check();
        if (OrdRejReason.NONE == reason)
        {
            accept(request);
        }
        else
        {
            reject(request, reason);
        }
    }

    /** Rejects on arrival a new order that is not taken up. */
    void refuse(final RequestReader request, final OrdRejReason reason)
    {
        rejects++;
        publisher.rejected(request.buffer(), request.body(), request.instrumentId(), request.side(), reason);
    }

    /** Accepted. */
    long orders()
    {
        return orders;
    }

    long rejects()
    {
        return rejects;
    }

    /** Rejected because of a value that the venue does not know. */
    long malformed()
    {
        return malformed;
    }

    private OrdRejReason check()
    {
        if (!OrderChecks.isWellFormed(newOrder))
        {
            malformed++;
            return OrdRejReason.MALFORMED;
        }
        final VenueMarket market = markets.market(newOrder.instrumentId());
        if (market == null)
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
        final boolean takes = market.canTake(newOrder.side(), WorkingOrders.limitTicks(newOrder));
        if (takes && ExecInst.PARTICIPATE_DONT_INITIATE == newOrder.execInst())
        {
            return OrdRejReason.WOULD_TAKE;
        }
        if (!takes && isMarketOrder)
        {
            return OrdRejReason.NO_LIQUIDITY;
        }
        return openOrders.isFull() ? OrdRejReason.ORDER_EXCEEDS_LIMIT : OrdRejReason.NONE;
    }

    private void accept(final VenueRequest request)
    {
        final TimeInForce timeInForce = newOrder.timeInForce();
        final boolean mayRest = TimeInForce.GOOD_TILL_CANCEL == timeInForce && OrdType.LIMIT == newOrder.ordType();
        orders++;
        final VenueOrder order = openOrders.open(request, newOrder);
        if (TimeInForce.FILL_OR_KILL == timeInForce && order.availableLots() < order.quantityLots)
        {
            openOrders.cancelUnasked(order);
        }
        else
        {
            openOrders.work(order, mayRest);
        }
    }

    private void reject(final VenueRequest request, final OrdRejReason reason)
    {
        rejects++;
        publisher.rejected(request.body(), 0, newOrder.instrumentId(), newOrder.side(), reason);
        request.finishedAs = OrdStatus.REJECTED;
        memory.finish(request);
    }
}
