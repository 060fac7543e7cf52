package io.lockstep.verification.simulation.node;

import io.lockstep.sequencer.journal.DocumentSource;
import io.lockstep.sequencer.journal.JournalStore;
import io.lockstep.sequencer.journal.SegmentId;
import io.lockstep.verification.simulation.seed.CrashPoint;
import io.lockstep.verification.simulation.seed.FaultPlan;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.List;
import java.util.SortedMap;

/**
 * The simulated disk as whoever reads the journal sees it.
 */
final class SimulatedStore implements JournalStore
{
    private final SortedMap<SegmentId, List<byte[]>> documentsBySegment;
    private final FaultPlan plan;

    /**
     * @param plan that may kill whoever reads; null for none.
     */
    SimulatedStore(final SortedMap<SegmentId, List<byte[]>> documentsBySegment, final FaultPlan plan)
    {
        this.documentsBySegment = documentsBySegment;
        this.plan = plan;
    }

    @Override
    public List<SegmentId> segments()
    {
        return List.copyOf(documentsBySegment.keySet());
    }

    @Override
    public DocumentSource open(final SegmentId segment)
    {
        return new Source(documentsBySegment.get(segment));
    }

    @Override
    public String name()
    {
        return "simulated";
    }

    /** Addresses are places in the list. */
    private final class Source implements DocumentSource
    {
        private final List<byte[]> documents;
        private final UnsafeBuffer document = new UnsafeBuffer(0, 0);
        private int next;

        Source(final List<byte[]> documents)
        {
            this.documents = documents;
        }

        @Override
        public boolean next()
        {
            if (next >= documents.size())
            {
                return false;
            }
            if (plan != null)
            {
                plan.at(CrashPoint.RECOVERY_READ);
            }
            document.wrap(documents.get(next++));
            return true;
        }

        @Override
        public DirectBuffer buffer()
        {
            return document;
        }

        @Override
        public int length()
        {
            return document.capacity();
        }

        @Override
        public long index()
        {
            return next - 1;
        }

        @Override
        public boolean seek(final long index)
        {
            next = (int)index;
            return index < documents.size();
        }

        @Override
        public long checkEnd()
        {
            return 0;
        }

        @Override
        public void close()
        {
            // Nothing is held.
        }
    }
}
