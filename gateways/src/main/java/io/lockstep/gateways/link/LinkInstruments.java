package io.lockstep.gateways.link;

import io.lockstep.codecs.Instrument;
import io.lockstep.sbe.InstrumentDefinitionDecoder;
import org.agrona.collections.Object2ObjectHashMap;

/**
 * The instruments as the node has defined them, and whether all of them were heard.
 */
final class LinkInstruments
{
    private final Object2ObjectHashMap<String, Instrument> instrumentByName = new Object2ObjectHashMap<>();
    private int heard;
    private boolean complete;

    /** Another incarnation of the node, or another stream of it: what was heard may be out of date. */
    void begin()
    {
        heard = 0;
        complete = false;
    }

    /** Takes a definition; returns the instrument where it is new or has changed, else null. */
    Instrument take(final InstrumentDefinitionDecoder definition)
    {
        final Instrument instrument = Instrument.decode(definition);
        // The node sends them in the order of their ids; one that is missing makes it send all again.
        heard += instrument.id() == heard ? 1 : 0;
        return instrument.equals(instrumentByName.put(instrument.name(), instrument)) ? null : instrument;
    }

    /** Returns whether all were heard of the so many that the node has sent. */
    boolean complete(final int sent)
    {
        complete |= heard >= sent;
        return complete;
    }

    /** Whether all were heard, and none need be sent again. */
    boolean isComplete()
    {
        return complete;
    }

    /** Null for one that was not heard of. */
    Instrument get(final String name)
    {
        return instrumentByName.get(name);
    }

    /** The currency that all are quoted in; empty where there are several, or none. */
    String quoteCurrency()
    {
        String currency = "";
        for (final Instrument instrument : instrumentByName.values())
        {
            if (!currency.isEmpty() && !currency.equals(instrument.quoteCurrency()))
            {
                return "";
            }
            currency = instrument.quoteCurrency();
        }
        return currency;
    }
}
