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
    /** Orders of snapshots before these were numbered are older than all others, and among each other as they were sent. */
    private static final long EARLIER_NUMBER = Long.MIN_VALUE >> 1;

    Order nextOfSlot;
    Order previousOfSlot;
    Order nextOfLeg;
    Order previousOfLeg;
    Order nextNotice;
    OrderEvent notice;
    final OrderTrigger trigger = new OrderTrigger(this);
    int expiryPlace = OrderTrigger.NOWHERE;
    long number;
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
    OrderReason reason = OrderReason.NONE;
    /** It has no terms but those of every order. */
    private boolean plain = true;
    boolean postOnlySlide;
    boolean reduceOnly;
    int listId = OrderTerms.NO_LIST;
    int signalCode = OrderSectionEncoder.signalCodeNullValue();
    long displayQtyLots = Nulls.NULL_LONG;
    long expireTimeNs = Nulls.NULL_TIME_NS;
    /** What was filled when the part at the venue was sent; null before one, and of an order that shows all of it. */
    long sliceStartLots = Nulls.NULL_LONG;
    long entryEgress;
    long replaceEgress;
    long cancelEgress;
    OrdStatus venueStatus;
    boolean atVenue;
    boolean accepted;
    OrderReason wish = OrderReason.NONE;
    int wishAttempts;
    long wishRetryNs = Nulls.NULL_TIME_NS;
    long answerDueNs = Nulls.NULL_TIME_NS;
    int inquiries;
    long arrivalPxTicks = Nulls.NULL_PRICE_TICKS;

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

    /** Whether the engine keeps it: the venue knows nothing of it. */
    public boolean isHeld()
    {
        return state == OrderState.HELD;
    }

    /** What it waits for while it is held. */
    public OrderTrigger trigger()
    {
        return trigger;
    }

    /** What it is at the venue: its type, or what that becomes by its trigger. */
    public OrdType workingType()
    {
        return OrderTypes.working(ordType);
    }

    /** How long it is good for at the venue. */
    public TimeInForce workingTimeInForce()
    {
        return OrderTypes.working(ordType, timeInForce);
    }

    public boolean isPostOnlySlide()
    {
        return postOnlySlide;
    }

    public boolean isReduceOnly()
    {
        return reduceOnly;
    }

    /** The list that it is part of, or {@link OrderTerms#NO_LIST}. */
    public int listId()
    {
        return listId;
    }

    /** Why it was asked for. */
    public OrderReason reason()
    {
        return reason;
    }

    /** The strategy's own number for why, or null. */
    public int signalCode()
    {
        return signalCode;
    }

    /** Lots that are shown at once; null: all. */
    public long displayQtyLots()
    {
        return displayQtyLots;
    }

    /** Whether the venue gets it in parts, one after the other. */
    public boolean isSliced()
    {
        return displayQtyLots != Nulls.NULL_LONG;
    }

    /** Quantity of what the venue has of it, or is to get next: all, or the part that is shown. */
    public long venueQtyLots()
    {
        return isSliced() ? Math.min(displayQtyLots, orderQtyLots - venueStartLots()) : orderQtyLots;
    }

    /** What was filled of it before that. */
    public long venueStartLots()
    {
        return sliceStartLots == Nulls.NULL_LONG ? 0 : sliceStartLots;
    }

    /** Sequenced time at which it is over, or null. */
    public long expireTimeNs()
    {
        return expireTimeNs;
    }

    /** Among all orders that were ever opened: its age. */
    public long number()
    {
        return number;
    }

    /** Limit price, or {@link Nulls#NULL_PRICE_TICKS} without one. */
    public long priceTicks()
    {
        return priceTicks;
    }

    /** The limit price that a replace under way asks for; the present one without any. */
    public long pendingPriceTicks()
    {
        return isReplaceUnderWay() ? pendingPriceTicks : priceTicks;
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
     * Lots that may still trade, counting a replace to more as if it were granted, also while a cancel follows it; none while the
     * engine holds it.
     */
    public long exposureLots()
    {
        return state.isTerminal() || isHeld() ? 0 : Math.max(0, Math.max(orderQtyLots, pendingQtyLots) - cumQtyLots);
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

    /** Total quantity that the replace under way asks for, 0 without one. */
    public long pendingQtyLots()
    {
        return pendingQtyLots;
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

    /** Sequenced time at which a request that is unanswered then puts the order in doubt, or the venue is asked again; null without one. */
    public long answerDueNs()
    {
        return answerDueNs;
    }

    /** Times that the venue was to be asked, since the request without an answer. */
    public int inquiries()
    {
        return inquiries;
    }

    /** A request has had no answer for too long, and the venue has not said yet what became of it. */
    public boolean isInDoubt()
    {
        return inquiries > 0;
    }

    /** The best price of the other side when it left; null when there was none, or it has not left. */
    public long arrivalPxTicks()
    {
        return arrivalPxTicks;
    }

    /** Whether there is an arrival price above 0, which prices can be compared with. */
    public boolean hasArrivalPrice()
    {
        return arrivalPxTicks != Nulls.NULL_PRICE_TICKS && arrivalPxTicks > 0;
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
            .wish(wish).wishAttempts(wishAttempts).wishRetryNs(wishRetryNs).strategyId(strategyId)
            .listId(listId).displayQtyLots(displayQtyLots).expireTimeNs(expireTimeNs)
            .reason(reason).signalCode(signalCode).number(number).sliceStartLots(sliceStartLots)
            .answerDueNs(answerDueNs).inquiries(inquiries)
            .arrivalPxTicks(arrivalPxTicks);
        section.flags().clear().postOnly(isPostOnly()).postOnlySlide(postOnlySlide).reduceOnly(reduceOnly);
        trigger.save(section);
    }

    private boolean isPostOnly()
    {
        return execInst == ExecInst.PARTICIPATE_DONT_INITIATE;
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
        answerDueNs = section.answerDueNs();
        inquiries = section.inquiries() == OrderSectionDecoder.inquiriesNullValue() ? 0 : section.inquiries();
        arrivalPxTicks = section.arrivalPxTicks();
        restoreTerms(section);
    }

    private void restoreTerms(final OrderSectionDecoder section)
    {
        final boolean isNumbered = section.number() != OrderSectionDecoder.numberNullValue();
        number = isNumbered ? section.number() : EARLIER_NUMBER + entryEgress;
        reason = isNumbered ? section.reason() : OrderReason.NONE;
        postOnlySlide = isNumbered && section.flags().postOnlySlide();
        reduceOnly = isNumbered && section.flags().reduceOnly();
        if (isNumbered && section.flags().postOnly() != isPostOnly())
        {
            throw new IllegalArgumentException(
                "flags: postOnly=" + section.flags().postOnly() + " execInst=" + execInst);
        }
        listId = section.listId();
        signalCode = section.signalCode();
        displayQtyLots = section.displayQtyLots();
        expireTimeNs = section.expireTimeNs();
        sliceStartLots = section.sliceStartLots();
        trigger.restore(section);
        plain = hasNoTerms();
    }

    /** Takes up the terms of a new order that most orders do not have. */
    void terms(final OrderTerms terms, final int newSignalCode)
    {
        if (plain && terms.isPlain())
        {
            return;
        }
        postOnlySlide = terms.isPostOnlySlide();
        reduceOnly = terms.isReduceOnly();
        listId = terms.listId();
        displayQtyLots = terms.displayQtyLots();
        expireTimeNs = terms.expireTimeNs();
        sliceStartLots = Nulls.NULL_LONG;
        signalCode = terms.isHeld() ? newSignalCode : OrderSectionEncoder.signalCodeNullValue();
        trigger.set(terms);
        plain = hasNoTerms();
    }

    void expireTime(final long newExpireTimeNs)
    {
        expireTimeNs = newExpireTimeNs;
        plain = hasNoTerms();
    }

    /** It waits for its list no more; that may have been the only term it had beside those of every order. */
    void leaveList()
    {
        trigger.waitsForList = false;
        plain = hasNoTerms();
    }

    private boolean hasNoTerms()
    {
        return !postOnlySlide && !reduceOnly && listId == OrderTerms.NO_LIST &&
            signalCode == OrderSectionEncoder.signalCodeNullValue() && displayQtyLots == Nulls.NULL_LONG &&
            expireTimeNs == Nulls.NULL_TIME_NS && sliceStartLots == Nulls.NULL_LONG && trigger.isNone();
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
        hash = Xxh64.chain(hash, (long)previousIncarnation << 32 | reason.value() << 8 | cancelReason.value());
        hash = Xxh64.chain(Xxh64.chain(hash, cancelKey), cancelIncarnation);
        hash = Xxh64.chain(hash, (long)strategyId << 32 | wish.value() << 16 | wishAttempts);
        hash = Xxh64.chain(Xxh64.chain(hash, wishRetryNs), number);
        hash = Xxh64.chain(Xxh64.chain(Xxh64.chain(hash, answerDueNs), inquiries), arrivalPxTicks);
        return plain ? hash : Xxh64.chain(hash, termsHash());
    }

    private long termsHash()
    {
        long hash = Xxh64.chain((postOnlySlide ? 2L : 0L) | (reduceOnly ? 1L : 0L), (long)listId << 32 |
            signalCode & 0xFFFF_FFFFL);
        hash = Xxh64.chain(Xxh64.chain(Xxh64.chain(hash, displayQtyLots), expireTimeNs), sliceStartLots);
        return Xxh64.chain(hash, trigger.stateHash());
    }
}
