package io.lockstep.cli.output;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Int128;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.text.Times;
import io.lockstep.core.TradingCore;
import io.lockstep.core.breaker.Breaker;
import io.lockstep.core.instance.Leg;
import io.lockstep.core.instrument.InstrumentSlot;
import io.lockstep.sbe.BreakerCause;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Circuit breakers, and what each strategy's instance has made in its trading day on each instrument.
 */
public final class RailsPicture
{
    private static final int SLIPPAGE_SCALE = 2;
    private static final int AMOUNT_SCALE = 8;

    private final TradingCore core;
    private final long nowNs;

    /**
     * @param nowNs sequenced time of the newest input.
     */
    public RailsPicture(final TradingCore core, final long nowNs)
    {
        this.core = core;
        this.nowNs = nowNs;
    }

    /** Under the keys {@code breakers} and {@code results} of a JSON object. */
    public void putInto(final Map<String, Object> values)
    {
        values.put("breakers", breakers());
        values.put("results", results());
    }

    private List<Map<String, Object>> breakers()
    {
        final List<Map<String, Object>> breakers = new ArrayList<>();
        for (int i = 0; i < core.breakers().count(); i++)
        {
            breakers.add(breaker(core.breakers().get(i)));
        }
        return breakers;
    }

    private Map<String, Object> breaker(final Breaker breaker)
    {
        final Map<String, Object> values = new LinkedHashMap<>();
        values.put("scope", lower(breaker.key().scope()));
        values.put("of", of(breaker));
        values.put("cause", lower(breaker.key().cause()));
        values.put("state", breaker.state().name());
        values.put("value", decimal(breaker, breaker.value(nowNs)));
        values.put("threshold", breaker.terms().threshold().toString());
        values.put("currency", breaker.terms().currency());
        values.put("until", breaker.untilNs() == Nulls.NULL_TIME_NS ? "" : Times.iso(breaker.untilNs()));
        values.put("probing", breaker.isProbing());
        values.put("openings", breaker.openings());
        return values;
    }

    private String of(final Breaker breaker)
    {
        final int id = breaker.key().scopedId();
        return switch (breaker.key().scope())
        {
            case STRATEGY ->
                core.instances().find(id).isPresent() ? core.instances().find(id).name() : "strategy " + id;
            case INSTRUMENT -> core.instrument(id).name();
            case VENUE -> core.venue(id).name();
            default -> "";
        };
    }

    private static String decimal(final Breaker breaker, final Int128 value)
    {
        final BreakerCause cause = breaker.key().cause();
        final int scale = cause == BreakerCause.SLIPPAGE
            ? SLIPPAGE_SCALE
            : cause == BreakerCause.DRAWDOWN ? AMOUNT_SCALE : 0;
        return new BigDecimal(value.toBigInteger(), scale).toPlainString();
    }

    private static String lower(final Enum<?> constant)
    {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Of those that have traded. */
    private List<Map<String, Object>> results()
    {
        final List<Map<String, Object>> results = new ArrayList<>();
        for (int id = 0; id < core.instrumentCount(); id++)
        {
            final InstrumentSlot slot = core.slot(id);
            for (int i = 0; i < slot.legCount(); i++)
            {
                if (slot.leg(i).position().fills() > 0)
                {
                    results.add(result(slot.leg(i)));
                }
            }
        }
        return results;
    }

    private Map<String, Object> result(final Leg leg)
    {
        final Instrument instrument = leg.slot().instrument();
        final long day = core.calendars().ofInstrument(instrument.id()).tradingDay(nowNs);
        final Map<String, Object> values = new LinkedHashMap<>();
        values.put("strategy", leg.instance().name());
        values.put("instrument", instrument.name());
        values.put("day", cash(instrument, leg.profit().ofDay(day, new MutableInt128())));
        values.put("total", cash(instrument, leg.profit().total()));
        values.put("currency", instrument.settlementCurrency());
        values.put("trips", leg.profit().trips());
        values.put("lossesInRow", leg.profit().lossesInRow());
        return values;
    }

    private static String cash(final Instrument instrument, final Int128 units)
    {
        return new BigDecimal(units.toBigInteger(), -instrument.cashExponent()).toPlainString();
    }
}
