package io.lockstep.core.order;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.Xxh64;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.ExecInst;
import io.lockstep.sbe.OrdStatus;
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
    Order nextOfSlot;
    Order previousOfSlot;
    Order nextOfLeg;
    Order previousOfLeg;
    long key;
    long pendingKey;
    long previousKey;
    long cancelKey;
    int incarnation;
    int pendingIncarnation;
    int previousIncarnation;
    int cancelIncarnation;
    long sequence;
    int ordinal;
    int instrumentId;
    int strategyId;
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
    long entryEgress;
    long replaceEgress;
    long cancelEgress;
    OrdStatus venueStatus;
    boolean atVenue;
    boolean accepted;
    OrderReason wish = OrderReason.NONE;
    int wishAttempts;
    long wishRetryNs = Nulls.NULL_TIME_NS;

    Order()
    {
    }

    /** Whether this is its ClOrdID, the one it has asked for, or the one that a cancel under way names. */
    boolean goesBy(final long aKey, final int anIncarnation)
    {
        return key == aKey && incarnation == anIncarnation
            || pendingKey == aKey && pendingIncarnation == anIncarnation
            || previousKey == aKey && previousIncarnation == anIncarnation;
    }

    public int instrumentId()
    {
        return instrumentId;
    }

    /** The strategy's instance that it belongs to; 0 is the operator. */
    public int strategyId()
    {
        return strategyId;
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

    public ExecInst execInst()
    {
        return execInst;
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

    /** Never negative: a venue may fill more than was asked for. */
    public long leavesQtyLots()
    {
        return state.isTerminal() ? 0 : Math.max(0, orderQtyLots - cumQtyLots);
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

    /** Egress sequence of its NewOrderSingle. */
    public long entryEgress()
    {
        return entryEgress;
    }

    /** Egress sequence of the replace under way, else of the newest there was, 0 before any. */
    public long replaceEgress()
    {
        return replaceEgress;
    }

    /** As {@link #replaceEgress()}, of a cancel. */
    public long cancelEgress()
    {
        return cancelEgress;
    }

    /** The order's status in the venue's answer that is being taken; NULL_VAL when the answer has not named it yet, or there is none. */
    public OrdStatus venueStatus()
    {
        return venueStatus;
    }

    /** Whether the venue has ever reported on the order. */
    public boolean isAtVenue()
    {
        return atVenue;
    }

    public boolean isReplaceUnderWay()
    {
        return pendingKey != Nulls.NULL_SEQUENCE;
    }

    /** Why it is to be gone, until it is: a cancel that the venue refuses or leaves unanswered is sent again. NONE when nobody wishes it. */
    public OrderReason wish()
    {
        return wish;
    }

    /** Cancels that were sent again since that is wished. */
    public int wishAttempts()
    {
        return wishAttempts;
    }

    /** Sequenced time at which another cancel is sent, unless the venue answers before; null when that is not wished. */
    public long wishRetryNs()
    {
        return wishRetryNs;
    }

    void save(final OrderSectionEncoder section)
    {
        section.instrumentId(instrumentId).side(side).ordType(ordType).timeInForce(timeInForce).execInst(execInst)
            .ordStatus(state.status()).cancelReason(cancelReason)
            .sequence(sequence).ordinal(ordinal).incarnation(incarnation)
            .pendingKey(pendingKey).pendingIncarnation(pendingIncarnation)
            .previousKey(previousKey).previousIncarnation(previousIncarnation)
            .priceTicks(priceTicks).orderQtyLots(orderQtyLots).cumQtyLots(cumQtyLots)
            .pendingPriceTicks(pendingPriceTicks).pendingQtyLots(pendingQtyLots)
            .entryEgress(entryEgress).replaceEgress(replaceEgress).cancelEgress(cancelEgress)
            .venueStatus(venueStatus).atVenue(of(atVenue)).accepted(of(accepted))
            .cancelKey(cancelKey).cancelIncarnation(cancelIncarnation)
            .wish(wish).wishAttempts(wishAttempts).wishRetryNs(wishRetryNs).strategyId(strategyId);
    }

    private static BooleanType of(final boolean value)
    {
        return value ? BooleanType.TRUE : BooleanType.FALSE;
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
        entryEgress = section.entryEgress();
        replaceEgress = section.replaceEgress();
        cancelEgress = section.cancelEgress();
        venueStatus = section.venueStatus();
        if (venueStatus == OrdStatus.SBE_UNKNOWN)
        {
            throw new IllegalArgumentException("no status: venueStatus=" + section.venueStatusRaw());
        }
        atVenue = section.atVenue() == BooleanType.TRUE;
        accepted = section.accepted() == BooleanType.TRUE;
        final boolean isOlder = section.cancelKey() == OrderSectionDecoder.cancelKeyNullValue();
        cancelKey = isOlder ? Nulls.NULL_SEQUENCE : section.cancelKey();
        cancelIncarnation = isOlder ? 0 : section.cancelIncarnation();
        final boolean isOwned = section.strategyId() != OrderSectionDecoder.strategyIdNullValue();
        strategyId = isOwned ? section.strategyId() : 0;
        wish = isOwned ? section.wish() : OrderReason.NONE;
        wishAttempts = isOwned ? section.wishAttempts() : 0;
        wishRetryNs = isOwned ? section.wishRetryNs() : Nulls.NULL_TIME_NS;
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
        hash = Xxh64.chain(hash, entryEgress);
        hash = Xxh64.chain(hash, replaceEgress);
        hash = Xxh64.chain(hash, cancelEgress);
        hash = Xxh64.chain(hash, ((accepted ? 2L : 0L) | (atVenue ? 1L : 0L)) << 8 | venueStatus.value());
        hash = Xxh64.chain(hash, (long)previousIncarnation << 32 | cancelReason.value());
        hash = Xxh64.chain(Xxh64.chain(hash, cancelKey), cancelIncarnation);
        hash = Xxh64.chain(hash, (long)strategyId << 32 | wish.value() << 16 | wishAttempts);
        return Xxh64.chain(hash, wishRetryNs);
    }
}
