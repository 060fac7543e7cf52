package io.lockstep.verification.simulation.gateway;

import io.lockstep.gateways.link.LinkListener;
import io.lockstep.gateways.simulated.ExecutionSink;
import io.lockstep.sbe.CxlRejResponseTo;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.OrdRejReason;
import io.lockstep.sbe.OrdStatus;
import io.lockstep.sbe.OrderCancelRejectEncoder;
import io.lockstep.sbe.OrderCancelRequestDecoder;
import io.lockstep.sbe.OrderReason;
import io.lockstep.verification.simulation.audit.RequestContent;
import io.lockstep.verification.simulation.plant.ForwardingListener;
import io.lockstep.verification.simulation.plant.Plant;
import io.lockstep.verification.simulation.seed.SimulatedClock;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.function.Supplier;

/**
 * A venue that refuses cancels for a while, of orders that live on. It takes what cancels orders that the node has lost.
 */
final class CancelRefusal
{
    private final SimulatedClock clock;
    private final Supplier<ExecutionSink> sink;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final OrderCancelRequestDecoder request = new OrderCancelRequestDecoder();
    private final OrderCancelRejectEncoder reject = new OrderCancelRejectEncoder();
    private final UnsafeBuffer message = new UnsafeBuffer(
        new byte[MessageHeaderEncoder.ENCODED_LENGTH + OrderCancelRejectEncoder.BLOCK_LENGTH]);
    private long untilNs;

    /**
     * @param sink takes what the venue answers.
     */
    CancelRefusal(final SimulatedClock clock, final Supplier<ExecutionSink> sink)
    {
        this.clock = clock;
        this.sink = sink;
    }

    void begin(final long ns)
    {
        untilNs = clock.trueNs() + ns;
    }

    void heal()
    {
        untilNs = 0;
    }

    /** The gateway's listener, without the cancels that the venue refuses. */
    LinkListener watching(final LinkListener listener)
    {
        return new ForwardingListener(listener)
        {
            @Override
            public void onDecision(
                final DirectBuffer buffer, final int offset, final int length, final long egressSequence)
            {
                if (!isRefused(buffer, offset))
                {
                    super.onDecision(buffer, offset, length, egressSequence);
                }
            }
        };
    }

    private boolean isOfKnownOrder(final DirectBuffer buffer, final int offset)
    {
        if (RequestContent.templateId(buffer, offset) != OrderCancelRequestDecoder.TEMPLATE_ID)
        {
            return false;
        }
        request.wrapAndApplyHeader(buffer, offset, header);
        return request.reason() != OrderReason.UNKNOWN_TO_JOURNAL;
    }

    private boolean isRefused(final DirectBuffer buffer, final int offset)
    {
        if (clock.trueNs() >= untilNs || !isOfKnownOrder(buffer, offset))
        {
            return false;
        }
        reject.wrapAndApplyHeader(message, 0, new MessageHeaderEncoder())
            .clOrdId(request.clOrdId())
            .origClOrdId(request.origClOrdId())
            .instrumentId(request.instrumentId())
            .ordStatus(OrdStatus.NEW)
            .responseTo(CxlRejResponseTo.CANCEL_REQUEST)
            .reason(OrdRejReason.TOO_LATE_TO_ENTER);
        sink.get().onReport(message, 0, message.capacity(), clock.trueNs());
        return true;
    }
}
