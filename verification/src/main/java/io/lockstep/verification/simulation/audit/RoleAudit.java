package io.lockstep.verification.simulation.audit;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.AccountReportDecoder;
import io.lockstep.sbe.DecisionAcknowledgementDecoder;
import io.lockstep.sbe.ExecutionReportDecoder;
import io.lockstep.sbe.FeedStatusDecoder;
import io.lockstep.sbe.InputRefusedDecoder;
import io.lockstep.sbe.MassStatusEndDecoder;
import io.lockstep.sbe.OrderCancelRejectDecoder;
import io.lockstep.sbe.SetTradingModeDecoder;
import io.lockstep.sbe.TradeDecoder;
import io.lockstep.verification.simulation.market.SimulatedMarket;
import org.agrona.DirectBuffer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * From the journal alone: what a source's role may not send is refused by a decision and has no other, and nothing else is refused so.
 */
final class RoleAudit
{
    private static final Set<Integer> OF_ORDER_GATEWAYS = Set.of(ExecutionReportDecoder.TEMPLATE_ID,
        OrderCancelRejectDecoder.TEMPLATE_ID, MassStatusEndDecoder.TEMPLATE_ID, AccountReportDecoder.TEMPLATE_ID,
        DecisionAcknowledgementDecoder.TEMPLATE_ID, FeedStatusDecoder.TEMPLATE_ID);

    private final Deque<Long> foreign = new ArrayDeque<>();

    void onInput(final DirectBuffer buffer, final int offset)
    {
        final int sourceId = RecordDescriptor.sourceId(buffer, offset);
        final int templateId = RecordDescriptor.templateId(buffer, offset);
        final boolean isForeign = switch (sourceId)
        {
            case SimulatedMarket.FEED_SOURCE_ID -> templateId == SetTradingModeDecoder.TEMPLATE_ID;
            case SimulatedMarket.OPERATOR_SOURCE_ID -> templateId == TradeDecoder.TEMPLATE_ID;
            default -> SimulatedMarket.venueOfGateway(sourceId) >= 0 && !OF_ORDER_GATEWAYS.contains(templateId);
        };
        if (isForeign)
        {
            foreign.addLast(RecordDescriptor.sequence(buffer, offset));
        }
    }

    void onDecision(final DirectBuffer buffer, final int offset)
    {
        final long sequence = RecordDescriptor.sequence(buffer, offset);
        if (!foreign.isEmpty() && foreign.peekFirst() < sequence)
        {
            throw new SimulationFailure(
                Invariant.ROLES_KEPT, "what a role may not send is not refused: sequence=" + foreign.peekFirst());
        }
        final boolean isForeign = !foreign.isEmpty() && foreign.peekFirst() == sequence;
        final boolean isRefused = RecordDescriptor.templateId(buffer, offset) == InputRefusedDecoder.TEMPLATE_ID;
        if (isForeign != isRefused)
        {
            throw new SimulationFailure(Invariant.ROLES_KEPT, isRefused
                ? "what a role may send is refused: sequence=" + sequence
                : "what a role may not send has an effect: sequence=" + sequence);
        }
        if (isForeign)
        {
            foreign.removeFirst();
        }
    }
}
