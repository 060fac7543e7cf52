package io.lockstep.tools.simulation;

import io.lockstep.sbe.RecordKind;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sequencer.journal.Journal;
import io.lockstep.sequencer.journal.JournalReader;
import io.lockstep.sequencer.journal.RecordBatch;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.ArrayList;
import java.util.List;

/**
 * A journal in memory: documents by incarnation. A document is there whole or not at all, as the real one's is; what else a
 * disk does to a journal, this does when it is told to.
 */
final class SimulatedDisk
{
    private final List<List<byte[]>> incarnations = new ArrayList<>();
    private final FaultPlan plan;
    private final Plant plant;
    private final Trace trace;
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private JournalAudit audit;
    private final boolean syncs;
    private long appended;
    /** Documents of the newest incarnation that even a loss of power leaves. */
    private int written;
    private int appendsUntilFull = Integer.MAX_VALUE;

    /**
     * @param syncs whether the journal is written through before anything leaves.
     */
    SimulatedDisk(final FaultPlan plan, final Plant plant, final Trace trace, final boolean syncs)
    {
        this.syncs = syncs;
        this.plan = plan;
        this.plant = plant;
        this.trace = trace;
        this.audit = new JournalAudit(new LimitAudit());
    }

    /** What the journal as it is now says. */
    JournalAudit audit()
    {
        return audit;
    }

    int incarnationCount()
    {
        return incarnations.size();
    }

    /** Begins an incarnation. */
    Journal open()
    {
        final List<byte[]> documents = new ArrayList<>();
        incarnations.add(documents);
        written = 0;
        return new Journal()
        {
            @Override
            public void append(final RecordBatch batch)
            {
                SimulatedDisk.this.append(documents, batch);
            }

            @Override
            public void sync()
            {
                written = syncs ? documents.size() : written;
            }

            @Override
            public void close()
            {
            }
        };
    }

    private void append(final List<byte[]> documents, final RecordBatch batch)
    {
        final boolean ofInputs = RecordDescriptor.kind(batch.buffer(), 0) == RecordKind.INPUT.value();
        // Killed in here, the document is torn: its mark of completeness is written last, so there is none.
        plan.at(ofInputs ? CrashPoint.BEFORE_JOURNAL_INPUT : CrashPoint.BEFORE_JOURNAL_DECISION);
        if (appendsUntilFull-- <= 0)
        {
            throw new DiskFullException();
        }
        final byte[] document = new byte[batch.length()];
        batch.buffer().getBytes(0, document);
        if (plant.keeps(++appended))
        {
            documents.add(document);
        }
        view.wrap(document);
        audit.onDocument(view, document.length);
        trace.bytes(RecordDescriptor.checksum(view, 0));
        plan.at(ofInputs ? CrashPoint.AFTER_JOURNAL_INPUT : CrashPoint.AFTER_JOURNAL_DECISION);
    }

    /** So many more appends, then there is no space. */
    void fillUpAfter(final int appends)
    {
        appendsUntilFull = appends;
    }

    void makeSpace()
    {
        appendsUntilFull = Integer.MAX_VALUE;
    }

    /**
     * The machine has lost its power: up to so many of the newest incarnation's documents were not written through.
     *
     * @return whether the journal has lost what the node may have acknowledged.
     */
    boolean loseNewest(final int documents)
    {
        if (incarnations.isEmpty())
        {
            return false;
        }
        final List<byte[]> newest = incarnations.get(incarnations.size() - 1);
        final int kept = Math.max(written, newest.size() - documents);
        newest.subList(kept, newest.size()).clear();
        final JournalAudit before = audit;
        audit = new JournalAudit(new LimitAudit());
        audit.forget(before);
        for (final List<byte[]> incarnation : incarnations)
        {
            for (final byte[] document : incarnation)
            {
                view.wrap(document);
                audit.onDocument(view, document.length);
            }
        }
        return !syncs && audit.sequence() < before.sequence();
    }

    /** No space left. */
    static final class DiskFullException extends IllegalStateException
    {
        private static final long serialVersionUID = 1L;

        DiskFullException()
        {
            super("no space left on the simulated disk");
        }
    }

    /** Reads what is there; each call from the start. */
    JournalReader reader(final boolean mayCrash)
    {
        return new JournalReader(new SimulatedStore(incarnations, mayCrash ? plan : null));
    }
}
