package io.lockstep.core.command;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.account.ConversionRates;
import io.lockstep.core.decision.DecisionWriter;
import io.lockstep.core.instrument.InstrumentSlot;
import io.lockstep.core.instrument.Slots;
import io.lockstep.core.risk.CommonLimits;
import io.lockstep.core.risk.TotalLimits;
import io.lockstep.core.venue.Venue;
import io.lockstep.core.venue.Venues;
import io.lockstep.sbe.CommandReason;
import io.lockstep.sbe.InstrumentDefinitionDecoder;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.RateDefinitionDecoder;
import io.lockstep.sbe.SourceDefinitionDecoder;
import io.lockstep.sbe.VenueDefinitionDecoder;
import org.agrona.DirectBuffer;

/**
 * What there is: venues, sources and their roles, instruments, and the rates between currencies. Each is answered by a CommandResult. Allocates, for it is seldom.
 */
public final class DefinitionInputs
{
    public static final int BOOK_LEVELS_MAX = 16_384;
    public static final int INSTRUMENTS_MAX = 65_536;

    private final Slots slots;
    private final Venues venues;
    private final SourceRoles roles;
    private final ConversionRates rates;
    private final CommonLimits commonLimits;
    private final TotalLimits totalLimits;
    private final DecisionWriter decisions;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final InstrumentDefinitionDecoder instrumentDefinition = new InstrumentDefinitionDecoder();
    private final RateDefinitionDecoder rateDefinition = new RateDefinitionDecoder();
    private final VenueDefinitionDecoder venueDefinition = new VenueDefinitionDecoder();
    private final SourceDefinitionDecoder sourceDefinition = new SourceDefinitionDecoder();

    public DefinitionInputs(
        final Slots slots,
        final Venues venues,
        final SourceRoles roles,
        final ConversionRates rates,
        final CommonLimits commonLimits,
        final TotalLimits totalLimits,
        final DecisionWriter decisions)
    {
        this.slots = slots;
        this.venues = venues;
        this.roles = roles;
        this.rates = rates;
        this.commonLimits = commonLimits;
        this.totalLimits = totalLimits;
        this.decisions = decisions;
    }

    public void onVenueDefinition(final DirectBuffer buffer, final int offset)
    {
        venueDefinition.wrapAndApplyHeader(buffer, offset, header);
        decisions.commandResult(
            venues.define(venueDefinition), VenueDefinitionDecoder.TEMPLATE_ID, Nulls.NULL_INSTRUMENT_ID);
    }

    public void onSourceDefinition(final DirectBuffer buffer, final int offset)
    {
        sourceDefinition.wrapAndApplyHeader(buffer, offset, header);
        decisions.commandResult(
            roles.define(sourceDefinition), SourceDefinitionDecoder.TEMPLATE_ID, Nulls.NULL_INSTRUMENT_ID);
    }

    public void onRateDefinition(final DirectBuffer buffer, final int offset)
    {
        rateDefinition.wrapAndApplyHeader(buffer, offset, header);
        final int instrumentId = rateDefinition.instrumentId();
        decisions.commandResult(define(rateDefinition), RateDefinitionDecoder.TEMPLATE_ID, instrumentId);
    }

    private CommandReason define(final RateDefinitionDecoder rate)
    {
        final int instrumentId = rate.instrumentId();
        final long ageMaxNs = rate.maxAgeNs();
        final String asset = rate.asset();
        final String currency = rate.currency();
        return instrumentId == RateDefinitionDecoder.instrumentIdNullValue()
            ? rates.remove(asset, currency)
            : rates.define(instrumentId, asset, currency, ageMaxNs);
    }

    public void onInstrumentDefinition(final DirectBuffer buffer, final int offset)
    {
        instrumentDefinition.wrapAndApplyHeader(buffer, offset, header);
        final int instrumentId = instrumentDefinition.instrumentId();
        CommandReason reason;
        try
        {
            reason = define(Instrument.decode(instrumentDefinition));
        }
        catch (final IllegalArgumentException ex)
        {
            reason = CommandReason.INVALID_VALUE;
        }
        decisions.commandResult(reason, InstrumentDefinitionDecoder.TEMPLATE_ID, instrumentId);
    }

    private CommandReason define(final Instrument instrument)
    {
        if (instrument.id() >= INSTRUMENTS_MAX)
        {
            return CommandReason.CAPACITY;
        }
        if (instrument.id() >= 0 && instrument.id() < slots.count())
        {
            return redefine(slots.touch(instrument.id()), instrument);
        }
        if (instrument.id() != slots.count())
        {
            return CommandReason.UNKNOWN_INSTRUMENT;
        }
        if (venueOf(instrument) == null)
        {
            return CommandReason.UNKNOWN_VENUE;
        }
        if (totalLimits.isSet(LimitType.MAX_TOTAL_NOTIONAL) && slots.count() > 0 &&
            !slots.get(0).instrument().quoteCurrency().equals(instrument.quoteCurrency()))
        {
            return CommandReason.INVALID_VALUE;
        }
        final InstrumentSlot slot = newSlot(instrument);
        commonLimits.applyTo(slot.risk());
        slots.add(slot);
        return CommandReason.ACCEPTED;
    }

    private static CommandReason redefine(final InstrumentSlot slot, final Instrument instrument)
    {
        if (slot.instrument().equals(instrument))
        {
            return CommandReason.NO_CHANGE;
        }
        if (!instrument.canFollow(slot.instrument()))
        {
            return CommandReason.INSTRUMENT_REDEFINED;
        }
        slot.redefine(instrument);
        slot.venue().holdings().define(instrument);
        return CommandReason.ACCEPTED;
    }

    private Venue venueOf(final Instrument instrument)
    {
        return venues.find(instrument.settings().orderVenueId());
    }

    /**
     * An instrument that is not among the slots yet.
     *
     * @throws IllegalArgumentException when its venue is not known, or the venue's account has no room for its currencies.
     */
    public InstrumentSlot newSlot(final Instrument instrument)
    {
        final Venue venue = venueOf(instrument);
        if (venue == null)
        {
            throw new IllegalArgumentException(
                "an unknown venue: orderVenueId=" + instrument.settings().orderVenueId());
        }
        venue.holdings().define(instrument);
        return new InstrumentSlot(instrument, BOOK_LEVELS_MAX, totalLimits, venue);
    }
}
