package io.lockstep.gateways.orders;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.codecs.transport.MessageHandler;
import io.lockstep.codecs.transport.MessageReceiver;
import io.lockstep.codecs.transport.MessageSender;
import io.lockstep.gateways.link.LinkClient;
import io.lockstep.gateways.link.LinkListener;
import io.lockstep.sbe.AcknowledgementEncoder;
import io.lockstep.sbe.DecisionAcknowledgementDecoder;
import io.lockstep.sbe.ExecutionReportDecoder;
import io.lockstep.sbe.HeartbeatEncoder;
import io.lockstep.sbe.HelloDecoder;
import io.lockstep.sbe.MassStatusEndDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.NewOrderSingleEncoder;
import io.lockstep.sbe.OrderCancelRejectDecoder;
import io.lockstep.sbe.OrderCancelRequestEncoder;
import io.lockstep.sbe.OrderMassStatusRequestEncoder;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sbe.ResumeEncoder;
import io.lockstep.sbe.Side;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * The node's end of a link in memory: what it hears as lines of text, and the words to say what a node says. Decisions are
 * numbers, and are ClOrdID, sequence and egress sequence at once.
 */
final class NodeStandIn implements MessageSender, MessageReceiver
{
    static final int INCARNATION = 3;
    private static final int SOURCE = 2;
    private static final int RING_CAPACITY = 1 << 20;

    final List<String> heard = new ArrayList<>();
    long received;

    private final Queue<UnsafeBuffer> said = new ArrayDeque<>();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final MessageHeaderDecoder heardHeader = new MessageHeaderDecoder();
    private int session;

    LinkClient link(final LinkListener listener, final int newSession)
    {
        session = newSession;
        received = 0;
        said.clear();
        return new LinkClient(this, this, listener, SOURCE, newSession, true, RING_CAPACITY);
    }

    List<String> taken()
    {
        final List<String> taken = List.copyOf(heard);
        heard.clear();
        return taken;
    }

    // ---- what the node says

    void resume(final long decisionsAcknowledged)
    {
        final ResumeEncoder resume = new ResumeEncoder();
        resume.wrapAndApplyHeader(buffer, RecordDescriptor.HEADER_LENGTH, header).sourceId(SOURCE)
            .sourceSession(session).incarnation(INCARNATION).lastSourceSequence(received)
            .decisionsAcknowledged(decisionsAcknowledged).definitions(0);
        say(RecordKind.LINK, 0, 0, resume.encodedLength());
    }

    /** All that was heard is in the journal. */
    void journal()
    {
        final AcknowledgementEncoder acknowledgement = new AcknowledgementEncoder();
        acknowledgement.wrapAndApplyHeader(buffer, RecordDescriptor.HEADER_LENGTH, header).sourceId(SOURCE)
            .sourceSession(session).sourceSequence(received);
        say(RecordKind.LINK, 0, 0, acknowledgement.encodedLength());
    }

    void heartbeat()
    {
        final HeartbeatEncoder heartbeat = new HeartbeatEncoder();
        heartbeat.wrapAndApplyHeader(buffer, RecordDescriptor.HEADER_LENGTH, header).sourceId(0)
            .sourceSession(INCARNATION).lastSequence(0);
        say(RecordKind.LINK, 0, 0, heartbeat.encodedLength());
    }

    void askForMassStatus(final int massStatusReqId, final long lastExecId)
    {
        final OrderMassStatusRequestEncoder request = new OrderMassStatusRequestEncoder();
        request.wrapAndApplyHeader(buffer, RecordDescriptor.HEADER_LENGTH, header).sourceId(SOURCE)
            .sourceSession(session).incarnation(INCARNATION).lastExecId(lastExecId).massStatusReqId(massStatusReqId);
        say(RecordKind.LINK, 0, 0, request.encodedLength());
    }

    void order(final long number, final long lots)
    {
        order(number, number, lots);
    }

    void order(final long egressSequence, final long number, final long lots)
    {
        final NewOrderSingleEncoder order = new NewOrderSingleEncoder();
        order.wrapAndApplyHeader(buffer, RecordDescriptor.HEADER_LENGTH, header).side(Side.BUY).instrumentId(0)
            .orderQtyLots(lots).transactTimeNs(1);
        ScriptedVenue.putId(buffer, RecordDescriptor.BODY_OFFSET, number);
        say(RecordKind.DECISION, egressSequence, number, order.encodedLength());
    }

    void cancel(final long number, final long orig)
    {
        final OrderCancelRequestEncoder cancel = new OrderCancelRequestEncoder();
        cancel.wrapAndApplyHeader(buffer, RecordDescriptor.HEADER_LENGTH, header).side(Side.BUY).instrumentId(0)
            .transactTimeNs(1);
        ScriptedVenue.putId(buffer, RecordDescriptor.BODY_OFFSET, number);
        ScriptedVenue.putId(buffer, RecordDescriptor.BODY_OFFSET + ClOrdIds.LENGTH, orig);
        say(RecordKind.DECISION, number, number, cancel.encodedLength());
    }

    private void say(
        final RecordKind kind, final long sourceSequence, final long sequence, final int encodedLength)
    {
        final int length = RecordDescriptor.begin(
            buffer, 0, kind, MessageHeaderEncoder.ENCODED_LENGTH + encodedLength);
        RecordDescriptor.sourceSequence(buffer, 0, sourceSequence);
        RecordDescriptor.sequence(buffer, 0, sequence);
        RecordDescriptor.incarnation(buffer, 0, INCARNATION);
        final UnsafeBuffer copy = new UnsafeBuffer(new byte[length]);
        copy.putBytes(0, buffer, 0, length);
        said.add(copy);
    }

    // ---- what the node hears

    @Override
    public long offer(final DirectBuffer message, final int offset, final int length)
    {
        if (RecordDescriptor.kind(message, offset) == RecordKind.INPUT.value())
        {
            received = Math.max(received, RecordDescriptor.sourceSequence(message, offset));
            heard.add(line(message, offset + RecordDescriptor.HEADER_LENGTH,
                RecordDescriptor.templateId(message, offset)));
        }
        else if (RecordDescriptor.templateId(message, offset) == HelloDecoder.TEMPLATE_ID)
        {
            final HelloDecoder hello = new HelloDecoder().wrapAndApplyHeader(
                message, offset + RecordDescriptor.HEADER_LENGTH, heardHeader);
            heard.add("hello " + hello.decisionsReceived() + " of " + hello.decisionIncarnation() + "/" +
                hello.decisionSequence());
        }
        return 1;
    }

    private String line(final DirectBuffer message, final int offset, final int templateId)
    {
        final String id = " " + ScriptedVenue.number(message, offset + MessageHeaderDecoder.ENCODED_LENGTH);
        return switch (templateId)
        {
            case ExecutionReportDecoder.TEMPLATE_ID -> {
                final ExecutionReportDecoder report = new ExecutionReportDecoder().wrapAndApplyHeader(
                    message, offset, heardHeader);
                yield report.execType() + id + " " + report.ordRejReason();
            }
            case OrderCancelRejectDecoder.TEMPLATE_ID -> {
                final OrderCancelRejectDecoder reject = new OrderCancelRejectDecoder().wrapAndApplyHeader(
                    message, offset, heardHeader);
                yield reject.responseTo() + " refused" + id + " " + reject.reason();
            }
            case DecisionAcknowledgementDecoder.TEMPLATE_ID -> "acknowledged " +
                new DecisionAcknowledgementDecoder().wrapAndApplyHeader(message, offset, heardHeader).egressSequence();
            case MassStatusEndDecoder.TEMPLATE_ID -> {
                final MassStatusEndDecoder end = new MassStatusEndDecoder().wrapAndApplyHeader(
                    message, offset, heardHeader);
                yield "end " + end.massStatusReqId() + " open=" + end.openOrders() + " decisions=" +
                    end.decisionsReceived() + " lastExecId=" + end.lastExecId();
            }
            default -> throw new IllegalStateException("templateId=" + templateId);
        };
    }

    @Override
    public int poll(final MessageHandler handler, final int limit)
    {
        int polled = 0;
        while (!said.isEmpty() && polled < limit)
        {
            final UnsafeBuffer message = said.remove();
            handler.onMessage(message, 0, message.capacity(), 1);
            polled++;
        }
        return polled;
    }

    @Override
    public boolean isConnected()
    {
        return true;
    }
}
