package io.lockstep.verification.simulation.plant;

import io.lockstep.core.TradingCore;
import io.lockstep.core.breaker.Breaker;
import io.lockstep.core.host.CoreHost;
import io.lockstep.core.instance.Instances;
import io.lockstep.core.instance.Leg;
import io.lockstep.core.instance.StrategyInstance;
import io.lockstep.core.instance.TimerIds;
import io.lockstep.core.instrument.InstrumentSlot;
import io.lockstep.core.list.OpenLists;
import io.lockstep.core.list.OrderList;
import io.lockstep.core.order.Order;
import io.lockstep.core.order.OrderTrigger;
import io.lockstep.core.signal.SignalClients;
import io.lockstep.core.signal.SignalWindow;
import io.lockstep.sbe.BreakerState;
import io.lockstep.sbe.OrderReason;
import io.lockstep.verification.simulation.market.SimulatedMarket;

import java.lang.reflect.Field;
import java.util.Arrays;

/**
 * What a bug of the core would do to its state, done from outside between two turns of the loop.
 */
final class Tampering
{
    private static final String NAME = "nowhere";

    private Tampering()
    {
    }

    /** From one leg of an instrument to another one. */
    static void moveLot(final CoreHost host)
    {
        final InstrumentSlot slot = host.core().instrumentCount() == 0 ? null : host.core().slot(0);
        for (int i = 0; slot != null && i < slot.legCount(); i++)
        {
            final Leg from = slot.leg(i);
            final Leg to = slot.leg((i + 1) % slot.legCount());
            if (from != to && from.netLots() > 0)
            {
                to.position().transferFrom(from.position(), 1);
                return;
            }
        }
    }

    static void defineInstance(final CoreHost host)
    {
        final Instances instances = host.core().instances();
        final StrategyInstance first = instances.find(1);
        if (first != null && first.isPresent() && instances.find(NAME) == null)
        {
            instances.define(first.definition().named(NAME));
        }
    }

    /**
     * What is remembered is no one's to change but the window's own: its bits are reached by reflection. The hash that is kept still
     * has them, so that it is a signal which comes again that shows it.
     */
    static void forgetSignals(final CoreHost host)
    {
        final SignalClients clients = host.core().signalClients();
        clients.stateHash();
        try
        {
            final Field bits = SignalWindow.class.getDeclaredField("bits");
            bits.setAccessible(true);
            for (int i = 0; i < clients.count(); i++)
            {
                Arrays.fill((long[])bits.get(clients.get(i)), 0);
            }
        }
        catch (final ReflectiveOperationException ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    /** The state of a breaker is its own to change: it is reached by reflection. */
    static void closeBreakers(final CoreHost host)
    {
        try
        {
            final Field state = Breaker.class.getDeclaredField("state");
            state.setAccessible(true);
            for (int i = 0; i < host.core().breakers().count(); i++)
            {
                state.set(host.core().breakers().get(i), BreakerState.CLOSED);
            }
        }
        catch (final ReflectiveOperationException ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    static void forgetWishes(final CoreHost host)
    {
        host.timers().cancel(TimerIds.WISHES);
    }

    static void forgetDoubts(final CoreHost host)
    {
        host.timers().cancel(TimerIds.DOUBTS);
    }

    static void forgetExpiry(final CoreHost host)
    {
        host.timers().cancel(TimerIds.EXPIRY);
    }

    static void loseHeldOrder(final CoreHost host)
    {
        for (int id = 0; id < host.core().instrumentCount(); id++)
        {
            final InstrumentSlot slot = host.core().slot(id);
            for (Order order = slot.openOrders().first(); order != null; order = slot.openOrders().next(order))
            {
                if (order.isHeld() && order.trigger().place() != OrderTrigger.NOWHERE)
                {
                    slot.unhold(order);
                    return;
                }
            }
        }
    }

    /** As if the order that waits had not been made smaller by what the other has filled. */
    static void forgetFill(final CoreHost host)
    {
        final OpenLists lists = host.core().lists();
        for (int i = 0; i < lists.count(); i++)
        {
            final OrderList list = lists.get(i);
            for (int part = 0; part < list.partCount(); part++)
            {
                final Order order = list.order(part);
                if (order != null && order.isHeld() && !order.trigger().waitsForList() && list.exitLots() > 0)
                {
                    host.core().held().resize(order, order.orderQtyLots() + list.exitLots(), OrderReason.LIST);
                    host.decisions().clear();
                    return;
                }
            }
        }
    }

    static void forgetList(final CoreHost host)
    {
        final OpenLists lists = host.core().lists();
        if (lists.count() > 0)
        {
            lists.close(lists.get(0));
        }
    }

    static void resume(final CoreHost host)
    {
        final Instances instances = host.core().instances();
        for (int id = 1; id < instances.count(); id++)
        {
            if (instances.find(id).isPresent() && instances.find(id).isSuspended())
            {
                instances.resume(instances.find(id), false);
                host.decisions().clear();
            }
        }
    }

    static void reopen(final CoreHost host)
    {
        final Instances instances = host.core().instances();
        for (int id = 1; id < instances.count(); id++)
        {
            if (instances.find(id).isPresent() && instances.find(id).isClosing())
            {
                instances.reopen(instances.find(id));
            }
        }
    }

    static void reconcile(final CoreHost host)
    {
        final TradingCore core = host.core();
        for (int id = 0; id < core.venueCount(); id++)
        {
            if (core.venue(id).isReconciling())
            {
                core.venue(id).onReconciled();
            }
        }
    }

    /** Where one venue is away, which is then the only one that a fault has struck. */
    static void takeOtherAway(final CoreHost host)
    {
        final TradingCore core = host.core();
        if (core.venueCount() == SimulatedMarket.VENUES && core.venue(0).isReconciling() &&
            !core.venue(1).isReconciling())
        {
            core.venue(1).onStatus(false);
        }
    }
}
