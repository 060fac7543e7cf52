package io.lockstep.core.execution;

import io.lockstep.codecs.Xxh64;
import io.lockstep.core.snapshot.SectionWriter;
import io.lockstep.core.snapshot.StateTable;
import io.lockstep.sbe.CorrectionSectionDecoder;
import io.lockstep.sbe.CorrectionSectionEncoder;

/** How often venues have corrected what they had reported. Allocates when it is saved. */
public final class CorrectionCounts implements StateTable<CorrectionSectionDecoder>
{
    private long corrections;
    private long refused;
    private long restatements;

    /** Executions that were corrected or taken back; position and cash have followed. */
    public long corrections()
    {
        return corrections;
    }

    /** Corrections without price or quantity, or of more than can be counted; they had no other effect. */
    public long refused()
    {
        return refused;
    }

    /** Open orders that a venue has changed unasked. */
    public long restatements()
    {
        return restatements;
    }

    void corrected()
    {
        corrections++;
    }

    void refuse()
    {
        refused++;
    }

    void restated()
    {
        restatements++;
    }

    private boolean isEmpty()
    {
        return (corrections | refused | restatements) == 0;
    }

    @Override
    public int sectionCount()
    {
        return isEmpty() ? 0 : 1;
    }

    @Override
    public void save(final SectionWriter writer)
    {
        if (!isEmpty())
        {
            writer.begin(new CorrectionSectionEncoder()).corrections(corrections).refusedCorrections(refused)
                .restatements(restatements);
            writer.end();
        }
    }

    @Override
    public int templateId()
    {
        return CorrectionSectionDecoder.TEMPLATE_ID;
    }

    @Override
    public CorrectionSectionDecoder newDecoder()
    {
        return new CorrectionSectionDecoder();
    }

    @Override
    public void restore(final CorrectionSectionDecoder section)
    {
        corrections = section.corrections();
        refused = section.refusedCorrections();
        restatements = section.restatements();
    }

    @Override
    public long stateHash()
    {
        return isEmpty() ? 0 : Xxh64.chain(Xxh64.chain(corrections, refused), restatements);
    }
}
