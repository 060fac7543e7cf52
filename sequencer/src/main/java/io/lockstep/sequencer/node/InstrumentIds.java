package io.lockstep.sequencer.node;

import io.lockstep.codecs.Instrument;
import io.lockstep.core.TradingCore;
import io.lockstep.sequencer.config.ConfigurationException;
import io.lockstep.sequencer.config.ConfiguredInstrument;
import org.agrona.collections.Object2IntHashMap;

import java.util.List;

/**
 * Ids by instrument name: those the journal has defined, and the next for new ones. An id is never given twice.
 */
final class InstrumentIds
{
    private static final int UNKNOWN = -1;

    private final Object2IntHashMap<String> idByName = new Object2IntHashMap<>(UNKNOWN);
    private int nextId;

    InstrumentIds(final TradingCore core)
    {
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
            if (id != UNKNOWN && !core.instrument(id).equals(configured.instrument().withId(id)))
            {
                throw new ConfigurationException("instruments: name=" + configured.instrument().name() +
                    ": expected the terms that the journal has, " + core.instrument(id) + ", found " +
                    configured.instrument().withId(id) + "; other terms need another symbol or a new directory");
            }
        }
    }

    Instrument assign(final Instrument instrument)
    {
        int id = idByName.getValue(instrument.name());
        if (id == UNKNOWN)
        {
            id = nextId++;
            idByName.put(instrument.name(), id);
        }
        return instrument.withId(id);
    }

    int id(final String name)
    {
        return idByName.getValue(name);
    }
}
