package io.lockstep.sequencer.apply;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.InstrumentSettings;
import io.lockstep.sbe.InstrumentDefinitionEncoder;
import io.lockstep.sequencer.config.ConfigurationException;
import io.lockstep.sequencer.config.ConfiguredInstrument;
import io.lockstep.sequencer.config.NodeContext;

import java.util.function.ToIntFunction;

/**
 * New instruments, and other settings of known ones.
 */
final class InstrumentChanges
{
    private final NodeContext context;
    private final RunningConfiguration running;
    private final InstrumentIds ids;
    private final ToIntFunction<String> venueIds;
    private final ChangeList changes;

    /**
     * @param ids      takes the new instruments.
     * @param venueIds by the name of an instrument's venue.
     */
    InstrumentChanges(
        final NodeContext context,
        final RunningConfiguration running,
        final InstrumentIds ids,
        final ToIntFunction<String> venueIds,
        final ChangeList changes)
    {
        this.context = context;
        this.running = running;
        this.ids = ids;
        this.venueIds = venueIds;
        this.changes = changes;
    }

    /**
     * @throws ConfigurationException when a known instrument is configured with other terms.
     */
    void add()
    {
        for (final ConfiguredInstrument configured : context.instruments())
        {
            final Instrument instrument = withVenue(ids.assign(configured.instrument()));
            final Instrument before = isKnown(instrument) ? running.instrument(instrument.id()) : null;
            requireSameTerms(instrument, before);
            if (!instrument.equals(before))
            {
                define(instrument, before);
            }
        }
    }

    private boolean isKnown(final Instrument instrument)
    {
        return instrument.id() < running.instrumentCount();
    }

    /** Where no venues are listed, the orders of a known instrument go where they went. */
    private Instrument withVenue(final Instrument instrument)
    {
        final int venueId = context.venues().isEmpty() && isKnown(instrument)
            ? running.instrument(instrument.id()).settings().orderVenueId()
            : venueIds.applyAsInt(instrument.venue());
        return instrument.withSettings(new InstrumentSettings(
            venueId, instrument.settings().lockedIsCrossed(), instrument.settings().crossedHealNs()));
    }

    /** Its terms are what an instrument's orders, books and cash are counted in; a journal that knows others cannot go on with these. */
    private static void requireSameTerms(final Instrument instrument, final Instrument before)
    {
        if (before != null && !instrument.canFollow(before))
        {
            throw new ConfigurationException("instruments: name=" + instrument.name() +
                ": expected the terms that the journal has, " + before + ", found " + instrument +
                "; other terms, or another venue for its orders, need another symbol or a new directory");
        }
    }

    private void define(final Instrument instrument, final Instrument before)
    {
        final InstrumentDefinitionEncoder definition = new InstrumentDefinitionEncoder();
        instrument.encode(definition.wrapAndApplyHeader(changes.buffer(), 0, changes.header()));
        changes.add(ConfigurationChange.Kind.INSTRUMENT, instrument.name(), before == null ? null : text(before),
            text(instrument), definition);
    }

    private static String text(final Instrument instrument)
    {
        final InstrumentSettings settings = instrument.settings();
        return "order tick " + instrument.tick().text(instrument.orderTicks()) + ", order lot " +
            instrument.lot().text(instrument.orderLots()) + ", venue " + settings.orderVenueId() +
            ", lockedIsCrossed " + settings.lockedIsCrossed() + ", crossedHeal " +
            (settings.crossedHealNs() == InstrumentSettings.NEVER ? "never" : settings.crossedHealNs() + "ns");
    }
}
