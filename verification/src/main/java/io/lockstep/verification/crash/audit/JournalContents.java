package io.lockstep.verification.crash.audit;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.codecs.Xxh64;
import io.lockstep.sbe.BarDecoder;
import io.lockstep.sbe.BestBidOfferDecoder;
import io.lockstep.sbe.BookSnapshotDecoder;
import io.lockstep.sbe.BookUpdateDecoder;
import io.lockstep.sbe.DecisionAcknowledgementDecoder;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.FeedReason;
import io.lockstep.sbe.FeedStatusDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sbe.RequestExpiredDecoder;
import io.lockstep.sbe.TradeDecoder;
import io.lockstep.sequencer.journal.JournalReader;
import org.agrona.DirectBuffer;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a journal holds of all that went over the links, and the hash of its decisions, computed from its records alone.
 */
public final class JournalContents
{
    private final MarketCheck market;
    private final Map<String, Request> requestByClOrdId = new LinkedHashMap<>();
    private final Map<String, Report> reportByName = new LinkedHashMap<>();
    private final Set<Long> expired = new HashSet<>();
    private final Map<String, Long> egressSequenceByClOrdId = new HashMap<>();
    private final Map<Long, Long> lastSequenceBySource = new HashMap<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private long inputs;
    private long repeatedInputs;
    private long sourceGaps;
    private long repeatedRequests;
    private long changedReports;
    private long fills;
    private long decisionHash;
    private long decisions;

    /**
     * @param market is told the market data.
     */
    public JournalContents(final MarketCheck market)
    {
        this.market = market;
    }

    /** Adds all records the reader still has. */
    public JournalContents addAll(final JournalReader reader)
    {
        while (reader.next())
        {
            if (reader.kind() == RecordKind.INPUT)
            {
                onInput(reader.buffer(), reader.offset());
            }
            else if (reader.kind() == RecordKind.DECISION)
            {
                onDecision(reader.buffer(), reader.offset());
            }
        }
        market.end();
        return this;
    }

    private void onDecision(final DirectBuffer buffer, final int offset)
    {
        decisions++;
        decisionHash = Xxh64.chain(decisionHash, RecordDescriptor.computeChecksum(buffer, offset));
        final Request request = Request.of(buffer, offset + RecordDescriptor.HEADER_LENGTH);
        if (request != null)
        {
            repeatedRequests += requestByClOrdId.put(request.clOrdId(), request) == null ? 0 : 1;
            egressSequenceByClOrdId.put(request.clOrdId(), RecordDescriptor.sourceSequence(buffer, offset));
        }
    }

    private void onInput(final DirectBuffer buffer, final int offset)
    {
        inputs++;
        final int message = offset + RecordDescriptor.HEADER_LENGTH;
        switch (RecordDescriptor.templateId(buffer, offset))
        {
            case BookUpdateDecoder.TEMPLATE_ID, BookSnapshotDecoder.TEMPLATE_ID, BestBidOfferDecoder.TEMPLATE_ID,
                TradeDecoder.TEMPLATE_ID, BarDecoder.TEMPLATE_ID ->
                market.onJournaled(RecordDescriptor.sourceSequence(buffer, offset), buffer, offset);
            case FeedStatusDecoder.TEMPLATE_ID -> onFeedStatus(buffer, message);
            case RequestExpiredDecoder.TEMPLATE_ID -> expired.add(
                new RequestExpiredDecoder().wrapAndApplyHeader(buffer, message, header).egressSequence());
            case DecisionAcknowledgementDecoder.TEMPLATE_ID -> onSource(buffer, offset);
            default -> onReport(buffer, offset, Report.of(buffer, message));
        }
    }

    private void onFeedStatus(final DirectBuffer buffer, final int message)
    {
        final FeedStatusDecoder status = new FeedStatusDecoder().wrapAndApplyHeader(buffer, message, header);
        sourceGaps += status.reason() == FeedReason.SOURCE_GAP ? 1 : 0;
    }

    private void onReport(final DirectBuffer buffer, final int offset, final Report report)
    {
        if (report == null)
        {
            return;
        }
        onSource(buffer, offset);
        final Report known = reportByName.putIfAbsent(report.name(), report);
        if (known == null)
        {
            fills += report.execType() == ExecType.TRADE ? 1 : 0;
        }
        else
        {
            changedReports += known.equals(report) ? 0 : 1;
        }
    }

    /** What a source sends comes in its order, each number once. */
    private void onSource(final DirectBuffer buffer, final int offset)
    {
        final long source = (long)RecordDescriptor.sourceId(buffer, offset) << 32 |
            RecordDescriptor.sourceSession(buffer, offset);
        final long sequence = RecordDescriptor.sourceSequence(buffer, offset);
        final Long last = lastSequenceBySource.put(source, sequence);
        repeatedInputs += last != null && sequence <= last ? 1 : 0;
    }

    MarketCheck market()
    {
        return market;
    }

    /** Decided, by ClOrdID; the venue must have those that did not expire. */
    public Map<String, Request> requests()
    {
        return requestByClOrdId;
    }

    boolean isExpired(final Request request)
    {
        return expired.contains(egressSequenceByClOrdId.get(request.clOrdId()));
    }

    /** Answers of the venue, each name as it came first. */
    public Map<String, Report> reports()
    {
        return reportByName;
    }

    public long inputs()
    {
        return inputs;
    }

    /** Inputs from the venue whose source sequence had come before. */
    long repeatedInputs()
    {
        return repeatedInputs;
    }

    /** Where the node itself says that a source skipped. */
    long sourceGaps()
    {
        return sourceGaps;
    }

    long repeatedRequests()
    {
        return repeatedRequests;
    }

    /** Answers that came again with other content. */
    long changedReports()
    {
        return changedReports;
    }

    /** Different fills. */
    long fills()
    {
        return fills;
    }

    public long decisions()
    {
        return decisions;
    }

    /** As the engine hashes its decisions, over the records' content. */
    public long decisionHash()
    {
        return decisionHash;
    }
}
