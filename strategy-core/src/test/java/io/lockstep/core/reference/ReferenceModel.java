package io.lockstep.core.reference;

import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.OrdStatus;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.RiskReason;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TradingMode;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the engine is said to do with orders, positions and limits, written down once more in the plainest way: lists that are gone
 * through, decimals, and nothing that is kept because it was reckoned before. It follows the documents, and shares no code with the core
 * but the enums of the schema. What is asked of it is what the core is asked; {@link #decisions()} are what the core must have decided.
 */
final class ReferenceModel
{
    private final List<ModelSlot> slots;
    private final ModelRisk risk;
    private final ModelTriggers triggers;
    private final List<String> decisions = new ArrayList<>();
    private long nowNs;
    private long opened;
    private long impossible;

    ReferenceModel(final List<ModelInstrument> instruments)
    {
        slots = instruments.stream().map(ModelSlot::new).toList();
        risk = new ModelRisk(slots);
        triggers = new ModelTriggers(this);
    }

    // What is there.

    ModelSlot slot(final int instrumentId)
    {
        return slots.get(instrumentId);
    }

    List<ModelSlot> slots()
    {
        return slots;
    }

    ModelLeg addLeg(final int strategyId, final int instrumentId)
    {
        final ModelLeg leg = new ModelLeg(strategyId, slot(instrumentId));
        leg.slot.legs.add(leg);
        return leg;
    }

    ModelRisk risk()
    {
        return risk;
    }

    long nowNs()
    {
        return nowNs;
    }

    void nowNs(final long newNowNs)
    {
        nowNs = newNowNs;
    }

    /** Orders that were opened so far. */
    long opened()
    {
        return opened;
    }

    /** Events that had no place in their order's life. */
    long impossible()
    {
        return impossible;
    }

    /** Since the last call. */
    List<String> decisions()
    {
        final List<String> taken = List.copyOf(decisions);
        decisions.clear();
        return taken;
    }

    void decide(final String line)
    {
        decisions.add(line);
    }

    // Orders.

    void send(final ModelLeg leg, final Asked given)
    {
        final long lots = lots(leg, given);
        final Asked asked = slides(given) ? given.at(slid(leg.slot, given.side(), given.price())) : given;
        final Intent intent = Intent.of(asked, lots, asked.price());
        Denial denial = ModelTerms.check(asked, lots, leg, nowNs);
        if (denial.isNone())
        {
            denial = asked.isTriggered() ? risk.checkHeld(leg, intent) : risk.check(leg, intent, nowNs);
        }
        if (!denial.isNone())
        {
            decide(Line.refused(leg.strategyId, leg.slot.id(), denial));
            return;
        }
        final ModelOrder order = new ModelOrder(++opened, leg, asked, lots);
        leg.open.add(order);
        if (order.isHeld())
        {
            decide(Line.held(order.number, leg.strategyId, leg.slot.id(), lots));
            triggers.begin(order);
        }
        else
        {
            leave(order, intent);
        }
    }

    /** Of what the venue does not know of an order there it is told nothing. */
    private void replaceKept(
        final ModelOrder order, final long newTrigger, final long newExpiryNs, final OrderReason reason)
    {
        if (!order.canCancel() || order.isToBeGone)
        {
            return;
        }
        final Denial denial = ModelTerms.checkReplace(order, newTrigger, newExpiryNs, nowNs);
        if (!denial.isNone())
        {
            decide(Line.refused(order.leg.strategyId, order.leg.slot.id(), denial));
        }
        else if (newExpiryNs != Asked.NONE)
        {
            order.expiryNs = newExpiryNs;
            decide(Line.heldReplaced(order.number, order.lots, order.price, order.triggerPrice(), reason));
        }
    }

    /** What only reduces is for no more than there is to reduce; at the venue, together with what is open there. */
    private static long lots(final ModelLeg leg, final Asked asked)
    {
        if (!asked.isReduceOnly() || asked.lots() <= 0)
        {
            return asked.lots();
        }
        final long free = leg.reducible(asked.side()) - (asked.isTriggered() ? 0 : leg.openLots(asked.side()));
        return leg.slot.instrument.onGrid(Math.max(0, Math.min(asked.lots(), free)));
    }

    private static boolean slides(final Asked asked)
    {
        return asked.slides() && asked.type() == OrdType.LIMIT && asked.price() != Asked.NONE;
    }

    /** One increment from the other side, where the price would match. */
    private static long slid(final ModelSlot slot, final Side side, final long price)
    {
        final long step = slot.instrument.orderTicks();
        final long bid = slot.market.bid();
        final long ask = slot.market.ask();
        if (bid == Asked.NONE || (side == Side.BUY ? price < ask : price > bid))
        {
            return price;
        }
        return side == Side.BUY ? Math.floorDiv(ask - 1, step) * step : (Math.floorDiv(bid, step) + 1) * step;
    }

    private void leave(final ModelOrder order, final Intent intent)
    {
        order.price = intent.price();
        order.lots = intent.lots();
        order.state = OrdStatus.PENDING_NEW;
        decide(Line.opened(order.number, order.leg.strategyId, order.leg.slot.id(), intent.side(), intent.lots(),
            intent.price(),
            intent.timeInForce(), intent.isPostOnly()));
        risk.sent(order.leg, intent, nowNs);
    }

    /** A held order that was triggered leaves, or is over; false when it has to wait for what will be over by itself. */
    boolean letOut(final ModelOrder order)
    {
        final ModelLeg leg = order.leg;
        final Asked asked = order.asked;
        final long free = leg.reducible(asked.side()) - leg.openLots(asked.side());
        final long lots = asked.isReduceOnly()
            ? leg.slot.instrument.onGrid(Math.max(0, Math.min(order.lots, free)))
            : order.lots;
        final long price = asked.slides() && asked.leavesAsLimit()
            ? slid(leg.slot, asked.side(), order.price)
            : order.price;
        final Intent intent = Intent.leaving(order, lots, price);
        final Denial denial = asked.isReduceOnly() && lots == 0
            ? Denial.of(RiskReason.REDUCE_ONLY_NO_POSITION, leg.net(), Asked.NONE)
            : risk.check(leg, intent, nowNs);
        if (denial.isNone())
        {
            leave(order, intent);
            return true;
        }
        if (denial.reason() == RiskReason.NO_REFERENCE_PRICE || denial.reason() == RiskReason.INSTRUMENT_NOT_TRADABLE)
        {
            return false;
        }
        decide(Line.refused(leg.strategyId, leg.slot.id(), denial));
        endHeld(order, OrdStatus.DENIED, OrderReason.SIGNAL);
        return true;
    }

    private void endHeld(final ModelOrder order, final OrdStatus how, final OrderReason reason)
    {
        order.leg.slot.leaving.remove(order);
        over(order, how);
        decide(Line.heldEnded(order.number, how, reason));
    }

    private static void over(final ModelOrder order, final OrdStatus how)
    {
        order.over(how);
        order.leg.open.remove(order);
    }

    /** By the strategy, which limits of cancels may refuse. */
    void cancelByStrategy(final ModelOrder order)
    {
        if (order.isHeld())
        {
            cancel(order, OrderReason.ABANDONED);
            return;
        }
        if (!order.canCancel())
        {
            return;
        }
        final Denial denial = risk.checkCancel(order.leg, nowNs);
        if (!denial.isNone())
        {
            decide(Line.refused(order.leg.strategyId, order.leg.slot.id(), denial));
            return;
        }
        risk.cancelled(order.leg, nowNs);
        cancel(order, OrderReason.ABANDONED);
    }

    void cancel(final ModelOrder order, final OrderReason reason)
    {
        if (order.isHeld())
        {
            endHeld(order, OrdStatus.CANCELED, reason);
        }
        else if (order.canCancel())
        {
            order.cancelAsked();
            decide(Line.cancel(order.number, reason));
        }
    }

    /** It is to be gone, whatever the venue says. */
    void cancelForGood(final ModelOrder order, final OrderReason reason)
    {
        order.isToBeGone = true;
        order.expiryNs = Asked.NONE;
        cancel(order, reason);
    }

    /** What is {@link Asked#NONE} stays as it is. */
    void replace(
        final ModelOrder order,
        final long newPrice,
        final long newLots,
        final long newTrigger,
        final long newExpiryNs,
        final OrderReason reason)
    {
        if (!order.isHeld() && newPrice == Asked.NONE && newLots == Asked.NONE)
        {
            replaceKept(order, newTrigger, newExpiryNs, reason);
            return;
        }
        if (!order.isHeld() && !order.canReplace())
        {
            return;
        }
        final boolean isLessened = order.asked.isReduceOnly() && newLots > order.filled && reason == OrderReason.SIGNAL;
        final long lots = isLessened ? lessened(order, newLots) : newLots == Asked.NONE ? order.lots : newLots;
        final Intent intent = Intent.replacing(order, newPrice == Asked.NONE ? order.price : newPrice, lots);
        Denial denial = ModelTerms.checkReplace(order, newTrigger, newExpiryNs, nowNs);
        if (denial.isNone() && isLessened && lots == order.filled)
        {
            denial = Denial.of(RiskReason.REDUCE_ONLY_NO_POSITION, order.leg.net(), Asked.NONE);
        }
        if (denial.isNone())
        {
            denial = order.isHeld() ? risk.checkHeld(order.leg, intent) : risk.check(order.leg, intent, nowNs);
        }
        if (!denial.isNone())
        {
            decide(Line.refused(order.leg.strategyId, order.leg.slot.id(), denial));
            return;
        }
        order.expiryNs = newExpiryNs == Asked.NONE || order.isToBeGone ? order.expiryNs : newExpiryNs;
        if (order.isHeld())
        {
            order.price = intent.price();
            order.lots = intent.lots();
            order.trigger = newTrigger == Asked.NONE ? order.trigger : newTrigger;
            decide(Line.heldReplaced(order.number, order.lots, order.price, order.triggerPrice(), reason));
        }
        else
        {
            order.replaceAsked(intent.price(), intent.lots());
            decide(Line.replace(order.number, intent.lots(), intent.price(), reason));
            risk.sent(order.leg, intent, nowNs);
        }
    }

    /** What only reduces is for no more than there is to reduce, with what else is open on its side where it is at the venue. */
    private static long lessened(final ModelOrder order, final long newLots)
    {
        final long others = order.isHeld() ? 0 : order.leg.openLots(order.asked.side()) - order.exposure();
        final long free = Math.max(0, order.leg.reducible(order.asked.side()) - others);
        return newLots - order.filled <= free ? newLots : order.filled + order.leg.slot.instrument.onGrid(free);
    }

    // The venue.

    void accept(final ModelOrder order)
    {
        heard(order, order.accept());
    }

    void fill(final ModelOrder order, final long lots, final long price, final BigDecimal fee)
    {
        order.leg.position.fill(price, order.asked.isBuy() ? lots : -lots, fee);
        order.fill(lots);
        heard(order, true);
    }

    void over(final ModelOrder order, final OrdStatus how, final boolean isPossible)
    {
        if (isPossible)
        {
            order.over(how);
        }
        heard(order, isPossible);
    }

    void replaced(final ModelOrder order)
    {
        order.replaced();
        heard(order, true);
    }

    void refuseReplace(final ModelOrder order)
    {
        order.refuseReplace();
        if (order.state != OrdStatus.PENDING_CANCEL)
        {
            heard(order, true);
        }
    }

    void refuseCancel(final ModelOrder order)
    {
        order.refuseCancel();
        heard(order, true);
    }

    private void heard(final ModelOrder order, final boolean isPossible)
    {
        if (!isPossible)
        {
            impossible++;
            return;
        }
        if (order.isOver())
        {
            order.leg.open.remove(order);
        }
        shrink(order.leg, Side.BUY);
        shrink(order.leg, Side.SELL);
    }

    /** Orders that only reduce the position follow it: those at the venue are together no more, the older before the younger. */
    private void shrink(final ModelLeg leg, final Side side)
    {
        final ModelInstrument instrument = leg.slot.instrument;
        final long reducible = Math.max(0, leg.reducible(side));
        long free = reducible;
        for (final ModelOrder order : List.copyOf(leg.open))
        {
            if (!order.asked.isReduceOnly() || order.asked.side() != side)
            {
                continue;
            }
            if (order.isHeld())
            {
                shrinkHeld(order, instrument.onGrid(Math.min(order.lots, reducible)));
            }
            else
            {
                if (order.exposure() > free && !order.isToBeGone)
                {
                    shrinkAtVenue(order, instrument.onGrid(free));
                }
                free = Math.max(0, free - order.exposure());
            }
        }
    }

    private void shrinkHeld(final ModelOrder order, final long lots)
    {
        if (lots == 0)
        {
            cancelForGood(order, OrderReason.REDUCED);
        }
        else if (lots != order.lots)
        {
            order.lots = lots;
            decide(Line.heldReplaced(order.number, lots, order.price, order.triggerPrice(), OrderReason.REDUCED));
        }
    }

    private void shrinkAtVenue(final ModelOrder order, final long lots)
    {
        if (lots > 0 && order.canReplace())
        {
            replace(order, Asked.NONE, order.filled + lots, Asked.NONE, Asked.NONE, OrderReason.REDUCED);
        }
        final boolean isToWait = lots > 0 && (order.isReplaceUnderWay || !order.canReplace());
        if (!isToWait)
        {
            cancelForGood(order, OrderReason.REDUCED);
        }
    }

    // Operator and time.

    void limit(final ModelScope scope, final LimitType type, final BigDecimal value)
    {
        risk.set(scope, type, value);
    }

    void unlimit(final ModelScope scope, final LimitType type)
    {
        risk.unset(scope, type);
    }

    void mode(final ModelScope scope, final TradingMode mode)
    {
        risk.mode(scope, mode);
        if (mode == TradingMode.KILLED)
        {
            slots.stream().flatMap((slot) -> slot.legs.stream()).filter(scope::covers)
                .flatMap((leg) -> leg.open.stream())
                .toList().forEach((order) -> cancelForGood(order, OrderReason.OPERATOR));
        }
    }

    /** When the first order is over that has not heard so yet. */
    Optional<Long> nextExpiryNs()
    {
        return expiring().map((order) -> order.expiryNs).min(Comparator.naturalOrder());
    }

    private java.util.stream.Stream<ModelOrder> expiring()
    {
        return slots.stream().flatMap((slot) -> slot.open().stream()).filter((order) -> order.expiryNs != Asked.NONE);
    }

    void expire(final long untilNs)
    {
        expiring().filter((order) -> order.expiryNs <= untilNs)
            .sorted(Comparator.<ModelOrder>comparingLong((order) -> order.expiryNs)
                .thenComparingLong((order) -> order.number))
            .toList().forEach((order) ->
            {
                if (order.isHeld())
                {
                    endHeld(order, OrdStatus.EXPIRED, OrderReason.EXPIRED);
                }
                else
                {
                    cancelForGood(order, OrderReason.EXPIRED);
                }
            });
    }

    /** The market of an instrument has changed. */
    void market(final int instrumentId)
    {
        triggers.onMarket(slot(instrumentId));
    }
}
