package io.lockstep.gateways.simulated;

import io.lockstep.sbe.CxlRejResponseTo;
import io.lockstep.sbe.OrdRejReason;
import io.lockstep.sbe.OrdStatus;
import io.lockstep.sbe.OrderCancelReplaceRequestDecoder;
import io.lockstep.sbe.OrderCancelRequestDecoder;
import io.lockstep.sbe.Side;

/** Cancels and replaces of open orders. No allocation. */
final class OrderChanges
{
    private final OrderChecks checks;
    private final WorkingOrders openOrders;
    private final RequestMemory memory;
    private final ReportPublisher publisher;
    private final OrderCancelRequestDecoder cancelRequest = new OrderCancelRequestDecoder();
    private final OrderCancelReplaceRequestDecoder replaceRequest = new OrderCancelReplaceRequestDecoder();

    private long replaces;
    private long rejects;

    OrderChanges(
        final OrderChecks checks,
        final WorkingOrders openOrders,
        final RequestMemory memory,
        final ReportPublisher publisher)
    {
        this.checks = checks;
        this.openOrders = openOrders;
        this.memory = memory;
        this.publisher = publisher;
    }

    /** Its order latency is over. */
    void cancel(final VenueRequest request)
    {
        cancelRequest.wrap(request.body(), 0, OrderCancelRequestDecoder.BLOCK_LENGTH,
            OrderCancelRequestDecoder.SCHEMA_VERSION);
        final VenueOrder order = openOrder(request, cancelRequest.instrumentId(), cancelRequest.side());
        if (order == null)
        {
            rejectAsClosed(request, cancelRequest.instrumentId(), CxlRejResponseTo.CANCEL_REQUEST);
        }
        else
        {
            openOrders.cancel(order, request);
        }
        memory.finish(request);
    }

    /** Its order latency is over. */
    void replace(final VenueRequest request)
    {
        replaceRequest.wrap(request.body(), 0, OrderCancelReplaceRequestDecoder.BLOCK_LENGTH,
            OrderCancelReplaceRequestDecoder.SCHEMA_VERSION);
        final VenueOrder order = openOrder(request, replaceRequest.instrumentId(), replaceRequest.side());
        if (order == null)
        {
            rejectAsClosed(request, replaceRequest.instrumentId(), CxlRejResponseTo.REPLACE_REQUEST);
            memory.finish(request);
        }
        else
        {
            replace(order, request);
        }
    }

    /** Refuses on arrival a request that is not taken up. */
    void refuse(final RequestReader request, final CxlRejResponseTo responseTo, final OrdRejReason reason)
    {
        rejects++;
        publisher.cancelRejected(request.buffer(), request.body(), request.origClOrdIdOffset(), request.instrumentId(),
            OrdStatus.REJECTED, responseTo, reason);
    }

    /**
     * A request that was refused comes again: so does the refusal, for whoever repeats it may not have had it, and what is no
     * execution cannot be asked for. Of any other request nothing is said.
     */
    void answerAgain(final VenueRequest request)
    {
        if (!request.isRefused())
        {
            return;
        }
        if (request.templateId() == OrderCancelRequestDecoder.TEMPLATE_ID)
        {
            cancelRequest.wrap(request.body(), 0, OrderCancelRequestDecoder.BLOCK_LENGTH,
                OrderCancelRequestDecoder.SCHEMA_VERSION);
            refusal(request, cancelRequest.instrumentId(), CxlRejResponseTo.CANCEL_REQUEST);
        }
        else
        {
            replaceRequest.wrap(request.body(), 0, OrderCancelReplaceRequestDecoder.BLOCK_LENGTH,
                OrderCancelReplaceRequestDecoder.SCHEMA_VERSION);
            refusal(request, replaceRequest.instrumentId(), CxlRejResponseTo.REPLACE_REQUEST);
        }
    }

    private void refusal(final VenueRequest request, final int instrumentId, final CxlRejResponseTo responseTo)
    {
        publisher.cancelRejected(request.body(), 0, VenueRequest.ORIG_CL_ORD_ID_OFFSET, instrumentId,
            request.refusedAs, responseTo, request.refusal);
    }

    long replaces()
    {
        return replaces;
    }

    long rejects()
    {
        return rejects;
    }

    /** Only a request that changes the order is remembered for as long as the order is open. */
    private void replace(final VenueOrder order, final VenueRequest request)
    {
        final long quantityLots = replaceRequest.orderQtyLots();
        if (quantityLots > 0 && quantityLots <= order.filledLots)
        {
            openOrders.cancel(order, request);
            memory.finish(request);
            return;
        }
        final boolean keepsPlace = replaceRequest.priceTicks() == order.limitTicks &&
            quantityLots <= order.quantityLots;
        final OrdRejReason reason = check(order, keepsPlace);
        if (OrdRejReason.NONE == reason)
        {
            change(order, request, keepsPlace);
        }
        else
        {
            reject(request, replaceRequest.instrumentId(), order.status(), CxlRejResponseTo.REPLACE_REQUEST, reason);
            memory.finish(request);
        }
    }

    private OrdRejReason check(final VenueOrder order, final boolean keepsPlace)
    {
        final long priceTicks = replaceRequest.priceTicks();
        final OrdRejReason reason = checks.checkLimitOrder(order.market, priceTicks, replaceRequest.orderQtyLots());
        if (OrdRejReason.NONE == reason && order.postOnly && !keepsPlace &&
            order.market.canTake(order.side, priceTicks))
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
        publisher.replaced(order, request);
        if (!keepsPlace)
        {
            order.restingOrders().remove(order);
            openOrders.work(order, true);
        }
    }

    /** The open order that a cancel or replace names, or null. */
    private VenueOrder openOrder(final VenueRequest request, final int instrumentId, final Side side)
    {
        final VenueRequest named = named(request);
        if (named == null || named.order == null)
        {
            return null;
        }
        final VenueOrder order = named.order;
        return order.market.instrument().id() == instrumentId && order.side == side ? order : null;
    }

    private VenueRequest named(final VenueRequest request)
    {
        return memory.find(request.body(), VenueRequest.ORIG_CL_ORD_ID_OFFSET);
    }

    private void rejectAsClosed(
        final VenueRequest request, final int instrumentId, final CxlRejResponseTo responseTo)
    {
        final VenueRequest named = named(request);
        final boolean hasEnded = named != null && named.finishedAs != null;
        final OrdStatus status = hasEnded ? named.finishedAs : OrdStatus.REJECTED;
        reject(request, instrumentId, status, responseTo,
            OrdStatus.FILLED == status ? OrdRejReason.TOO_LATE_TO_ENTER : OrdRejReason.UNKNOWN_ORDER);
    }

    private void reject(
        final VenueRequest request,
        final int instrumentId,
        final OrdStatus status,
        final CxlRejResponseTo responseTo,
        final OrdRejReason reason)
    {
        rejects++;
        request.refusal = reason;
        request.refusedAs = status;
        refusal(request, instrumentId, responseTo);
    }
}
