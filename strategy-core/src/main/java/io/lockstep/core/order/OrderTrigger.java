package io.lockstep.core.order;

import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.Xxh64;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.OffsetUnit;
import io.lockstep.sbe.OrderSectionDecoder;
import io.lockstep.sbe.OrderSectionEncoder;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TriggerSource;

/**
 * What an order waits for while the engine holds it, and where it stands meanwhile among the others of its instrument. Part of its
 * {@link Order}; one thread, no allocation.
 */
public final class OrderTrigger
{
    /** Stands in no {@link #place}. */
    public static final int NOWHERE = -1;
    private static final long BPS = 10_000;

    private final Order order;
    TriggerSource source = TriggerSource.NULL_VAL;
    OffsetUnit offsetUnit = OffsetUnit.NULL_VAL;
    boolean reached;
    boolean waitsForList;
    long priceTicks = Nulls.NULL_PRICE_TICKS;
    long trailingOffset = Nulls.NULL_LONG;
    long limitOffsetTicks = Nulls.NULL_LONG;
    long activationPxTicks = Nulls.NULL_PRICE_TICKS;
    long watermarkTicks = Nulls.NULL_PRICE_TICKS;
    long waitingSinceNs = Nulls.NULL_TIME_NS;
    private Watermark shared;
    private int place = NOWHERE;

    OrderTrigger(final Order order)
    {
        this.order = order;
    }

    public Order order()
    {
        return order;
    }

    /** Which price triggers the order; null: none does. */
    public TriggerSource source()
    {
        return source;
    }

    public OffsetUnit offsetUnit()
    {
        return offsetUnit;
    }

    /** Whether the trigger was reached. */
    public boolean isReached()
    {
        return reached;
    }

    /** Whether the order's list is to let it out, before its trigger counts. */
    public boolean waitsForList()
    {
        return waitsForList;
    }

    /** The trigger price, of a trailing stop as it stands, or null. */
    public long priceTicks()
    {
        return OrderTypes.isTrailing(order.ordType()) && !reached ? trailedTicks() : priceTicks;
    }

    private long trailedTicks()
    {
        final long best = watermarkTicks();
        if (best == Nulls.NULL_PRICE_TICKS)
        {
            return Nulls.NULL_PRICE_TICKS;
        }
        final long distance = offsetUnit == OffsetUnit.TICKS ? trailingOffset : basisPoints(best);
        return order.side() == Side.BUY ? best + distance : best - distance;
    }

    /** Rounded up: the trigger is no nearer than the offset. */
    private long basisPoints(final long ticks)
    {
        return ticks / BPS * trailingOffset + (ticks % BPS * trailingOffset + BPS - 1) / BPS;
    }

    /** In {@link #offsetUnit()}, or null. */
    public long trailingOffset()
    {
        return trailingOffset;
    }

    /** How much worse than the trigger price the limit price of a trailing stop-limit is, or null. */
    public long limitOffsetTicks()
    {
        return limitOffsetTicks;
    }

    /** The price from which on a trailing stop will follow the market; null: it follows, or has none. */
    public long activationPxTicks()
    {
        return activationPxTicks;
    }

    /** The best price that a trailing stop has seen, or null. */
    public long watermarkTicks()
    {
        return shared == null ? watermarkTicks : shared.ticks();
    }

    /** From now on its best price is that of all with this watermark; null: it is its own again. */
    public void share(final Watermark newShared)
    {
        watermarkTicks = watermarkTicks();
        shared = newShared;
    }

    /** Whether the order follows the market. */
    public boolean isTrailing()
    {
        return OrderTypes.isTrailing(order.ordType()) && activationPxTicks == Nulls.NULL_PRICE_TICKS;
    }

    /** Sequenced time since when the order would have been triggered, were the market not stale or crossed; or null. */
    public long waitingSinceNs()
    {
        return waitingSinceNs;
    }

    /** The market has reached the trigger and cannot be relied on; null: not so any more. */
    public void waitingSinceNs(final long sinceNs)
    {
        waitingSinceNs = sinceNs;
    }

    /** Whether a price is watched for the order's sake: its trigger, or the activation price. */
    public boolean isWatched()
    {
        return source != TriggerSource.NULL_VAL && !reached && !waitsForList;
    }

    /** The price that is watched. */
    public long watchedTicks()
    {
        return activationPxTicks == Nulls.NULL_PRICE_TICKS ? priceTicks : activationPxTicks;
    }

    /** Whether a rising market reaches the watched price, and not a falling one. */
    public boolean isRising()
    {
        // A trailing stop begins to follow when the market has moved in favour of the position that it guards.
        return OrderTypes.isRising(order.ordType(), order.side()) == (activationPxTicks == Nulls.NULL_PRICE_TICKS);
    }

    /** Where it stands in what keeps it, or {@link #NOWHERE}. */
    public int place()
    {
        return place;
    }

    public void place(final int newPlace)
    {
        place = newPlace;
    }

    void set(final OrderTerms terms)
    {
        source = terms.triggerSource();
        offsetUnit = terms.offsetUnit();
        reached = false;
        waitsForList = terms.waitsForList();
        priceTicks = terms.triggerPxTicks();
        trailingOffset = terms.trailingOffset();
        limitOffsetTicks = terms.limitOffsetTicks();
        activationPxTicks = terms.activationPxTicks();
        watermarkTicks = Nulls.NULL_PRICE_TICKS;
        waitingSinceNs = Nulls.NULL_TIME_NS;
        shared = null;
    }

    void onReached()
    {
        priceTicks = priceTicks();
        reached = true;
        waitingSinceNs = Nulls.NULL_TIME_NS;
    }

    void followFrom(final long ticks)
    {
        activationPxTicks = Nulls.NULL_PRICE_TICKS;
        watermarkTicks = ticks;
    }

    /** The limit price of a trailing stop-limit, by its trigger price: the next on the grid that is no better than the offset says. */
    long limitTicks(final long orderTicks)
    {
        return order.side() == Side.BUY
            ? -Math.floorDiv(-(priceTicks() + limitOffsetTicks), orderTicks) * orderTicks
            : Math.floorDiv(priceTicks() - limitOffsetTicks, orderTicks) * orderTicks;
    }

    void save(final OrderSectionEncoder section)
    {
        section.triggerSource(source).offsetUnit(offsetUnit).triggered(of(reached)).waitsForList(of(waitsForList))
            .triggerPxTicks(priceTicks()).trailingOffset(trailingOffset).limitOffsetTicks(limitOffsetTicks)
            .activationPxTicks(activationPxTicks).watermarkTicks(watermarkTicks()).waitingSinceNs(waitingSinceNs);
    }

    private static BooleanType of(final boolean value)
    {
        return value ? BooleanType.TRUE : BooleanType.FALSE;
    }

    void restore(final OrderSectionDecoder section)
    {
        source = section.triggerSource();
        offsetUnit = section.offsetUnit();
        if (source == TriggerSource.SBE_UNKNOWN || offsetUnit == OffsetUnit.SBE_UNKNOWN)
        {
            throw new IllegalArgumentException("no trigger: triggerSource=" + section.triggerSourceRaw() +
                " offsetUnit=" + section.offsetUnitRaw());
        }
        reached = section.triggered() == BooleanType.TRUE;
        waitsForList = section.waitsForList() == BooleanType.TRUE;
        trailingOffset = section.trailingOffset();
        limitOffsetTicks = section.limitOffsetTicks();
        activationPxTicks = section.activationPxTicks();
        watermarkTicks = section.watermarkTicks();
        waitingSinceNs = section.waitingSinceNs();
        restorePrice(section.triggerPxTicks());
    }

    /** Of a trailing stop that is held the price follows from the others. */
    private void restorePrice(final long saved)
    {
        final boolean isTrailed = OrderTypes.isTrailing(order.ordType()) && !reached;
        priceTicks = isTrailed ? Nulls.NULL_PRICE_TICKS : saved;
        if (isTrailed && (offsetUnit == OffsetUnit.NULL_VAL || trailingOffset <= 0 || priceTicks() != saved))
        {
            throw new IllegalArgumentException("no trailing stop: trailingOffset=" + trailingOffset +
                " watermarkTicks=" + watermarkTicks + " triggerPxTicks=" + saved);
        }
    }

    /** Whether nothing was ever waited for: most orders. */
    boolean isNone()
    {
        return source == TriggerSource.NULL_VAL && offsetUnit == OffsetUnit.NULL_VAL && !reached && !waitsForList &&
            priceTicks == Nulls.NULL_PRICE_TICKS && trailingOffset == Nulls.NULL_LONG &&
            limitOffsetTicks == Nulls.NULL_LONG && activationPxTicks == Nulls.NULL_PRICE_TICKS &&
            watermarkTicks == Nulls.NULL_PRICE_TICKS && waitingSinceNs == Nulls.NULL_TIME_NS;
    }

    long stateHash()
    {
        long hash = Xxh64.chain((long)source.value() << 16 | offsetUnit.value() << 8 | (reached ? 2L : 0L) |
            (waitsForList ? 1L : 0L), priceTicks());
        hash = Xxh64.chain(Xxh64.chain(hash, trailingOffset), limitOffsetTicks);
        hash = Xxh64.chain(Xxh64.chain(hash, activationPxTicks), watermarkTicks());
        return Xxh64.chain(hash, waitingSinceNs);
    }
}
