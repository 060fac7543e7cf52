package io.lockstep.sequencer.node;

import io.lockstep.codecs.Instrument;
import io.lockstep.core.TradingCore;
import org.agrona.collections.Object2IntHashMap;

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
