package io.lockstep.verification.crash.audit;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.gateways.simulated.VenueObserver;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.ExecutionReportDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.OrdRejReason;
import io.lockstep.verification.crash.audit.Ledger.OpenOrder;
import org.agrona.DirectBuffer;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the venue was asked and what it answered, kept outside the node. Written on the venue's thread; to be read when that
 * has ended.
 */
public final class VenueRecord implements VenueObserver
{
    private final Map<String, Request> requestByClOrdId = new LinkedHashMap<>();
    private final Map<String, Report> reportByName = new LinkedHashMap<>();
    private final Map<String, Integer> entriesByClOrdId = new TreeMap<>();
    private final Map<Long, OpenOrder> openByOrderId = new TreeMap<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ExecutionReportDecoder report = new ExecutionReportDecoder();
    private long repeats;
    private long conflicts;
    private long changedReports;

    @Override
    public void onRequest(final DirectBuffer buffer, final int offset, final int length)
    {
        final Request request = Request.of(buffer, offset);
        if (request == null)
        {
            return;
        }
        final Request known = requestByClOrdId.putIfAbsent(request.clOrdId(), request);
        if (known != null)
        {
            repeats += known.equals(request) ? 1 : 0;
            conflicts += known.equals(request) ? 0 : 1;
        }
    }

    @Override
    public void onReport(final DirectBuffer buffer, final int offset, final int length)
    {
        final Report made = Report.of(buffer, offset);
        if (made == null)
        {
            return;
        }
        final Report known = reportByName.putIfAbsent(made.name(), made);
        if (known != null)
        {
            changedReports += known.equals(made) ? 0 : 1;
        }
        else if (made.execType() != null)
        {
            report.wrapAndApplyHeader(buffer, offset, header);
            onExecution(buffer, made.execType());
        }
    }

    private void onExecution(final DirectBuffer buffer, final ExecType execType)
    {
        final String clOrdId = ClOrdIds.text(
            buffer, report.offset() + ExecutionReportDecoder.clOrdIdEncodingOffset());
        switch (execType)
        {
            case NEW -> {
                entriesByClOrdId.merge(clOrdId, 1, Integer::sum);
                open(clOrdId);
            }
            case TRADE, REPLACED -> open(clOrdId);
            case CANCELED, EXPIRED -> openByOrderId.remove(report.orderId());
            case REJECTED -> {
                if (report.ordRejReason() != OrdRejReason.DUPLICATE_ORDER)
                {
                    entriesByClOrdId.merge(clOrdId, 1, Integer::sum);
                }
            }
            // Of an open order; the venue of a crash test makes none.
            case RESTATED, TRADE_CORRECT, TRADE_CANCEL, ORDER_STATUS, NULL_VAL, SBE_UNKNOWN ->
                throw new IllegalStateException("execType=" + execType);
        }
    }

    private void open(final String clOrdId)
    {
        if (report.leavesQtyLots() == 0)
        {
            openByOrderId.remove(report.orderId());
        }
        else
        {
            openByOrderId.put(report.orderId(), new OpenOrder(clOrdId, report.instrumentId(), report.side(),
                report.leavesQtyLots(), report.cumQtyLots()));
        }
    }

    /** What the venue was asked, each ClOrdID as it came first. */
    public Map<String, Request> requests()
    {
        return requestByClOrdId;
    }

    /** What the venue answered, each name as it came first. */
    public Map<String, Report> reports()
    {
        return reportByName;
    }

    /** How often the venue has taken up, or rejected, an order of this name. */
    Map<String, Integer> entries()
    {
        return entriesByClOrdId;
    }

    /** Requests that came again, the same in every byte. */
    long repeats()
    {
        return repeats;
    }

    /** Requests that came again with other content. */
    long conflicts()
    {
        return conflicts;
    }

    /** Answers that came again with other content. */
    long changedReports()
    {
        return changedReports;
    }

    /** Orders open by the venue's own reports. */
    public Collection<OpenOrder> openOrders()
    {
        return openByOrderId.values();
    }
}
