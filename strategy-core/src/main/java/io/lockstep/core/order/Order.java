package io.lockstep.core.order;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.Xxh64;
import io.lockstep.sbe.ExecInst;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.OrderSectionDecoder;
import io.lockstep.sbe.OrderSectionEncoder;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TimeInForce;

/**
 * One order of ours. Pooled: a strategy may keep the reference until the order is terminal and it has been told so; after
 * that the object serves another order.
 */
public final class Order
{
    Order next;
    Order previous;
    long key;
    long pendingKey;
    long previousKey;
    int incarnation;
    int pendingIncarnation;
    int previousIncarnation;
    long sequence;
    int ordinal;
    int instrumentId;
    Side side;
    OrdType ordType;
    TimeInForce timeInForce;
    ExecInst execInst;
    OrderState state;
    long priceTicks;
    long orderQtyLots;
    long cumQtyLots;
    long pendingPriceTicks;
    long pendingQtyLots;
    OrderReason cancelReason;

    Order()
    {
    }

    public int instrumentId()
    {
        return instrumentId;
    }

    public Side side()
    {
        return side;
    }

    public OrdType ordType()
    {
        return ordType;
    }

    public TimeInForce timeInForce()
    {
        return timeInForce;
    }

    public OrderState state()
    {
        return state;
    }

    /** Limit price, or {@link Nulls#NULL_PRICE_TICKS} for a market order. */
    public long priceTicks()
    {
        return priceTicks;
    }

    public long orderQtyLots()
    {
        return orderQtyLots;
    }

    public long cumQtyLots()
    {
        return cumQtyLots;
    }

    public long leavesQtyLots()
    {
        return state.isTerminal() ? 0 : orderQtyLots - cumQtyLots;
    }

    /** Incarnation, sequence and ordinal make the ClOrdID; they are those of the newest accepted request. */
    public int incarnation()
    {
        return incarnation;
    }

    public long sequence()
    {
        return sequence;
    }

    public int ordinal()
    {
        return ordinal;
    }

    /**
     * Lots that may still trade, counting a replace to more as if it were granted, also while a cancel follows it.
     */
    public long exposureLots()
    {
        return state.isTerminal() ? 0 : Math.max(0, Math.max(orderQtyLots, pendingQtyLots) - cumQtyLots);
    }

    /** Why the cancel that is or was under way was asked for, NONE without one. */
    public OrderReason cancelReason()
    {
        return cancelReason;
    }

    /** The next open order of the same instrument, or null. */
    public Order next()
    {
        return next;
    }

    void save(final OrderSectionEncoder section)
    {
        section.instrumentId(instrumentId).side(side).ordType(ordType).timeInForce(timeInForce).execInst(execInst)
            .ordStatus(state.status()).cancelReason(cancelReason)
            .sequence(sequence).ordinal(ordinal).incarnation(incarnation)
            .pendingKey(pendingKey).pendingIncarnation(pendingIncarnation)
            .previousKey(previousKey).previousIncarnation(previousIncarnation)
            .priceTicks(priceTicks).orderQtyLots(orderQtyLots).cumQtyLots(cumQtyLots)
            .pendingPriceTicks(pendingPriceTicks).pendingQtyLots(pendingQtyLots);
    }

    void restore(final OrderSectionDecoder section)
    {
        instrumentId = section.instrumentId();
        side = section.side();
        ordType = section.ordType();
        timeInForce = section.timeInForce();
        execInst = section.execInst();
        state = OrderState.of(section.ordStatus());
        cancelReason = section.cancelReason();
        sequence = section.sequence();
        ordinal = section.ordinal();
        incarnation = section.incarnation();
        key = ClOrdIds.key(sequence, ordinal);
        pendingKey = section.pendingKey();
        pendingIncarnation = section.pendingIncarnation();
        previousKey = section.previousKey();
        previousIncarnation = section.previousIncarnation();
        priceTicks = section.priceTicks();
        orderQtyLots = section.orderQtyLots();
        cumQtyLots = section.cumQtyLots();
        pendingPriceTicks = section.pendingPriceTicks();
        pendingQtyLots = section.pendingQtyLots();
    }

    long stateHash()
    {
        long hash = Xxh64.chain(key, pendingKey);
        hash = Xxh64.chain(hash, (long)incarnation << 32 | pendingIncarnation & 0xFFFF_FFFFL);
        hash = Xxh64.chain(hash, (long)side.value() << 24 | ordType.value() << 16 | timeInForce.value() << 8 |
            state.status().value());
        hash = Xxh64.chain(hash, priceTicks);
        hash = Xxh64.chain(hash, orderQtyLots);
        hash = Xxh64.chain(hash, cumQtyLots);
        hash = Xxh64.chain(hash, pendingPriceTicks);
        hash = Xxh64.chain(hash, pendingQtyLots);
        hash = Xxh64.chain(hash, previousKey);
        return Xxh64.chain(hash, (long)previousIncarnation << 32 | cancelReason.value());
    }
}
