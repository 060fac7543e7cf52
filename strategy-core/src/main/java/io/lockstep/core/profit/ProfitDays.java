package io.lockstep.core.profit;

import io.lockstep.codecs.Xxh64;
import io.lockstep.core.calendar.Calendars;
import io.lockstep.core.decision.DecisionWriter;
import io.lockstep.core.instance.Leg;
import io.lockstep.core.instrument.InstrumentSlot;
import io.lockstep.core.instrument.Slots;
import io.lockstep.core.snapshot.SectionWriter;
import io.lockstep.core.snapshot.StateTable;
import io.lockstep.sbe.ProfitDaySectionDecoder;
import io.lockstep.sbe.ProfitDaySectionEncoder;

/**
 * Keeps what each leg has made up to date, by the trading days of its instrument's calendar, and tells of round trips that end. One thread;
 * no allocation but in {@link #save} and {@link #restore}.
 */
public final class ProfitDays implements StateTable<ProfitDaySectionDecoder>
{
    private final Slots slots;
    private final Calendars calendars;
    private final DecisionWriter decisions;
    private final TripListener trips;

    /**
     * @param decisions know the sequenced time of the input.
     */
    public ProfitDays(
        final Slots slots, final Calendars calendars, final DecisionWriter decisions, final TripListener trips)
    {
        this.slots = slots;
        this.calendars = calendars;
        this.decisions = decisions;
        this.trips = trips;
    }

    /** The trading day that it is for the instrument. */
    public long tradingDay(final InstrumentSlot slot)
    {
        return calendars.ofInstrument(slot.id()).tradingDay(decisions.nowNs());
    }

    /** The position of the leg has perhaps changed. */
    public void onChanged(final Leg leg)
    {
        if (leg.profit().onChanged(leg.position(), tradingDay(leg.slot())))
        {
            trips.onTripEnded(leg, leg.profit().tripResult());
        }
    }

    /** The leg is taken out; nobody's has taken over its position. */
    public void onTakenOut(final Leg leg, final Leg nobodys)
    {
        nobodys.profit().absorb(leg.profit(), tradingDay(leg.slot()));
    }

    @Override
    public int sectionCount()
    {
        int count = 0;
        for (int id = 0; id < slots.count(); id++)
        {
            for (int i = 0; i < slots.get(id).legCount(); i++)
            {
                count += slots.get(id).leg(i).profit().isUsed() ? 1 : 0;
            }
        }
        return count;
    }

    @Override
    public void save(final SectionWriter writer)
    {
        for (int id = 0; id < slots.count(); id++)
        {
            for (int i = 0; i < slots.get(id).legCount(); i++)
            {
                save(slots.get(id).leg(i), writer);
            }
        }
    }

    private static void save(final Leg leg, final SectionWriter writer)
    {
        if (leg.profit().isUsed())
        {
            leg.profit().save(writer.begin(new ProfitDaySectionEncoder()).strategyId(leg.strategyId())
                .instrumentId(leg.slot().id()));
            writer.end();
        }
    }

    @Override
    public int templateId()
    {
        return ProfitDaySectionDecoder.TEMPLATE_ID;
    }

    @Override
    public ProfitDaySectionDecoder newDecoder()
    {
        return new ProfitDaySectionDecoder();
    }

    @Override
    public void restore(final ProfitDaySectionDecoder section)
    {
        final int id = section.instrumentId();
        final Leg leg = id >= 0 && id < slots.count() ? slots.get(id).legOf(section.strategyId()) : null;
        if (leg == null)
        {
            throw new IllegalArgumentException(
                "profit of no leg: strategyId=" + section.strategyId() + " instrumentId=" + id);
        }
        leg.profit().restore(section);
    }

    @Override
    public long stateHash()
    {
        long hash = 0;
        for (int id = 0; id < slots.count(); id++)
        {
            final InstrumentSlot slot = slots.get(id);
            for (int i = 0; i < slot.legCount(); i++)
            {
                final long ofLeg = slot.leg(i).profit().stateHash();
                hash = ofLeg == 0 ? hash : Xxh64.chain(Xxh64.chain(hash, id), ofLeg);
            }
        }
        return hash;
    }
}
