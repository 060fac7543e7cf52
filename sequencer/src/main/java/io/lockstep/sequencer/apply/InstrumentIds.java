package io.lockstep.sequencer.apply;

import io.lockstep.codecs.Instrument;
import io.lockstep.sbe.LimitType;
import io.lockstep.sequencer.config.Allocation;
import io.lockstep.sequencer.config.ConfigurationException;
import io.lockstep.sequencer.config.Limit;
import io.lockstep.sequencer.config.NodeContext;
import org.agrona.collections.Object2IntHashMap;

import java.util.ArrayList;
import java.util.List;

/**
 * Ids by instrument name: those the journal has defined, and the next for new ones. An id is never given twice.
 */
public final class InstrumentIds
{
    private static final int UNKNOWN = -1;

    private final Object2IntHashMap<String> idByName = new Object2IntHashMap<>(UNKNOWN);
    private final RunningConfiguration running;
    private final List<String> names = new ArrayList<>();

    public InstrumentIds(final RunningConfiguration running)
    {
        this.running = running;
        for (int id = 0; id < running.instrumentCount(); id++)
        {
            add(running.instrument(id).name());
        }
    }

    private int add(final String name)
    {
        names.add(name);
        idByName.put(name, names.size() - 1);
        return names.size() - 1;
    }

    /**
     * A limit over all instruments adds up their values, those of instruments that are configured no more included.
     *
     * @throws ConfigurationException when there is such a limit, and an instrument of the journal has another quote currency.
     */
    public static void requireOneCurrency(final RunningConfiguration running, final NodeContext context)
    {
        final boolean isLimited = context.limits().stream().map(Limit::type).anyMatch(InstrumentIds::isNotional) ||
            context.allocations().stream().map(Allocation::type).anyMatch(InstrumentIds::isNotional);
        if (!isLimited || context.instruments().isEmpty())
        {
            return;
        }
        final String currency = context.instruments().get(0).instrument().quoteCurrency();
        for (int id = 0; id < running.instrumentCount(); id++)
        {
            if (!running.instrument(id).quoteCurrency().equals(currency))
            {
                throw new ConfigurationException("limits: " + Limit.name(LimitType.MAX_TOTAL_NOTIONAL) +
                    ": expected instruments of one quote currency, " + currency + ", but the journal has " +
                    running.instrument(id));
            }
        }
    }

    private static boolean isNotional(final LimitType type)
    {
        return type == LimitType.MAX_TOTAL_NOTIONAL;
    }

    /** With the id that it has, or else the next; known ones in the unit of cash in which an earlier version may have begun to count. */
    public Instrument assign(final Instrument instrument)
    {
        final int known = id(instrument.name());
        return known == UNKNOWN
            ? instrument.withId(add(instrument.name()))
            : instrument.withId(known).withCashExponent(known < running.instrumentCount()
                ? running.instrument(known).cashExponent()
                : instrument.cashExponent());
    }

    /** Below 0 when there is none. */
    public int id(final String name)
    {
        return idByName.getValue(name);
    }

    /** Of an id that was given; the id itself where it was not. */
    String name(final int id)
    {
        return id >= 0 && id < names.size() ? names.get(id) : String.valueOf(id);
    }
}
