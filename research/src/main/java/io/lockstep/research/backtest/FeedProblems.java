package io.lockstep.research.backtest;

import io.lockstep.codecs.RecordBatch;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.journal.read.Activity;
import io.lockstep.sbe.FeedReason;
import io.lockstep.sbe.FeedStatusDecoder;
import io.lockstep.sbe.MarketConditionDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sequencer.journal.Journal;
import org.agrona.DirectBuffer;

/**
 * Counts what was wrong with the market data, by the records on their way to the journal: the core's own judgement of gaps and
 * crossed books, and the feed's word that changes never had a snapshot to apply to.
 */
public final class FeedProblems implements Journal
{
    private final Journal journal;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final MarketConditionDecoder condition = new MarketConditionDecoder();
    private final FeedStatusDecoder status = new FeedStatusDecoder();
    private final Activity activity = new Activity();
    private long gaps;
    private long crossed;
    private long withoutSnapshot;

    /**
     * @param journal takes everything; closed with this.
     */
    public FeedProblems(final Journal journal)
    {
        this.journal = journal;
    }

    /** Times that update ids were not contiguous; until the next snapshot no more can be told. */
    public long gaps()
    {
        return gaps;
    }

    /** Times that a book became crossed. */
    public long crossed()
    {
        return crossed;
    }

    /** Instruments whose changes at the end of the data had no snapshot to apply to. */
    public long withoutSnapshot()
    {
        return withoutSnapshot;
    }

    /** What each instrument had. */
    public Activity activity()
    {
        return activity;
    }

    public boolean isNone()
    {
        return gaps + crossed + withoutSnapshot == 0;
    }

    @Override
    public void append(final RecordBatch batch)
    {
        for (int offset = 0; offset < batch.length();)
        {
            activity.onRecord(batch.buffer(), offset);
            count(batch.buffer(), offset);
            offset += RecordDescriptor.recordLength(batch.buffer(), offset);
        }
        journal.append(batch);
    }

    private void count(final DirectBuffer buffer, final int offset)
    {
        switch (RecordDescriptor.templateId(buffer, offset))
        {
            case MarketConditionDecoder.TEMPLATE_ID -> {
                condition.wrapAndApplyHeader(buffer, offset + RecordDescriptor.HEADER_LENGTH, header);
                gaps += condition.reason() == FeedReason.SEQUENCE_GAP ? 1 : 0;
                crossed += condition.reason() == FeedReason.CROSSED_BOOK ? 1 : 0;
            }
            case FeedStatusDecoder.TEMPLATE_ID -> {
                status.wrapAndApplyHeader(buffer, offset + RecordDescriptor.HEADER_LENGTH, header);
                withoutSnapshot += status.reason() == FeedReason.NO_SNAPSHOT ? 1 : 0;
            }
            default -> {
                // Says nothing about the data.
            }
        }
    }

    @Override
    public int batchLengthMax()
    {
        return journal.batchLengthMax();
    }

    @Override
    public void sync()
    {
        journal.sync();
    }

    @Override
    public boolean isSegmentDue(final int length, final long wallTimeNs)
    {
        return journal.isSegmentDue(length, wallTimeNs);
    }

    @Override
    public int startSegment()
    {
        return journal.startSegment();
    }

    @Override
    public void close()
    {
        journal.close();
    }
}
