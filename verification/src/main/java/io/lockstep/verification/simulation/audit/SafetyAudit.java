package io.lockstep.verification.simulation.audit;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.AlertType;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.NodeStartedDecoder;
import io.lockstep.sbe.NodeStoppingDecoder;
import io.lockstep.sbe.OperationalAlertDecoder;
import io.lockstep.sbe.OrderCancelReplaceRequestDecoder;
import io.lockstep.sbe.SetTradingModeDecoder;
import io.lockstep.sbe.SkippedInputDecoder;
import io.lockstep.sbe.TradingMode;
import io.lockstep.verification.simulation.market.SimulatedMarket;
import org.agrona.DirectBuffer;

import java.util.TreeMap;

/**
 * From the journal alone: once something has happened that halts trading, no order leaves until an operator says that trading
 * goes on; and none leaves a node that stops.
 */
public final class SafetyAudit
{
    private final TreeMap<Long, Change> changeBySequence = new TreeMap<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final OperationalAlertDecoder alert = new OperationalAlertDecoder();
    private final SetTradingModeDecoder setTradingMode = new SetTradingModeDecoder();
    private final SkippedInputDecoder skipped = new SkippedInputDecoder();
    private boolean halted;
    private boolean stopping;
    private long stalls;

    /** What an input changes, for the decisions from it on. */
    private enum Change
    {
        HALTED, RELEASED, STOPPING, STARTED
    }

    void onInput(final DirectBuffer buffer, final int offset)
    {
        final int message = offset + RecordDescriptor.HEADER_LENGTH;
        final Change change = switch (RecordDescriptor.templateId(buffer, offset))
        {
            case OperationalAlertDecoder.TEMPLATE_ID -> onAlert(buffer, message);
            // What another source says of it is refused.
            case SetTradingModeDecoder.TEMPLATE_ID ->
                RecordDescriptor.sourceId(buffer, offset) == SimulatedMarket.OPERATOR_SOURCE_ID
                    ? onMode(buffer, message)
                    : null;
            case NodeStoppingDecoder.TEMPLATE_ID -> Change.STOPPING;
            case NodeStartedDecoder.TEMPLATE_ID -> Change.STARTED;
            default -> null;
        };
        if (change != null)
        {
            changeBySequence.put(RecordDescriptor.sequence(buffer, offset), change);
        }
    }

    /** By what has happened, whatever mode the alert says. */
    private Change onAlert(final DirectBuffer buffer, final int message)
    {
        final AlertType type = alert.wrapAndApplyHeader(buffer, message, header).alertType();
        stalls += type == AlertType.SEQUENCER_STALLED ? 1 : 0;
        return type == AlertType.SEQUENCER_STALLED ? null : Change.HALTED;
    }

    private Change onMode(final DirectBuffer buffer, final int message)
    {
        final TradingMode mode = setTradingMode.wrapAndApplyHeader(buffer, message, header).mode();
        return mode == TradingMode.RUNNING || mode == TradingMode.REDUCE_ONLY ? Change.RELEASED : Change.HALTED;
    }

    /** From the input on that the core failed on; it is earlier, and what follows it was not decided yet. */
    void onSkipped(final DirectBuffer buffer, final int offset)
    {
        skipped.wrapAndApplyHeader(buffer, offset + RecordDescriptor.HEADER_LENGTH, header);
        changeBySequence.put(skipped.skippedSequence(), Change.HALTED);
    }

    void onDecision(final DirectBuffer buffer, final int offset)
    {
        final long sequence = RecordDescriptor.sequence(buffer, offset);
        while (!changeBySequence.isEmpty() && changeBySequence.firstKey() <= sequence)
        {
            apply(changeBySequence.pollFirstEntry().getValue());
        }
        final int templateId = RecordDescriptor.templateId(buffer, offset);
        if ((halted || stopping) && (templateId == NewOrderSingleDecoder.TEMPLATE_ID ||
            templateId == OrderCancelReplaceRequestDecoder.TEMPLATE_ID))
        {
            throw new SimulationFailure(halted ? Invariant.FAILS_SAFE : Invariant.ENDS_CLEANLY,
                "an order of a node that is " + (halted ? "halted" : "stopping") + ": sequence=" + sequence);
        }
    }

    private void apply(final Change change)
    {
        switch (change)
        {
            case HALTED -> halted = true;
            case RELEASED -> halted = false;
            case STOPPING -> stopping = true;
            case STARTED -> stopping = false;
        }
    }

    /** Alerts that say the loop was stalled. */
    public long stalls()
    {
        return stalls;
    }
}
