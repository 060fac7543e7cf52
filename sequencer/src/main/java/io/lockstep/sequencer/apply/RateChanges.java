package io.lockstep.sequencer.apply;

import io.lockstep.sbe.RateDefinitionEncoder;
import io.lockstep.sequencer.config.ConfigurationException;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.config.RateContext;

/**
 * The rates that make cash of other assets: those that are configured no more are taken out, then new and changed ones are defined.
 */
final class RateChanges
{
    private final NodeContext context;
    private final RunningConfiguration running;
    private final InstrumentIds ids;
    private final ChangeList changes;

    RateChanges(
        final NodeContext context,
        final RunningConfiguration running,
        final InstrumentIds ids,
        final ChangeList changes)
    {
        this.context = context;
        this.running = running;
        this.ids = ids;
        this.changes = changes;
    }

    /**
     * @throws ConfigurationException when the instrument of a rate is none of the node's.
     */
    void add()
    {
        for (final RateContext known : running.rates())
        {
            if (find(context.rates(), known) == null)
            {
                send(known, RateDefinitionEncoder.instrumentIdNullValue(), text(known), null);
            }
        }
        for (final RateContext rate : context.rates())
        {
            final RateContext before = find(running.rates(), rate);
            if (!rate.equals(before))
            {
                send(rate, idOf(rate), before == null ? null : text(before), text(rate));
            }
        }
    }

    private static RateContext find(final Iterable<RateContext> rates, final RateContext wanted)
    {
        for (final RateContext rate : rates)
        {
            if (rate.asset().equals(wanted.asset()) && rate.currency().equals(wanted.currency()))
            {
                return rate;
            }
        }
        return null;
    }

    private int idOf(final RateContext rate)
    {
        final int id = ids.id(rate.instrument());
        if (id < 0)
        {
            throw new ConfigurationException(
                "rates: instrument=" + rate.instrument() + ": expected an instrument of the " +
                    "node, whose mark is the rate of " + rate.pair());
        }
        return id;
    }

    private void send(final RateContext rate, final int instrumentId, final String before, final String after)
    {
        final RateDefinitionEncoder definition = new RateDefinitionEncoder();
        definition.wrapAndApplyHeader(changes.buffer(), 0, changes.header()).instrumentId(instrumentId)
            .maxAgeNs(rate.ageMaxNs()).asset(rate.asset()).currency(rate.currency());
        changes.add(ConfigurationChange.Kind.RATE, rate.pair(), before, after, definition);
    }

    private static String text(final RateContext rate)
    {
        return rate.instrument() + ", maxAge " + rate.ageMaxNs() + "ns";
    }
}
