package io.lockstep.core.reference;

import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.TriggerSource;

import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** Held orders: each is looked at with each change of its market. */
final class ModelTriggers
{
    /** In which order the prices are looked at: the last trade, the bid, the offer, the middle. */
    private static final List<Predicate<Asked>> STREAMS = List.of((asked) -> asked.source() == TriggerSource.LAST_TRADE,
        (asked) -> asked.source() == TriggerSource.BID_ASK && !asked.isBuy(),
        (asked) -> asked.source() == TriggerSource.BID_ASK && asked.isBuy(),
        (asked) -> asked.source() == TriggerSource.MID);

    /** A rising market's first, the nearest price first, then by age. */
    private static final Comparator<ModelOrder> REACHED_FIRST = Comparator
        .<ModelOrder, Boolean>comparing((order) -> !order.isRising())
        .thenComparingLong((order) -> order.isRising() ? order.watchedPrice() : -order.watchedPrice())
        .thenComparingLong((order) -> order.number);

    private final ReferenceModel model;

    ModelTriggers(final ReferenceModel model)
    {
        this.model = model;
    }

    private static long market(final ModelOrder order, final boolean isRising)
    {
        return order.leg.slot.market.watched(order.asked.source(), order.asked.side(), isRising);
    }

    /** A trailing stop begins with the present price, if that can be relied on. */
    void begin(final ModelOrder order)
    {
        if (order.follows() && order.leg.slot.market.isReliable())
        {
            order.best = market(order, !order.isRising());
        }
    }

    void onMarket(final ModelSlot slot)
    {
        for (final Predicate<Asked> stream : STREAMS)
        {
            final List<ModelOrder> held = slot.open().stream()
                .filter((order) -> order.isHeld() && !order.isReached && stream.test(order.asked)).toList();
            if (slot.market.isReliable())
            {
                held.stream().filter(ModelOrder::follows).forEach(ModelTriggers::follow);
                reached(held).forEach(this::onReached);
            }
        }
        letOut(slot);
    }

    private static List<ModelOrder> reached(final List<ModelOrder> held)
    {
        return held.stream().filter((order) -> order.isReachedBy(market(order, order.isRising()))).sorted(REACHED_FIRST)
            .toList();
    }

    private static void follow(final ModelOrder order)
    {
        final long price = market(order, !order.isRising());
        if (price != Asked.NONE)
        {
            order.best = order.best == Asked.NONE
                ? price
                : order.isRising() ? Math.min(order.best, price) : Math.max(order.best, price);
        }
    }

    private void onReached(final ModelOrder order)
    {
        final long market = market(order, order.isRising());
        if (order.activation != Asked.NONE)
        {
            order.activation = Asked.NONE;
            order.best = market;
            return;
        }
        model.decide(Line.triggered(order.number, order.triggerPrice(), market));
        order.trigger = order.triggerPrice();
        order.isReached = true;
        if (order.asked.type() == OrdType.TRAILING_STOP_LIMIT)
        {
            final long step = order.leg.slot.instrument.orderTicks();
            order.price = order.asked.isBuy()
                ? -Math.floorDiv(-order.trigger - order.asked.limitOffset(), step) * step
                : Math.floorDiv(order.trigger - order.asked.limitOffset(), step) * step;
        }
        final List<ModelOrder> leaving = order.leg.slot.leaving;
        if (!leaving.isEmpty() || !model.letOut(order))
        {
            leaving.add(order);
            leaving.sort(Comparator.comparingLong((other) -> other.number));
        }
    }

    private void letOut(final ModelSlot slot)
    {
        while (!slot.leaving.isEmpty() && !slot.market.isCrossed() && model.letOut(slot.leaving.get(0)))
        {
            slot.leaving.removeIf((order) -> !order.isHeld());
        }
    }
}
