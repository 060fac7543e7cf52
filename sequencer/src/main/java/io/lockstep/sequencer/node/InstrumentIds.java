package io.lockstep.sequencer.node;

import io.lockstep.codecs.Instrument;
import io.lockstep.core.TradingCore;
import io.lockstep.sbe.LimitType;
import io.lockstep.sequencer.config.Allocation;
import io.lockstep.sequencer.config.ConfigurationException;
import io.lockstep.sequencer.config.ConfiguredInstrument;
import io.lockstep.sequencer.config.Limit;
import io.lockstep.sequencer.config.NodeContext;
import org.agrona.collections.Object2IntHashMap;

import java.util.List;

/**
 * Ids by instrument name: those the journal has defined, and the next for new ones. An id is never given twice.
 */
final class InstrumentIds
{
    private static final int UNKNOWN = -1;

    private final Object2IntHashMap<String> idByName = new Object2IntHashMap<>(UNKNOWN);
    private final TradingCore core;
    private int nextId;

    InstrumentIds(final TradingCore core)
    {
        this.core = core;
        for (nextId = 0; nextId < core.instrumentCount(); nextId++)
        {
            idByName.put(core.instrument(nextId).name(), nextId);
        }
    }

    /**
     * An instrument's terms are what its orders, books and cash are counted in; a journal that knows it with others cannot go on
     * with these.
     *
     * @throws ConfigurationException when a known instrument is configured with other terms.
     */
    static void requireSameTerms(final TradingCore core, final List<ConfiguredInstrument> instruments)
    {
        final InstrumentIds ids = new InstrumentIds(core);
        for (final ConfiguredInstrument configured : instruments)
        {
            final int id = ids.id(configured.instrument().name());
            if (id != UNKNOWN && !core.instrument(id).equals(ids.known(configured.instrument(), id)))
            {
                throw new ConfigurationException("instruments: name=" + configured.instrument().name() +
                    ": expected the terms that the journal has, " + core.instrument(id) + ", found " +
                    ids.known(configured.instrument(), id) + "; other terms need another symbol or a new directory");
            }
        }
    }

    /**
     * A limit over all instruments adds up their values, those of instruments that are configured no more included.
     *
     * @throws ConfigurationException when there is such a limit, and an instrument of the journal has another quote currency.
     */
    static void requireOneCurrency(final TradingCore core, final NodeContext context)
    {
        final boolean isLimited = context.limits().stream().map(Limit::type).anyMatch(InstrumentIds::isNotional) ||
            context.allocations().stream().map(Allocation::type).anyMatch(InstrumentIds::isNotional);
        if (!isLimited || context.instruments().isEmpty())
        {
            return;
        }
        final String currency = context.instruments().get(0).instrument().quoteCurrency();
        for (int id = 0; id < core.instrumentCount(); id++)
        {
            if (!core.instrument(id).quoteCurrency().equals(currency))
            {
                throw new ConfigurationException("limits: " + Limit.name(LimitType.MAX_TOTAL_NOTIONAL) +
                    ": expected instruments of one quote currency, " + currency + ", but the journal has " +
                    core.instrument(id));
            }
        }
    }

    private static boolean isNotional(final LimitType type)
    {
        return type == LimitType.MAX_TOTAL_NOTIONAL;
    }

    /** As the journal has it: with its id, and in the unit of cash in which an earlier version may have begun to count. */
    private Instrument known(final Instrument instrument, final int id)
    {
        return instrument.withId(id).withCashExponent(core.instrument(id).cashExponent());
    }

    Instrument assign(final Instrument instrument)
    {
        int id = idByName.getValue(instrument.name());
        if (id == UNKNOWN)
        {
            id = nextId++;
            idByName.put(instrument.name(), id);
        }
        return id < core.instrumentCount() ? known(instrument, id) : instrument.withId(id);
    }

    int id(final String name)
    {
        return idByName.getValue(name);
    }
}
