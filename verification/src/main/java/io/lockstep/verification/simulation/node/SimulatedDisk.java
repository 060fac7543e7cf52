package io.lockstep.verification.simulation.node;

import io.lockstep.codecs.RecordBatch;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sequencer.journal.Journal;
import io.lockstep.sequencer.journal.JournalAlerts;
import io.lockstep.sequencer.journal.JournalException;
import io.lockstep.sequencer.journal.JournalReader;
import io.lockstep.sequencer.journal.JournalStore;
import io.lockstep.sequencer.journal.SegmentId;
import io.lockstep.verification.simulation.audit.JournalAudit;
import io.lockstep.verification.simulation.audit.SentMessages;
import io.lockstep.verification.simulation.market.PlantedLots;
import io.lockstep.verification.simulation.plant.Plant;
import io.lockstep.verification.simulation.seed.CrashPoint;
import io.lockstep.verification.simulation.seed.FaultPlan;
import io.lockstep.verification.simulation.seed.Trace;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A journal in memory: documents by segment. A document is there whole or not at all, as the real one's is; what else a disk
 * does to a journal, this does when it is told to. The snapshots are beside it.
 */
public final class SimulatedDisk implements JournalAlerts
{
    private static final long MIN_FREE_SPACE_BYTES = 1 << 20;

    private final NavigableMap<SegmentId, List<byte[]>> documentsBySegment = new TreeMap<>();
    private final SimulatedSnapshots snapshots;
    private final FaultPlan plan;
    private final Plant plant;
    private final Trace trace;
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private final SentMessages sent;
    private final List<PlantedLots> planted;
    private final boolean syncs;
    private JournalAudit audit;
    private long appended;
    /** Documents of the newest incarnation, and how many of them even a loss of power leaves. */
    private int documents;
    private int written;
    private int appendsUntilFull = Integer.MAX_VALUE;
    private boolean nearlyFull;
    private boolean rollDue;
    private boolean hasLost;

    /**
     * @param sent    by sources.
     * @param planted what venues report wrongly, by venue.
     * @param syncs   whether the journal is written through before anything leaves.
     */
    public SimulatedDisk(
        final FaultPlan plan,
        final Plant plant,
        final Trace trace,
        final SentMessages sent,
        final List<PlantedLots> planted,
        final boolean syncs)
    {
        this.sent = sent;
        this.syncs = syncs;
        this.planted = planted;
        audit = new JournalAudit(sent, planted, false);
        this.plan = plan;
        this.plant = plant;
        this.trace = trace;
        snapshots = new SimulatedSnapshots(plan, plant);
    }

    /** What the journal as it is now says. */
    public JournalAudit audit()
    {
        return audit;
    }

    public SimulatedSnapshots snapshots()
    {
        return snapshots;
    }

    public int incarnationCount()
    {
        return documentsBySegment.isEmpty() ? 0 : documentsBySegment.lastKey().incarnation();
    }

    /** Begins an incarnation. */
    Journal open(final int incarnation)
    {
        documentsBySegment.put(SegmentId.first(incarnation), new ArrayList<>());
        documents = 0;
        written = 0;
        rollDue = false;
        return new IncarnationJournal();
    }

    /** The real one's face. */
    private final class IncarnationJournal implements Journal
    {
        @Override
        public void append(final RecordBatch batch)
        {
            SimulatedDisk.this.append(batch);
        }

        @Override
        public void sync()
        {
            SimulatedDisk.this.sync();
        }

        @Override
        public boolean isSegmentDue(final int length, final long wallTimeNs)
        {
            return rollDue;
        }

        @Override
        public int startSegment()
        {
            rollDue = false;
            final SegmentId next = documentsBySegment.lastKey().next();
            documentsBySegment.put(next, new ArrayList<>());
            plan.at(CrashPoint.SEGMENT_STARTED);
            return next.segment();
        }

        @Override
        public void close()
        {
            // Nothing is held.
        }
    }

    /** What was appended so far is written through, where the journal is to be. */
    void sync()
    {
        written = syncs ? documents : written;
    }

    private void append(final RecordBatch batch)
    {
        final boolean ofInputs = RecordDescriptor.kind(batch.buffer(), 0) == RecordKind.INPUT.value();
        // Killed in here, the document is torn: its mark of completeness is written last, so there is none.
        plan.at(ofInputs ? CrashPoint.BEFORE_JOURNAL_INPUT : CrashPoint.BEFORE_JOURNAL_DECISION);
        if (appendsUntilFull-- <= 0)
        {
            throw new JournalException("no space left on the simulated disk");
        }
        final byte[] document = new byte[batch.length()];
        batch.buffer().getBytes(0, document);
        view.wrap(document);
        audit.onDocument(view, document.length);
        trace.bytes(RecordDescriptor.checksum(view, 0));
        if (plant.keeps(++appended, document))
        {
            documentsBySegment.lastEntry().getValue().add(document);
            documents++;
        }
        plan.at(ofInputs ? CrashPoint.AFTER_JOURNAL_INPUT : CrashPoint.AFTER_JOURNAL_DECISION);
    }

    /** The next document begins a segment. */
    public void roll()
    {
        rollDue = documents > 0;
    }

    /** So many more appends, then there is no space. */
    public void fillUpAfter(final int appends)
    {
        appendsUntilFull = appends;
    }

    public void nearlyFull(final boolean isNearlyFull)
    {
        nearlyFull = isNearlyFull;
    }

    public void makeSpace()
    {
        appendsUntilFull = Integer.MAX_VALUE;
    }

    @Override
    public boolean isDiskNearlyFull()
    {
        return nearlyFull;
    }

    @Override
    public boolean isFreeSpaceUnknown()
    {
        return false;
    }

    @Override
    public long freeSpaceBytes()
    {
        return nearlyFull ? MIN_FREE_SPACE_BYTES - 1 : MIN_FREE_SPACE_BYTES;
    }

    @Override
    public long minFreeSpaceBytes()
    {
        return MIN_FREE_SPACE_BYTES;
    }

    @Override
    public String problem()
    {
        return null;
    }

    /**
     * The machine has lost its power: up to so many of the newest incarnation's documents were not written through.
     *
     * @return whether the journal has lost what the node may have acknowledged.
     */
    public boolean loseNewest(final int count)
    {
        if (documentsBySegment.isEmpty())
        {
            return false;
        }
        final int kept = Math.max(written, documents - count);
        final int incarnation = documentsBySegment.lastKey().incarnation();
        int before = 0;
        for (final List<byte[]> segment : documentsBySegment.tailMap(SegmentId.first(incarnation)).values())
        {
            final int all = segment.size();
            segment.subList(Math.min(all, Math.max(0, kept - before)), all).clear();
            before += all;
        }
        // Also decisions alone: a snapshot behind them has no journal that leads up to it.
        final boolean isLost = kept < documents;
        documents = kept;
        hasLost |= !syncs && isLost;
        auditAgain();
        return !syncs && isLost;
    }

    private void auditAgain()
    {
        final JournalAudit before = audit;
        audit = new JournalAudit(sent, planted, hasLost);
        audit.remember(before);
        for (final List<byte[]> segment : documentsBySegment.values())
        {
            for (final byte[] document : segment)
            {
                view.wrap(document);
                audit.onDocument(view, document.length);
            }
        }
    }

    /** The journal as it is read; a reader of it may be killed when a plan is armed for that. */
    JournalStore store(final boolean mayCrash)
    {
        return new SimulatedStore(documentsBySegment, mayCrash ? plan : null);
    }

    /** Reads what is there; each call from the start. */
    JournalReader reader()
    {
        return new JournalReader(store(false));
    }
}
