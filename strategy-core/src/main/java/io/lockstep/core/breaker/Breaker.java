package io.lockstep.core.breaker;

import io.lockstep.codecs.Int128;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.Xxh64;
import io.lockstep.core.instance.Leg;
import io.lockstep.core.order.Order;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.BreakerCause;
import io.lockstep.sbe.BreakerSectionDecoder;
import io.lockstep.sbe.BreakerSectionEncoder;
import io.lockstep.sbe.BreakerState;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Predicate;

/**
 * One circuit breaker: its terms, what it has counted, its state, and the order that probes. Who may change it is {@link Breakers}.
 * One thread; no allocation but when it is made.
 */
public final class Breaker
{
    private static final long NO_PROBE = 0;

    private final BreakerKey key;
    private final BreakerTerms terms;
    private final Gauge gauge;
    private final Predicate<Leg> legs;
    private final long termsHash;
    private BreakerState state = BreakerState.CLOSED;
    private long untilNs = Nulls.NULL_TIME_NS;
    private long probe = NO_PROBE;
    private int probeStrategyId;
    private int probeInstrumentId;
    private boolean probeFilled;
    private long openings;

    Breaker(final BreakerKey key, final BreakerTerms terms)
    {
        this.key = key;
        this.terms = terms;
        gauge = switch (key.cause())
        {
            case CONSECUTIVE_LOSSES -> new LossGauge(terms);
            case REJECT_RATE, DISCONNECTS -> new RateGauge(terms);
            case SLIPPAGE -> new SlippageGauge(terms);
            case DRAWDOWN -> new DrawdownGauge(terms);
            case NULL_VAL, SBE_UNKNOWN -> throw new IllegalArgumentException("cause=" + key.cause());
        };
        legs = key::covers;
        termsHash = termsHash();
    }

    private long termsHash()
    {
        long hash = Xxh64.chain((long)key.scope().value() << 8 | key.cause().value(), key.scopedId());
        hash = Xxh64.chain(Xxh64.chain(hash, terms.threshold().mantissa()), terms.threshold().exponent());
        hash = Xxh64.chain(Xxh64.chain(hash, terms.windowFills()), terms.windowNs());
        return Xxh64.chain(Xxh64.chain(hash, terms.coolDownNs()),
            Arrays.hashCode(terms.currency().getBytes(StandardCharsets.UTF_8)));
    }

    public BreakerKey key()
    {
        return key;
    }

    public BreakerTerms terms()
    {
        return terms;
    }

    public BreakerState state()
    {
        return state;
    }

    /** Sequenced time at which it lets a probe out; null unless it is open. */
    public long untilNs()
    {
        return untilNs;
    }

    /** Times that it has opened. */
    public long openings()
    {
        return openings;
    }

    /** As it stands: a count, hundredths of a basis point, or 10^-8 of the currency; valid until the next call. */
    public Int128 value(final long nowNs)
    {
        return gauge.value(nowNs);
    }

    /** At which it opens, in the same unit. */
    public long threshold()
    {
        return gauge.threshold();
    }

    Gauge gauge()
    {
        return gauge;
    }

    /** The legs of its scope. */
    Predicate<Leg> legs()
    {
        return legs;
    }

    boolean is(final BreakerCause cause)
    {
        return key.cause() == cause;
    }

    /** Whether the outcome of a round trip decides about its probe. */
    boolean isAboutTrips()
    {
        return is(BreakerCause.CONSECUTIVE_LOSSES) || is(BreakerCause.DRAWDOWN);
    }

    /** Whether its probe is under way, or the round trip that the probe has opened. */
    public boolean isProbing()
    {
        return probe != NO_PROBE;
    }

    boolean isProbe(final Order order)
    {
        return probe == order.number();
    }

    /** Whether the probe has opened a position there, whose outcome decides. */
    boolean isProbeTrip(final Leg leg)
    {
        return isProbing() && probeFilled && leg.strategyId() == probeStrategyId
            && leg.slot().id() == probeInstrumentId;
    }

    void open(final long newUntilNs)
    {
        state = BreakerState.OPEN;
        untilNs = newUntilNs;
        openings++;
        releaseProbe();
    }

    void halfOpen()
    {
        state = BreakerState.HALF_OPEN;
        untilNs = Nulls.NULL_TIME_NS;
        if (is(BreakerCause.DRAWDOWN))
        {
            // Else what has opened it would open it at once again.
            gauge.clear();
        }
    }

    void close()
    {
        state = BreakerState.CLOSED;
        untilNs = Nulls.NULL_TIME_NS;
        gauge.clear();
        releaseProbe();
    }

    void probe(final Order order)
    {
        probe = order.number();
        probeStrategyId = order.strategyId();
        probeInstrumentId = order.instrumentId();
        probeFilled = false;
    }

    void probeFilled()
    {
        probeFilled = true;
    }

    boolean isProbeFilled()
    {
        return probeFilled;
    }

    /** The probe has said nothing: another may. */
    void releaseProbe()
    {
        probe = NO_PROBE;
        probeStrategyId = 0;
        probeInstrumentId = 0;
        probeFilled = false;
    }

    /** It has other terms from now on, and has counted nothing by them. */
    Breaker with(final BreakerTerms newTerms)
    {
        final Breaker changed = new Breaker(key, newTerms);
        changed.state = state;
        changed.untilNs = untilNs;
        changed.probe = probe;
        changed.probeStrategyId = probeStrategyId;
        changed.probeInstrumentId = probeInstrumentId;
        changed.probeFilled = probeFilled;
        changed.openings = openings;
        return changed;
    }

    void save(final BreakerSectionEncoder section)
    {
        section.scope(key.scope()).cause(key.cause()).state(state).scopedId(key.scopedId())
            .windowFills(terms.windowFills()).windowNs(terms.windowNs()).coolDownNs(terms.coolDownNs())
            .untilNs(untilNs).probe(probe).probeStrategyId(probeStrategyId).probeInstrumentId(probeInstrumentId)
            .probeFilled(probeFilled ? BooleanType.TRUE : BooleanType.FALSE).openings(openings);
        section.threshold().mantissa(terms.threshold().mantissa()).exponent((byte)terms.threshold().exponent());
        final BreakerSectionEncoder.CountedEncoder counted = section.countedCount(gauge.numbers());
        for (int i = 0; i < gauge.numbers(); i++)
        {
            counted.next().number(gauge.number(i));
        }
        section.currency(terms.currency());
    }

    void restore(final BreakerSectionDecoder section, final long[] numbers)
    {
        state = section.state();
        untilNs = section.untilNs();
        probe = section.probe();
        probeStrategyId = section.probeStrategyId();
        probeInstrumentId = section.probeInstrumentId();
        probeFilled = section.probeFilled() == BooleanType.TRUE;
        openings = section.openings();
        gauge.restore(numbers);
        final boolean isState = state != BreakerState.NULL_VAL && state != BreakerState.SBE_UNKNOWN;
        if (!isState || state == BreakerState.OPEN != (untilNs != Nulls.NULL_TIME_NS) ||
            isProbing() && state != BreakerState.HALF_OPEN)
        {
            throw new IllegalArgumentException("no state of a breaker: state=" + section.state() + " untilNs=" +
                untilNs + " probe=" + probe);
        }
    }

    long stateHash()
    {
        long hash = Xxh64.chain(Xxh64.chain(termsHash, state.value()), untilNs);
        hash = Xxh64.chain(Xxh64.chain(hash, probe), (long)probeStrategyId << 32 | probeInstrumentId);
        return Xxh64.chain(Xxh64.chain(hash, openings << 1 | (probeFilled ? 1 : 0)), gauge.stateHash());
    }
}
