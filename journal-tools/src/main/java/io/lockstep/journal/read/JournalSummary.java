package io.lockstep.journal.read;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.core.host.Refusals;
import io.lockstep.journal.decode.RecordDecoder;
import io.lockstep.sbe.BarDecoder;
import io.lockstep.sbe.BestBidOfferDecoder;
import io.lockstep.sbe.BookSnapshotDecoder;
import io.lockstep.sbe.BookUpdateDecoder;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.ExecutionReportDecoder;
import io.lockstep.sbe.MassStatusEndDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.NodeStartedDecoder;
import io.lockstep.sbe.OrdStatus;
import io.lockstep.sbe.OrderCancelRejectDecoder;
import io.lockstep.sbe.OrderRefusedDecoder;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sbe.RunMetadataDecoder;
import io.lockstep.sbe.TradeDecoder;
import io.lockstep.sequencer.journal.JournalReader;
import org.agrona.DirectBuffer;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a journal holds, counted record by record.
 */
public final class JournalSummary
{
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ExecutionReportDecoder report = new ExecutionReportDecoder();
    private final BookSnapshotDecoder snapshot = new BookSnapshotDecoder();
    private final RunMetadataDecoder metadata = new RunMetadataDecoder();
    private final NodeStartedDecoder nodeStarted = new NodeStartedDecoder();
    private final OrderRefusedDecoder refused = new OrderRefusedDecoder();
    private final OrderCancelRejectDecoder cancelReject = new OrderCancelRejectDecoder();
    private final MassStatusEndDecoder massStatusEnd = new MassStatusEndDecoder();
    private final Map<Integer, Long> lastExecIdBySource = new TreeMap<>();
    private final Map<Integer, Long> countByTemplate = new TreeMap<>();

    public final Activity activity = new Activity();
    public final Map<String, Long> refusals = new TreeMap<>();
    public final Map<String, Long> venueRefusals = new TreeMap<>();
    public final Map<String, Long> requestRefusals = new TreeMap<>();

    public long inputs;
    public long decisions;
    public long firstSequence;
    public long lastSequence;
    public long firstTimeNs;
    public long lastTimeNs;
    public long orders;
    public long fills;
    public long partialFills;
    public long fullFills;
    public long cancels;
    public long riskRejects;
    public long venueRejects;
    public long marketEvents;
    public long recoveredAtSequence;
    public int incarnations;
    public int logicVersion;
    public int schemaVersion;
    public String build = "";
    public String configuration = "";

    /** Adds all records the reader still has. */
    public JournalSummary addAll(final JournalReader reader)
    {
        while (reader.next())
        {
            add(reader.buffer(), reader.offset());
        }
        return this;
    }

    /** Adds the record the reader stands at. */
    void addFirst(final JournalReader reader)
    {
        add(reader.buffer(), reader.offset());
    }

    private void add(final DirectBuffer buffer, final int offset)
    {
        final int templateId = RecordDescriptor.templateId(buffer, offset);
        countByTemplate.merge(templateId, 1L, Long::sum);
        activity.onRecord(buffer, offset);
        final int kind = RecordDescriptor.kind(buffer, offset);
        if (kind == RecordKind.INPUT.value())
        {
            onInput(buffer, offset, templateId);
        }
        else if (kind == RecordKind.DECISION.value())
        {
            decisions++;
            orders += templateId == NewOrderSingleDecoder.TEMPLATE_ID ? 1 : 0;
            if (templateId == OrderRefusedDecoder.TEMPLATE_ID)
            {
                riskRejects++;
                refused.wrapAndApplyHeader(buffer, offset + RecordDescriptor.HEADER_LENGTH, header);
                refusals.merge(Refusals.name(refused.reason()), 1L, Long::sum);
            }
        }
        else if (kind == RecordKind.RUN_METADATA.value())
        {
            onMetadata(buffer, offset);
        }
    }

    private void onInput(final DirectBuffer buffer, final int offset, final int templateId)
    {
        lastSequence = RecordDescriptor.sequence(buffer, offset);
        lastTimeNs = RecordDescriptor.sequencerTimeNs(buffer, offset);
        if (inputs++ == 0)
        {
            firstSequence = lastSequence;
        }
        // The node's own first inputs come before time does: when a recording is played they are stamped 0.
        firstTimeNs = firstTimeNs == 0 ? lastTimeNs : firstTimeNs;
        marketEvents += isMarketEvent(buffer, offset, templateId) ? 1 : 0;
        if (templateId == ExecutionReportDecoder.TEMPLATE_ID)
        {
            report.wrapAndApplyHeader(buffer, offset + RecordDescriptor.HEADER_LENGTH, header);
            onReport(RecordDescriptor.sourceId(buffer, offset));
        }
        else if (templateId == OrderCancelRejectDecoder.TEMPLATE_ID)
        {
            cancelReject.wrapAndApplyHeader(buffer, offset + RecordDescriptor.HEADER_LENGTH, header);
            requestRefusals.merge(Refusals.name(cancelReject.reason()), 1L, Long::sum);
        }
        else if (templateId == NodeStartedDecoder.TEMPLATE_ID)
        {
            nodeStarted.wrapAndApplyHeader(buffer, offset + RecordDescriptor.HEADER_LENGTH, header);
            // Nobody asks the venue what it did, so nothing comes twice, and its ids may begin anew.
            if (nodeStarted.reconciles() != BooleanType.TRUE)
            {
                lastExecIdBySource.clear();
            }
        }
        else if (templateId == MassStatusEndDecoder.TEMPLATE_ID)
        {
            massStatusEnd.wrapAndApplyHeader(buffer, offset + RecordDescriptor.HEADER_LENGTH, header);
            lastExecIdBySource.merge(RecordDescriptor.sourceId(buffer, offset), massStatusEnd.lastExecId(), Math::min);
        }
    }

    /** The chunks of a snapshot are one event. */
    private boolean isMarketEvent(final DirectBuffer buffer, final int offset, final int templateId)
    {
        return switch (templateId)
        {
            case BookUpdateDecoder.TEMPLATE_ID, BestBidOfferDecoder.TEMPLATE_ID, TradeDecoder.TEMPLATE_ID,
                BarDecoder.TEMPLATE_ID -> true;
            case BookSnapshotDecoder.TEMPLATE_ID -> {
                snapshot.wrapAndApplyHeader(buffer, offset + RecordDescriptor.HEADER_LENGTH, header);
                yield snapshot.chunkIndex() == snapshot.chunkCount() - 1;
            }
            default -> false;
        };
    }

    /** What the venue has said again, because it was asked, counts once. */
    private void onReport(final int sourceId)
    {
        final long execId = report.execId();
        if (execId <= 0 || execId > lastExecIdBySource.getOrDefault(sourceId, 0L))
        {
            lastExecIdBySource.merge(sourceId, execId, Math::max);
            count(report.execType(), report.ordStatus());
        }
    }

    private void count(final ExecType execType, final OrdStatus ordStatus)
    {
        switch (execType)
        {
            case TRADE -> {
                fills++;
                fullFills += ordStatus == OrdStatus.FILLED ? 1 : 0;
                partialFills += ordStatus == OrdStatus.FILLED ? 0 : 1;
            }
            case CANCELED -> cancels++;
            case REJECTED -> {
                venueRejects++;
                venueRefusals.merge(Refusals.name(report.ordRejReason()), 1L, Long::sum);
            }
            case NEW, REPLACED, RESTATED, EXPIRED, TRADE_CORRECT, TRADE_CANCEL, ORDER_STATUS, NULL_VAL, SBE_UNKNOWN -> {
                // Not counted.
            }
        }
    }

    private void onMetadata(final DirectBuffer buffer, final int offset)
    {
        metadata.wrapAndApplyHeader(buffer, offset + RecordDescriptor.HEADER_LENGTH, header);
        incarnations++;
        recoveredAtSequence = metadata.predecessorLastSequence();
        logicVersion = metadata.logicVersion();
        schemaVersion = metadata.schemaVersion();
        build = metadata.build();
        metadata.skipRuntime();
        configuration = metadata.configuration();
    }

    /** Counts by template name. */
    public Map<String, Long> byTemplate(final RecordDecoder decoder)
    {
        final Map<String, Long> byName = new TreeMap<>();
        countByTemplate.forEach((id, count) -> byName.put(decoder.templateName(id), count));
        return byName;
    }
}
