package io.lockstep.core.instrument;

import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Xxh64;
import io.lockstep.core.instance.Leg;
import io.lockstep.core.market.Market;
import io.lockstep.core.order.OpenOrders;
import io.lockstep.core.order.Order;
import io.lockstep.core.position.CashRule;
import io.lockstep.core.position.QuoteLots;
import io.lockstep.core.position.SumPosition;
import io.lockstep.core.risk.Exposure;
import io.lockstep.core.risk.RiskGate;
import io.lockstep.core.risk.TotalLimits;
import io.lockstep.core.trigger.TriggerIndex;
import io.lockstep.core.venue.Venue;
import io.lockstep.sbe.FeedCondition;
import io.lockstep.sbe.FeedReason;
import io.lockstep.sbe.SlotSectionDecoder;
import io.lockstep.sbe.SlotSectionEncoder;
import io.lockstep.sbe.Side;

import java.util.Arrays;

/**
 * One instrument and all that belongs to it, whoever trades it: market, limits, the orders of all, the sum of all positions, and the
 * legs of the strategies' instances in the order of their ids. Adding or removing a leg allocates; nothing else does.
 */
public final class InstrumentSlot implements Exposure
{
    private static final Leg[] NO_LEGS = {};

    private final int id;
    private final Market market;
    private final RiskGate risk;
    private final OpenOrders openOrders = OpenOrders.ofSlot();
    private final TriggerIndex triggers = new TriggerIndex();
    private final SumPosition position;
    private final CashRule cashRule;
    private final QuoteLots quoteLots;
    private Instrument instrument;
    private final Venue venue;
    private long termsHash;

    private Leg[] legs = NO_LEGS;
    private FeedCondition announcedCondition = FeedCondition.STALE;
    private FeedReason announcedReason = FeedReason.NO_SNAPSHOT;

    // What Slots keeps of a slot lies in the slot, so that an input finds all of it together.
    long countedHash;
    boolean isDirty;
    private boolean isHolding;

    private long tradingHash;
    private boolean isTradingHashed;

    /**
     * @param venue where its orders go.
     */
    public InstrumentSlot(
        final Instrument instrument, final int bookLevelsMax, final TotalLimits totalLimits, final Venue venue)
    {
        this.id = instrument.id();
        this.instrument = instrument;
        this.venue = venue;
        market = new Market(instrument, bookLevelsMax);
        quoteLots = new QuoteLots(instrument);
        cashRule = new CashRule(instrument);
        position = new SumPosition(cashRule);
        risk = new RiskGate(market, this, cashRule, totalLimits);
        termsHash = termsHash(instrument);
    }

    public int id()
    {
        return id;
    }

    public Instrument instrument()
    {
        return instrument;
    }

    /** Takes up another order grid or other rules for the book, as {@link Instrument#canFollow} allows. */
    public void redefine(final Instrument newInstrument)
    {
        tradingChanges();
        instrument = newInstrument;
        market.redefine(newInstrument);
        termsHash = termsHash(newInstrument);
    }

    public Venue venue()
    {
        return venue;
    }

    public Market market()
    {
        return market;
    }

    public RiskGate risk()
    {
        return risk;
    }

    public CashRule cashRule()
    {
        return cashRule;
    }

    public QuoteLots quoteLots()
    {
        return quoteLots;
    }

    /** The sum of all legs. */
    public SumPosition position()
    {
        return position;
    }

    @Override
    public OpenOrders openOrders()
    {
        return openOrders;
    }

    /** Whether the engine holds orders until the market reaches their triggers, or lets them out. */
    public boolean isHolding()
    {
        return isHolding;
    }

    /** As {@link TriggerIndex#add}. */
    public void hold(final Order order)
    {
        triggers.add(order);
        isHolding = !triggers.isEmpty();
    }

    /** As {@link TriggerIndex#remove}. */
    public void unhold(final Order order)
    {
        triggers.remove(order);
        isHolding = !triggers.isEmpty();
    }

    /** The orders that {@link #hold} has taken. */
    public TriggerIndex triggers()
    {
        return triggers;
    }

    @Override
    public long netLots()
    {
        return position.netLots();
    }

    @Override
    public long exposureLots(final Side side)
    {
        return openOrders.exposureLots(side);
    }

    @Override
    public int openOrderCount()
    {
        return openOrders.count();
    }

    public int legCount()
    {
        return legs.length;
    }

    /** The legs here, in the order of their instances' ids. */
    public Leg leg(final int index)
    {
        return legs[index];
    }

    /** The leg of this instance, or null. */
    public Leg legOf(final int strategyId)
    {
        for (final Leg leg : legs)
        {
            if (leg.strategyId() == strategyId)
            {
                return leg;
            }
        }
        return null;
    }

    /** Puts in a leg of this instrument; the instance has no other here. */
    public void add(final Leg leg)
    {
        legs = Arrays.copyOf(legs, legs.length + 1);
        int place = legs.length - 1;
        while (place > 0 && legs[place - 1].strategyId() > leg.strategyId())
        {
            legs[place] = legs[place - 1];
            place--;
        }
        legs[place] = leg;
        position.add(place, leg.position());
        tradingChanges();
    }

    /** Takes out a leg that has neither position nor order. */
    public void remove(final Leg leg)
    {
        legs = Arrays.stream(legs).filter((each) -> each != leg).toArray(Leg[]::new);
        position.remove(leg.position());
        tradingChanges();
    }

    /** The market has changed: whether its condition is another than was announced; it counts as announced from now on. */
    public boolean isConditionNew()
    {
        return market.condition() != announcedCondition || market.reason() != announcedReason;
    }

    public void onConditionAnnounced()
    {
        tradingChanges();
        announcedCondition = market.condition();
        announcedReason = market.reason();
    }

    /** Something else than the market or a strategy's own is about to change. */
    public void tradingChanges()
    {
        isTradingHashed = false;
    }

    /** Reads across the object, for {@link LookAhead}; the sum means nothing. */
    long touch()
    {
        return id + countedHash + legs.length;
    }

    /** Reads the slot's legs and what they lead to, for {@link LookAhead}; the sum means nothing. */
    long touchLegs(final int step)
    {
        long sum = 0;
        for (final Leg leg : legs)
        {
            sum += leg.touch(step);
        }
        return sum;
    }

    /** Writes all fields; the encoder must be wrapped. */
    public void save(final SlotSectionEncoder section)
    {
        section.instrumentId(id).announcedCondition(announcedCondition).announcedReason(announcedReason);
    }

    public void restore(final SlotSectionDecoder section)
    {
        restore(section.announcedCondition(), section.announcedReason());
    }

    /** Takes up what was announced of the market. */
    public void restore(final FeedCondition condition, final FeedReason reason)
    {
        announcedCondition = condition;
        announcedReason = reason;
        tradingChanges();
    }

    private static long termsHash(final Instrument instrument)
    {
        long hash = Xxh64.chain(instrument.id(), instrument.isInverse() ? 1 : 0);
        hash = incrementHash(hash, instrument.tick());
        hash = incrementHash(hash, instrument.lot());
        hash = incrementHash(hash, instrument.multiplier());
        hash = Xxh64.chain(hash, instrument.orderTicks());
        hash = Xxh64.chain(hash, instrument.orderLots());
        hash = Xxh64.chain(hash, instrument.cashExponent());
        hash = Xxh64.chain(hash, instrument.settings().lockedIsCrossed() ? 1 : 0);
        return Xxh64.chain(hash, instrument.settings().crossedHealNs());
    }

    private static long incrementHash(final long hash, final Increment increment)
    {
        return Xxh64.chain(Xxh64.chain(hash, increment.mantissa()), increment.exponent());
    }

    /** What market data leaves alone is kept; a strategy's own state is hashed with the first leg of its instance. */
    long stateHash()
    {
        if (!isTradingHashed)
        {
            tradingHash = tradingHash();
            isTradingHashed = true;
        }
        long hash = Xxh64.chain(tradingHash, market.stateHash());
        for (final Leg leg : legs)
        {
            hash = leg.isHome() ? Xxh64.chain(hash, leg.instance().strategyHash()) : hash;
        }
        return hash;
    }

    private long tradingHash()
    {
        long hash = Xxh64.chain(termsHash, (long)announcedCondition.value() << 8 | announcedReason.value());
        hash = Xxh64.chain(Xxh64.chain(hash, venue.id()), risk.stateHash());
        for (final Leg leg : legs)
        {
            hash = Xxh64.chain(hash, leg.stateHash());
            hash = leg.isHome() ? Xxh64.chain(hash, leg.instance().stateHash()) : hash;
        }
        return hash;
    }
}
