package io.lockstep.sequencer.journal;

import io.lockstep.codecs.Nulls;

/**
 * A place in the journal right behind a document, and all a reader must know to go on from there.
 *
 * @param incarnation          of the document; 0 before the first.
 * @param segment              of the document within the incarnation.
 * @param documentIndex        address of the document within the segment.
 * @param lastSequence         of the newest input.
 * @param chain                of the document's last record.
 * @param incarnationRecords   records of the incarnation up to there.
 * @param lastDecisionSequence of the newest decision, or {@link Nulls#NULL_SEQUENCE}.
 * @param lastDecisionOrdinal  of the newest decision.
 * @param cleanEnd             whether the document's last record is a clean end.
 */
public record JournalPosition(
    int incarnation,
    int segment,
    long documentIndex,
    long lastSequence,
    long chain,
    long incarnationRecords,
    long lastDecisionSequence,
    int lastDecisionOrdinal,
    boolean cleanEnd)
{
    /** Before the first record. */
    public static final JournalPosition START = new JournalPosition(0, 0, 0, 0, 0, 0, Nulls.NULL_SEQUENCE, 0, false);

    public boolean isStart()
    {
        return incarnation == 0;
    }

    /** The segment it lies in. */
    public SegmentId segmentId()
    {
        return new SegmentId(incarnation, segment);
    }
}
