package io.lockstep.verification.simulation.audit;

import io.lockstep.codecs.Nulls;
import io.lockstep.core.TradingCore;
import io.lockstep.core.host.CoreHost;
import io.lockstep.core.instance.TimerIds;
import io.lockstep.core.market.Market;
import io.lockstep.core.order.OpenOrders;
import io.lockstep.core.order.Order;
import io.lockstep.core.order.OrderTrigger;
import io.lockstep.core.trigger.PriceStream;
import io.lockstep.sbe.OrderReason;

/**
 * Orders that the engine holds, between two turns of the loop: each is watched, none has been passed by a live market without being said to
 * wait, a trailing stop stands no further from the market than its offset, and a timer is set for the first that is over.
 */
public final class HeldAudit
{
    private HeldAudit()
    {
    }

    public static void requireKept(final CoreHost host)
    {
        final TradingCore core = host.core();
        final long timerNs = WishAudit.timerNs(host.timers(), TimerIds.EXPIRY);
        for (int id = 0; id < core.instrumentCount(); id++)
        {
            final OpenOrders open = core.openOrders(id);
            int watched = 0;
            for (Order order = open.first(); order != null; order = open.next(order))
            {
                requireExpiry(order, timerNs);
                if (order.isHeld() && order.trigger().isWatched())
                {
                    watched++;
                    requireNotPassed(order, core.market(id));
                }
            }
            SimulationFailure.requireEqual(Invariant.HELD_KEPT, "orders that wait for a price of instrumentId=" + id,
                watched, core.slot(id).triggers().watched());
        }
    }

    private static void requireExpiry(final Order order, final long timerNs)
    {
        if (order.expireTimeNs() != Nulls.NULL_TIME_NS && order.wish() == OrderReason.NONE &&
            order.expireTimeNs() < timerNs)
        {
            throw failure(order, "nothing ends an order that is good till a time: expireTimeNs=" +
                order.expireTimeNs() + " timerNs=" + timerNs);
        }
    }

    private static void requireNotPassed(final Order order, final Market market)
    {
        final OrderTrigger trigger = order.trigger();
        final PriceStream stream = PriceStream.of(trigger.source(), order.side());
        final long ticks = stream.ticks(market, trigger.isRising());
        final long watchedTicks = trigger.isTrailing() ? trigger.priceTicks() : trigger.watchedTicks();
        if (ticks == Nulls.NULL_PRICE_TICKS || watchedTicks == Nulls.NULL_PRICE_TICKS || !market.isLive())
        {
            return;
        }
        final boolean isReached = trigger.isRising() ? ticks >= watchedTicks : ticks <= watchedTicks;
        if (isReached && trigger.waitingSinceNs() == Nulls.NULL_TIME_NS)
        {
            throw failure(order, "the market has passed an order that is held: marketPxTicks=" + ticks +
                " triggerPxTicks=" + watchedTicks);
        }
    }

    private static SimulationFailure failure(final Order order, final String what)
    {
        return new SimulationFailure(Invariant.HELD_KEPT, what + " instrumentId=" + order.instrumentId() +
            " ordType=" + order.ordType() + " side=" + order.side() + " sequence=" + order.sequence());
    }
}
