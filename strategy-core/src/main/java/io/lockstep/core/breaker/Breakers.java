package io.lockstep.core.breaker;

import io.lockstep.codecs.Int128;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.decision.DecisionWriter;
import io.lockstep.core.execution.OrderDesk;
import io.lockstep.core.instance.Leg;
import io.lockstep.core.instance.TimerIds;
import io.lockstep.core.instrument.InstrumentSlot;
import io.lockstep.core.instrument.Slots;
import io.lockstep.core.order.Order;
import io.lockstep.core.order.OrderEvent;
import io.lockstep.core.profit.ScopeProfit;
import io.lockstep.core.profit.TripListener;
import io.lockstep.core.risk.OrderIntent;
import io.lockstep.core.risk.Refusal;
import io.lockstep.core.strategy.Fill;
import io.lockstep.sbe.BreakerCause;
import io.lockstep.sbe.BreakerState;
import io.lockstep.sbe.CommandReason;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.RiskReason;

/**
 * The circuit breakers at work. One that opens keeps back, until it has closed again, every order and replace of its scope that can do more than
 * make the position of its own leg smaller, and has those that are open cancelled behind the input. When it has cooled down it lets one
 * order out that probes: where that ends well it closes, else it opens again. Times are sequenced. One thread; only definitions allocate.
 */
public final class Breakers implements TripListener
{
    private final BreakerTable table = new BreakerTable();
    private final Slots slots;
    private final DecisionWriter decisions;
    private final MutableInt128 amount = new MutableInt128();
    private ScopeProfit profit;

    // What follows from the table, so that an order or a market event with nothing to be checked costs one comparison.
    private int closedNot;
    private int drawdowns;

    /** Whether the order that was checked last is to probe. */
    private boolean probes;
    /** Whether some have opened during the input, and their scopes' orders are still to be cancelled. */
    private boolean cancelling;

    public Breakers(final Slots slots, final DecisionWriter decisions)
    {
        this.slots = slots;
        this.decisions = decisions;
    }

    /** Tells the equity of scopes; to be given before the first input. */
    public void profit(final ScopeProfit newProfit)
    {
        profit = newProfit;
    }

    /** To be read. */
    public BreakerTable table()
    {
        return table;
    }

    /** All were restored. */
    public void onRestored()
    {
        count();
    }

    private void count()
    {
        closedNot = 0;
        drawdowns = 0;
        for (int i = 0; i < table.count(); i++)
        {
            closedNot += table.get(i).state() == BreakerState.CLOSED ? 0 : 1;
            drawdowns += table.get(i).is(BreakerCause.DRAWDOWN) ? 1 : 0;
        }
    }

    /** The scope must exist. */
    public CommandReason define(final BreakerKey key, final BreakerTerms terms)
    {
        final Breaker found = table.find(key);
        if (!key.isValid() || !terms.isValid(key.cause()))
        {
            return CommandReason.INVALID_VALUE;
        }
        if (found != null && found.terms().equals(terms))
        {
            return CommandReason.NO_CHANGE;
        }
        if (found == null && table.count() == BreakerTable.BREAKERS_MAX)
        {
            return CommandReason.CAPACITY;
        }
        table.put(found == null ? new Breaker(key, terms) : found.with(terms));
        count();
        return CommandReason.ACCEPTED;
    }

    /** There is none of the key from now on. */
    public CommandReason remove(final BreakerKey key)
    {
        final Breaker found = table.find(key);
        if (found == null)
        {
            return CommandReason.NO_CHANGE;
        }
        if (found.state() != BreakerState.CLOSED)
        {
            close(found);
        }
        table.remove(found);
        count();
        return CommandReason.ACCEPTED;
    }

    /** It is closed and has counted nothing. */
    public CommandReason reset(final BreakerKey key)
    {
        final Breaker found = table.find(key);
        if (found == null)
        {
            return CommandReason.INVALID_VALUE;
        }
        if (found.state() == BreakerState.CLOSED)
        {
            found.gauge().clear();
        }
        else
        {
            close(found);
        }
        return CommandReason.ACCEPTED;
    }

    /** Whether an order of the leg may leave; the refusal says which breaker keeps it back. */
    public RiskReason check(final Leg leg, final OrderIntent intent, final Refusal refusal)
    {
        probes = false;
        if (closedNot == 0 || intent.reduces(leg))
        {
            return RiskReason.NONE;
        }
        for (int i = 0; i < table.count(); i++)
        {
            final Breaker breaker = table.get(i);
            if (breaker.state() != BreakerState.CLOSED && breaker.key().covers(leg))
            {
                final RiskReason reason = check(breaker, intent, refusal);
                if (reason != RiskReason.NONE)
                {
                    return reason;
                }
                probes = true;
            }
        }
        return RiskReason.NONE;
    }

    private RiskReason check(final Breaker breaker, final OrderIntent intent, final Refusal refusal)
    {
        if (breaker.state() == BreakerState.OPEN)
        {
            return refusal.because(RiskReason.BREAKER_OPEN, breaker.key().scope(), breaker.terms().coolDownNs(),
                Math.max(0, breaker.untilNs() - decisions.nowNs()));
        }
        return breaker.isProbing() || intent.isReplace()
            ? refusal.because(RiskReason.BREAKER_PROBING, breaker.key().scope(), Nulls.NULL_LONG, Nulls.NULL_LONG)
            : RiskReason.NONE;
    }

    /** The order that was checked last has left. */
    public void onSent(final Leg leg, final Order order)
    {
        if (!probes)
        {
            return;
        }
        probes = false;
        for (int i = 0; i < table.count(); i++)
        {
            final Breaker breaker = table.get(i);
            if (breaker.state() == BreakerState.HALF_OPEN && breaker.key().covers(leg))
            {
                breaker.probe(order);
            }
        }
    }

    /** Something has happened to an order, which has followed. */
    public void onOrder(final Leg leg, final Order order, final OrderEvent event, final Fill fillOrNull)
    {
        for (int i = 0; i < table.count(); i++)
        {
            final Breaker breaker = table.get(i);
            if (!breaker.key().covers(leg))
            {
                continue;
            }
            if (breaker.isProbe(order) && breaker.isProbing())
            {
                onProbe(breaker, order, event, fillOrNull);
            }
            else if (breaker.state() == BreakerState.CLOSED)
            {
                onOrder(breaker, order, event, fillOrNull);
            }
        }
    }

    private void onOrder(final Breaker breaker, final Order order, final OrderEvent event, final Fill fillOrNull)
    {
        if (breaker.is(BreakerCause.REJECT_RATE) && event == OrderEvent.REJECTED)
        {
            countRejection(breaker);
        }
        else if (breaker.is(BreakerCause.SLIPPAGE) && fillOrNull != null && order.hasArrivalPrice())
        {
            ((SlippageGauge)breaker.gauge()).onFill(slippage(order, fillOrNull));
            openIfReached(breaker);
        }
    }

    private static long slippage(final Order order, final Fill fill)
    {
        return SlippageGauge.slippage(order.side(), order.arrivalPxTicks(), fill.priceTicks());
    }

    private void countRejection(final Breaker breaker)
    {
        ((RateGauge)breaker.gauge()).onEvent(decisions.nowNs());
        openIfReached(breaker);
    }

    private void onProbe(final Breaker breaker, final Order order, final OrderEvent event, final Fill fillOrNull)
    {
        final boolean isFill = fillOrNull != null;
        switch (breaker.key().cause())
        {
            case CONSECUTIVE_LOSSES, DRAWDOWN -> {
                if (isFill)
                {
                    breaker.probeFilled();
                }
            }
            case SLIPPAGE -> {
                if (isFill)
                {
                    judge(breaker, order.hasArrivalPrice() ? slippage(order, fillOrNull) : 0);
                }
            }
            case REJECT_RATE, DISCONNECTS -> {
                if (isFill || event.isAcceptance())
                {
                    close(breaker);
                }
                else if (event == OrderEvent.REJECTED && breaker.is(BreakerCause.REJECT_RATE))
                {
                    ((RateGauge)breaker.gauge()).onEvent(decisions.nowNs());
                    open(breaker);
                }
            }
            case NULL_VAL, SBE_UNKNOWN -> throw new IllegalStateException("cause=" + breaker.key().cause());
        }
        if (order.state().isTerminal() && breaker.isProbe(order) && !breaker.isProbeFilled())
        {
            breaker.releaseProbe();
        }
    }

    private void judge(final Breaker breaker, final long slippage)
    {
        if (slippage < breaker.threshold())
        {
            close(breaker);
        }
        else
        {
            open(breaker, amount.set(slippage));
        }
    }

    /** The venue has refused to replace an order of the leg. */
    public void onReplaceRejected(final Leg leg)
    {
        for (int i = 0; i < table.count(); i++)
        {
            final Breaker breaker = table.get(i);
            if (breaker.is(BreakerCause.REJECT_RATE) && breaker.state() == BreakerState.CLOSED &&
                breaker.key().covers(leg))
            {
                countRejection(breaker);
            }
        }
    }

    @Override
    public void onTripEnded(final Leg leg, final Int128 result)
    {
        final boolean isLoss = result.signum() < 0;
        for (int i = 0; i < table.count(); i++)
        {
            final Breaker breaker = table.get(i);
            if (breaker.isAboutTrips() && breaker.key().covers(leg))
            {
                onTripEnded(breaker, leg, isLoss);
            }
        }
    }

    private void onTripEnded(final Breaker breaker, final Leg leg, final boolean isLoss)
    {
        final boolean isProbe = breaker.isProbeTrip(leg);
        if (breaker.is(BreakerCause.CONSECUTIVE_LOSSES) && (isProbe || breaker.state() == BreakerState.CLOSED))
        {
            ((LossGauge)breaker.gauge()).onTrip(isLoss);
        }
        if (isProbe && isLoss)
        {
            open(breaker);
        }
        else if (isProbe)
        {
            close(breaker);
        }
        else if (breaker.is(BreakerCause.CONSECUTIVE_LOSSES))
        {
            openIfReached(breaker);
        }
    }

    /** The venue was there and is no more. */
    public void onDisconnected(final int venueId)
    {
        for (int i = 0; i < table.count(); i++)
        {
            final Breaker breaker = table.get(i);
            if (breaker.is(BreakerCause.DISCONNECTS) && breaker.state() != BreakerState.OPEN &&
                breaker.key().coversVenue(venueId))
            {
                ((RateGauge)breaker.gauge()).onEvent(decisions.nowNs());
                if (breaker.state() == BreakerState.HALF_OPEN)
                {
                    open(breaker);
                }
                else
                {
                    openIfReached(breaker);
                }
            }
        }
    }

    /** Whether some breaker follows the market. */
    public boolean watchesMarket()
    {
        return drawdowns > 0;
    }

    /** The market of the instrument has changed: values all of each scope that it is in and that is watched for its drawdown. */
    public void onMarket(final InstrumentSlot slot)
    {
        for (int i = 0; i < table.count(); i++)
        {
            final Breaker breaker = table.get(i);
            if (breaker.is(BreakerCause.DRAWDOWN) && breaker.state() != BreakerState.OPEN && isIn(breaker, slot) &&
                profit.add(breaker.legs(), ScopeProfit.Kind.EQUITY, breaker.terms().currency()) == RiskReason.NONE)
            {
                ((DrawdownGauge)breaker.gauge()).onEquity(profit.sum());
                openIfReached(breaker);
            }
        }
    }

    private static boolean isIn(final Breaker breaker, final InstrumentSlot slot)
    {
        for (int i = 0; i < slot.legCount(); i++)
        {
            if (breaker.key().covers(slot.leg(i)))
            {
                return true;
            }
        }
        return false;
    }

    private void openIfReached(final Breaker breaker)
    {
        if (breaker.state() != BreakerState.OPEN && breaker.gauge().isReached(decisions.nowNs()))
        {
            open(breaker);
        }
    }

    private void open(final Breaker breaker)
    {
        open(breaker, breaker.value(decisions.nowNs()));
    }

    private void open(final Breaker breaker, final Int128 value)
    {
        breaker.open(decisions.nowNs() + breaker.terms().coolDownNs());
        cancelling = true;
        decisions.breakerChanged(breaker, value);
        count();
        if (nextUntilNs() == breaker.untilNs())
        {
            decisions.scheduleTimer(TimerIds.BREAKERS, breaker.untilNs());
        }
    }

    private void close(final Breaker breaker)
    {
        final long beforeNs = nextUntilNs();
        final boolean wasOpen = breaker.state() == BreakerState.OPEN;
        breaker.close();
        decisions.breakerChanged(breaker, breaker.value(decisions.nowNs()));
        count();
        if (wasOpen && nextUntilNs() != beforeNs)
        {
            scheduleNext();
        }
    }

    private void scheduleNext()
    {
        final long untilNs = nextUntilNs();
        if (untilNs == Nulls.NULL_TIME_NS)
        {
            decisions.cancelTimer(TimerIds.BREAKERS);
        }
        else
        {
            decisions.scheduleTimer(TimerIds.BREAKERS, untilNs);
        }
    }

    /** When the next one has cooled down, or null. */
    private long nextUntilNs()
    {
        long nextNs = Nulls.NULL_TIME_NS;
        for (int i = 0; i < table.count(); i++)
        {
            final long untilNs = table.get(i).untilNs();
            if (untilNs != Nulls.NULL_TIME_NS && (nextNs == Nulls.NULL_TIME_NS || untilNs < nextNs))
            {
                nextNs = untilNs;
            }
        }
        return nextNs;
    }

    /** The core's own timer: those that have cooled down by now let a probe out. */
    public void onTimer(final long deadlineNs)
    {
        for (int i = 0; i < table.count(); i++)
        {
            final Breaker breaker = table.get(i);
            if (breaker.state() == BreakerState.OPEN && breaker.untilNs() <= deadlineNs)
            {
                breaker.halfOpen();
                decisions.breakerChanged(breaker, breaker.value(decisions.nowNs()));
            }
        }
        if (nextUntilNs() != Nulls.NULL_TIME_NS)
        {
            scheduleNext();
        }
    }

    public boolean isCancelling()
    {
        return cancelling;
    }

    /** Behind an input in which some have opened: the orders of open scopes that could open something are to be gone. */
    public void cancelOpening(final OrderDesk desk)
    {
        cancelling = false;
        for (int id = 0; id < slots.count(); id++)
        {
            final InstrumentSlot slot = slots.get(id);
            for (int i = 0; i < slot.legCount(); i++)
            {
                if (isOpen(slot.leg(i)))
                {
                    desk.cancelOpening(slot.leg(i), OrderReason.BREAKER);
                }
            }
        }
    }

    private boolean isOpen(final Leg leg)
    {
        for (int i = 0; i < table.count(); i++)
        {
            if (table.get(i).state() == BreakerState.OPEN && table.get(i).key().covers(leg))
            {
                return true;
            }
        }
        return false;
    }
}
