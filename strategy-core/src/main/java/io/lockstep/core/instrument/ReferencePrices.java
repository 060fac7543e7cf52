package io.lockstep.core.instrument;

import io.lockstep.codecs.Xxh64;
import io.lockstep.core.market.ReferencePrice;
import io.lockstep.core.snapshot.SectionWriter;
import io.lockstep.core.snapshot.StateTable;
import io.lockstep.sbe.ReferencePriceSectionDecoder;
import io.lockstep.sbe.ReferencePriceSectionEncoder;

/**
 * Saves, restores and hashes the reference prices of the instruments that have one; most have none. One thread.
 */
public final class ReferencePrices implements StateTable<ReferencePriceSectionDecoder>
{
    private final Slots slots;

    public ReferencePrices(final Slots slots)
    {
        this.slots = slots;
    }

    private ReferencePrice get(final int instrumentId)
    {
        return slots.get(instrumentId).market().reference();
    }

    @Override
    public int sectionCount()
    {
        int count = 0;
        for (int id = 0; id < slots.count(); id++)
        {
            count += get(id).isKnown() ? 1 : 0;
        }
        return count;
    }

    @Override
    public void save(final SectionWriter writer)
    {
        for (int id = 0; id < slots.count(); id++)
        {
            if (get(id).isKnown())
            {
                get(id).save(writer.begin(new ReferencePriceSectionEncoder()).instrumentId(id));
                writer.end();
            }
        }
    }

    @Override
    public int templateId()
    {
        return ReferencePriceSectionDecoder.TEMPLATE_ID;
    }

    @Override
    public ReferencePriceSectionDecoder newDecoder()
    {
        return new ReferencePriceSectionDecoder();
    }

    @Override
    public void restore(final ReferencePriceSectionDecoder section)
    {
        final int instrumentId = section.instrumentId();
        if (instrumentId < 0 || instrumentId >= slots.count() || get(instrumentId).isKnown())
        {
            throw new IllegalArgumentException("instrumentId=" + instrumentId);
        }
        get(instrumentId).restore(section);
    }

    @Override
    public long stateHash()
    {
        long hash = 0;
        for (int id = 0; id < slots.count(); id++)
        {
            if (get(id).isKnown())
            {
                hash = Xxh64.chain(Xxh64.chain(hash, id), get(id).stateHash());
            }
        }
        return hash;
    }
}
