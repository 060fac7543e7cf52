package io.lockstep.core.execution;

import io.lockstep.codecs.Nulls;
import io.lockstep.core.decision.DecisionWriter;
import io.lockstep.core.instance.Leg;
import io.lockstep.core.instrument.InstrumentSlot;
import io.lockstep.core.instrument.Slots;
import io.lockstep.core.market.Market;
import io.lockstep.core.order.Order;
import io.lockstep.core.order.OrderEvent;
import io.lockstep.core.order.OrderStore;
import io.lockstep.core.order.OrderTerms;
import io.lockstep.core.order.OrderTrigger;
import io.lockstep.core.risk.OrderIntent;
import io.lockstep.core.trigger.PriceStream;
import io.lockstep.core.trigger.TriggerIndex;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.RiskReason;

/**
 * The orders that the engine keeps: for a trigger, for their list, or for the way out. No allocation but for more orders than ever before.
 * <p>
 * A trigger counts on a market that can be relied on: neither stale nor crossed nor too old for the order. Until then the order waits,
 * and the decision says for how long it has. An order that is to leave while the venue is away, or has no room, or the market is stale,
 * waits for that, and the oldest leaves first; one that a check refuses is over.
 * <p>
 * What has become of an order is told to its strategy when the input has been handled, for the strategy may be the one who asks.
 */
public final class HeldOrders
{
    private static final PriceStream[] STREAMS = PriceStream.values();

    private final Slots slots;
    private final OrderStore orders;
    private final DecisionWriter decisions;
    private final OrderDesk desk;
    private final OrderIntent intent = new OrderIntent();

    HeldOrders(final Slots slots, final OrderStore orders, final DecisionWriter decisions, final OrderDesk desk)
    {
        this.slots = slots;
        this.orders = orders;
        this.decisions = decisions;
        this.desk = desk;
    }

    /** The order was opened, and is held. */
    void hold(final InstrumentSlot slot, final Order order)
    {
        watch(slot, order);
        decisions.held(order);
        slot.risk().reckon();
    }

    /** A trailing stop that is not to be activated first begins with the present price, if that can be relied on. */
    private void watch(final InstrumentSlot slot, final Order order)
    {
        final OrderTrigger trigger = order.trigger();
        if (trigger.isWatched() && trigger.isTrailing())
        {
            final PriceStream stream = PriceStream.of(trigger.source(), order.side());
            orders.followFrom(order, isReliable(slot, stream, order)
                ? stream.ticks(slot.market(), !trigger.isRising())
                : Nulls.NULL_PRICE_TICKS);
        }
        slot.hold(order);
    }

    /**
     * The market of the slot has changed: lets go what it reaches. To be called when {@link TriggerIndex#isReached} says so, and before
     * any strategy sees the event.
     */
    public void onMarket(final InstrumentSlot slot)
    {
        for (final PriceStream stream : STREAMS)
        {
            if (slot.triggers().isWatched(stream))
            {
                onPrice(slot, stream);
            }
        }
        letGo(slot);
    }

    /** The mark price of the slot has changed; to be called when the slot holds orders. */
    public void onMarkPrice(final InstrumentSlot slot)
    {
        onPrice(slot, PriceStream.MARK);
        letGo(slot);
    }

    private void onPrice(final InstrumentSlot slot, final PriceStream stream)
    {
        final TriggerIndex triggers = slot.triggers();
        final Market market = slot.market();
        if (isReliable(slot, stream, triggers.first(stream)) && triggers.follow(stream, market))
        {
            desk.touch(slot);
        }
        for (Order order = triggers.reached(stream, market); order != null; order = triggers.reached(stream, market))
        {
            if (!isReliable(slot, stream, order))
            {
                if (triggers.await(stream, market, decisions.nowNs()))
                {
                    desk.touch(slot);
                }
                return;
            }
            onReached(slot, order, stream.ticks(market, order.trigger().isRising()));
        }
        if (triggers.isWaiting(stream) && isReliable(slot, stream, triggers.first(stream)))
        {
            desk.touch(slot);
            triggers.endWait(stream);
        }
    }

    private boolean isReliable(final InstrumentSlot slot, final PriceStream stream, final Order orderOrNull)
    {
        final Market market = slot.market();
        final long nowNs = decisions.nowNs();
        return orderOrNull == null || !market.isCrossed() && !stream.isSilent(market) && slot.risk()
            .isMarketReliable(intent.release(orderOrNull), stream.ageNs(market, nowNs), nowNs);
    }

    private void onReached(final InstrumentSlot slot, final Order order, final long marketTicks)
    {
        desk.touch(slot);
        slot.unhold(order);
        if (order.trigger().activationPxTicks() != Nulls.NULL_PRICE_TICKS)
        {
            orders.followFrom(order, marketTicks);
            slot.hold(order);
            return;
        }
        decisions.triggered(order, marketTicks);
        orders.trigger(order, slot.instrument().orderTicks());
        if (order.listId() == OrderTerms.NO_LIST)
        {
            leave(slot, order);
        }
        else
        {
            orders.awaitList(order);
        }
    }

    /** An order leaves, is over, or waits behind the others that are to leave. */
    private void leave(final InstrumentSlot slot, final Order order)
    {
        final Leg leg = slot.legOf(order.strategyId());
        final RiskReason reason = isKept(slot) ? RiskReason.EGRESS_CAPACITY : desk.checkLeaving(leg, order);
        if (waits(leg, reason))
        {
            slot.hold(order);
        }
        else
        {
            leave(leg, order, reason);
        }
    }

    /** Whether an order that is to leave is kept by what keeps others, too: not by its own fellow on the other side. */
    private boolean isKept(final InstrumentSlot slot)
    {
        final TriggerIndex triggers = slot.triggers();
        for (int i = 0; i < triggers.leavingCount(); i++)
        {
            final Order order = triggers.leaving(i);
            if (desk.checkLeaving(slot.legOf(order.strategyId()), order) != RiskReason.SELF_TRADE)
            {
                return true;
            }
        }
        return false;
    }

    /** An order that was opened is to leave once others of ours are gone, which it could trade with. */
    void yield(final InstrumentSlot slot, final Order order)
    {
        orders.leaveList(order);
        slot.hold(order);
    }

    private boolean waits(final Leg leg, final RiskReason reason)
    {
        return reason == RiskReason.SELF_TRADE ? desk.yields(leg) : passes(reason);
    }

    /** A part of the order is filled: the next leaves under a ClOrdID of its own, or waits for that as others do. */
    void sendNext(final Leg leg, final Order order)
    {
        final InstrumentSlot slot = leg.slot();
        final RiskReason reason = isKept(slot) ? RiskReason.EGRESS_CAPACITY : desk.checkLeaving(leg, order);
        if (waits(leg, reason))
        {
            orders.renew(order, decisions.incarnation(), decisions.sequence(), decisions.nextOrdinal());
            decisions.held(order);
            slot.hold(order);
        }
        else if (reason == RiskReason.NONE)
        {
            orders.renew(order, decisions.incarnation(), decisions.sequence(), decisions.nextOrdinal());
            orders.apply(order, OrderEvent.RELEASED);
            desk.leave(leg, order);
        }
        else
        {
            desk.refuseLeaving(leg, order);
            conclude(order, OrderEvent.DENIED, order.reason());
        }
    }

    private void leave(final Leg leg, final Order order, final RiskReason reason)
    {
        if (reason == RiskReason.NONE)
        {
            orders.apply(order, OrderEvent.RELEASED);
            desk.leave(leg, order);
            desk.notices().add(order, OrderEvent.RELEASED);
        }
        else
        {
            desk.refuseLeaving(leg, order);
            conclude(order, OrderEvent.DENIED, order.reason());
        }
    }

    /** Whether what keeps an order from leaving will be over by itself. */
    private static boolean passes(final RiskReason reason)
    {
        return switch (reason)
        {
            case VENUE_UNAVAILABLE, STOPPING, INSTRUMENT_NOT_TRADABLE, STALE_MARKET_DATA, NO_REFERENCE_PRICE,
                EGRESS_CAPACITY, DECISION_CAPACITY -> true;
            default -> false;
        };
    }

    /** The oldest first; one that waits for another of ours keeps none of those behind it. */
    private void letGo(final InstrumentSlot slot)
    {
        int yielding = 0;
        while (yielding < slot.triggers().leavingCount())
        {
            final Order order = slot.triggers().leaving(yielding);
            final Leg leg = slot.legOf(order.strategyId());
            final RiskReason reason = slot.market().isCrossed()
                ? RiskReason.INSTRUMENT_NOT_TRADABLE
                : desk.checkLeaving(leg, order);
            if (passes(reason))
            {
                return;
            }
            desk.touch(slot);
            if (reason == RiskReason.SELF_TRADE && desk.yields(leg))
            {
                yielding++;
            }
            else
            {
                slot.unhold(order);
                leave(leg, order, reason);
            }
        }
    }

    /** An order of the slot is over: what waited for that may leave. */
    void onEnded(final InstrumentSlot slot)
    {
        if (slot.triggers().leavingCount() > 0)
        {
            letGo(slot);
        }
    }

    /**
     * The list of a held order lets it out: one without a trigger leaves, and so does one whose trigger the market has passed already; any
     * other waits for its trigger from now on. Nothing happens to an order that does not wait for its list.
     */
    public void release(final Order order)
    {
        if (!order.isHeld() || !order.trigger().waitsForList())
        {
            return;
        }
        final InstrumentSlot slot = slots.touch(order.instrumentId());
        orders.leaveList(order);
        if (order.trigger().isWatched())
        {
            watch(slot, order);
            onPrice(slot, PriceStream.of(order.trigger().source(), order.side()));
        }
        else
        {
            leave(slot, order);
        }
    }

    /** A held order is to have another quantity; more than 0. */
    public void resize(final Order order, final long orderQtyLots, final OrderReason reason)
    {
        slots.touch(order.instrumentId());
        orders.resize(order, orderQtyLots);
        decisions.heldReplaced(order, reason);
    }

    /** A held order has other terms from now on; what is null in the changes stays as it is. */
    void replace(final Order order, final long priceTicks, final long orderQtyLots, final OrderTerms changes)
    {
        final InstrumentSlot slot = slots.touch(order.instrumentId());
        slot.unhold(order);
        orders.price(order, priceTicks);
        orders.resize(order, orderQtyLots);
        if (changes.triggerPxTicks() != Nulls.NULL_PRICE_TICKS)
        {
            orders.triggerPrice(order, changes.triggerPxTicks());
        }
        if (changes.displayQtyLots() != Nulls.NULL_LONG)
        {
            orders.display(order, changes.displayQtyLots());
        }
        if (changes.expireTimeNs() != Nulls.NULL_TIME_NS)
        {
            desk.replaceExpiry(order, changes.expireTimeNs());
        }
        slot.hold(order);
        decisions.heldReplaced(order, changes.reason());
    }

    /** A held order is over: no venue need be asked. */
    void cancel(final Order order, final OrderReason reason)
    {
        slots.touch(order.instrumentId()).unhold(order);
        conclude(order, OrderEvent.CANCELED, reason);
    }

    private void conclude(final Order order, final OrderEvent event, final OrderReason reason)
    {
        orders.apply(order, event);
        decisions.heldEnded(order, reason);
        desk.notices().add(order, event);
    }

    /** The venue has an order that is held here: the journal has lost that it left. */
    void onAtVenue(final Order order)
    {
        final InstrumentSlot slot = slots.touch(order.instrumentId());
        slot.unhold(order);
        slot.venue().onOrderOpened();
    }

    /** A held order has been good till now. */
    void expire(final Order order)
    {
        slots.touch(order.instrumentId()).unhold(order);
        conclude(order, OrderEvent.EXPIRED, OrderReason.EXPIRED);
    }

    /** An order was restored. */
    void restore(final InstrumentSlot slot, final Order order)
    {
        if (order.isHeld())
        {
            slot.hold(order);
        }
        else
        {
            slot.venue().onOrderOpened();
        }
    }
}
