package io.lockstep.core.risk;

import io.lockstep.codecs.Nulls;
import io.lockstep.core.order.Order;
import io.lockstep.core.order.OrderTerms;
import io.lockstep.core.order.OrderTypes;
import io.lockstep.sbe.ExecInst;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TimeInForce;

/**
 * A new order, a held one that is to leave, or a replace of an open one, as it was asked for and before it is checked: any field may hold what is none.
 * One thread; filled again for each order, so it allocates nothing.
 */
public final class OrderIntent
{
    private Side side = Side.NULL_VAL;
    private OrdType ordType = OrdType.NULL_VAL;
    private OrdType askedType = OrdType.NULL_VAL;
    private TimeInForce timeInForce = TimeInForce.NULL_VAL;
    private ExecInst execInst = ExecInst.NULL_VAL;
    private long priceTicks;
    private long orderQtyLots;
    private long cumQtyLots;
    private long replacedLots;
    private boolean replace;
    private boolean open;
    /** The open order to be replaced; null of another. */
    private Order replacedOrder;
    private int besides;

    /** What the terms come to, once a trigger that they have was reached. */
    public OrderIntent order(final OrderTerms terms, final long newOrderQtyLots)
    {
        order(terms.side(), OrderTypes.working(terms.ordType()),
            OrderTypes.working(terms.ordType(), terms.timeInForce()), terms.execInst(), terms.priceTicks(),
            newOrderQtyLots);
        askedType = terms.ordType();
        return this;
    }

    /** A held order is to leave, with the price and quantity that it has. */
    public OrderIntent release(final Order order)
    {
        return release(order, order.priceTicks(), order.orderQtyLots());
    }

    /** A held order is to leave, with this price and quantity. */
    public OrderIntent release(final Order order, final long newPriceTicks, final long newOrderQtyLots)
    {
        order(order.side(), order.workingType(), order.workingTimeInForce(), order.execInst(), newPriceTicks,
            newOrderQtyLots);
        askedType = order.ordType();
        open = true;
        return this;
    }

    /** Price in ticks, or null for a market order; quantity in lots. */
    public OrderIntent order(
        final Side newSide,
        final OrdType newOrdType,
        final TimeInForce newTimeInForce,
        final ExecInst newExecInst,
        final long newPriceTicks,
        final long newOrderQtyLots)
    {
        side = newSide;
        ordType = newOrdType;
        askedType = newOrdType;
        timeInForce = newTimeInForce;
        execInst = newExecInst;
        priceTicks = newPriceTicks;
        orderQtyLots = newOrderQtyLots;
        cumQtyLots = 0;
        replacedLots = 0;
        replace = false;
        open = false;
        replacedOrder = null;
        besides = 0;
        return this;
    }

    /** The open order is to have another price, and another total quantity: what it has filled already is part of that. */
    public OrderIntent replace(final Order order, final long newPriceTicks, final long newOrderQtyLots)
    {
        order(order.side(), order.workingType(), order.workingTimeInForce(), order.execInst(), newPriceTicks,
            newOrderQtyLots);
        askedType = order.ordType();
        cumQtyLots = order.cumQtyLots();
        replacedLots = order.exposureLots();
        replace = true;
        replacedOrder = order;
        open = true;
        return this;
    }

    public Side side()
    {
        return side;
    }

    public OrdType ordType()
    {
        return ordType;
    }

    /** The type that was asked for, where {@link #ordType} is what that becomes by its trigger. */
    public OrdType askedType()
    {
        return askedType;
    }

    public TimeInForce timeInForce()
    {
        return timeInForce;
    }

    public ExecInst execInst()
    {
        return execInst;
    }

    public long priceTicks()
    {
        return priceTicks;
    }

    /** Whether it has its price by now: that of a trailing stop-limit follows from its trigger, also while others of its terms change. */
    public boolean isPriced()
    {
        return priceTicks != Nulls.NULL_PRICE_TICKS || askedType != OrdType.TRAILING_STOP_LIMIT;
    }

    /** Total quantity; of a replace what is filled is part of it. */
    public long orderQtyLots()
    {
        return orderQtyLots;
    }

    /** What was filled of the order that is replaced. */
    public long cumQtyLots()
    {
        return cumQtyLots;
    }

    /** Lots that it may trade from now on. */
    public long leavesLots()
    {
        return orderQtyLots - cumQtyLots;
    }

    /** Lots that the order to be replaced counts with as exposure now; 0 of a new one. */
    public long replacedLots()
    {
        return replacedLots;
    }

    /** Whether it is to take the place of this open order. */
    public boolean isReplaceOf(final Order order)
    {
        return replacedOrder == order;
    }

    public boolean isReplace()
    {
        return replace;
    }

    /** Whether the order is one of those that are open: it is to be replaced, or was held and is to leave. */
    public boolean isOpen()
    {
        return open;
    }

    /** It is to be opened beside so many others that were checked before. */
    public void besides(final int orders)
    {
        besides = orders;
    }

    /** Orders that are to be opened with it, were checked before, and are not open yet. */
    public int besides()
    {
        return besides;
    }

    /**
     * Whether it can but make the position smaller: all that is open on its side, this order in place of the one it replaces,
     * does not cross zero.
     */
    public boolean reduces(final Exposure exposure)
    {
        final long net = exposure.netLots();
        final long held = side == Side.SELL ? net : -net;
        final long openLots = exposure.exposureLots(side) - replacedLots;
        return openLots <= held && leavesLots() <= held - openLots;
    }
}
