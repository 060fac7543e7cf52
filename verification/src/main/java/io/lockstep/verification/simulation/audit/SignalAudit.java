package io.lockstep.verification.simulation.audit;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.core.TradingCore;
import io.lockstep.sbe.InputRefusedDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.RiskReason;
import io.lockstep.sbe.SignalDecoder;
import io.lockstep.sbe.SignalRoutedDecoder;
import org.agrona.DirectBuffer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * From the journal alone: each signal has one answer, an id is answered once, whatever is said of it later, and the order that an
 * answer names was asked for. There is one client, whose counter stays below what is remembered of an epoch.
 */
public final class SignalAudit
{
    private final Predicate<String> isRequested;
    /** Sequences of the signals that have no answer yet. */
    private final Deque<Long> waiting = new ArrayDeque<>();
    private final Set<String> answered = new HashSet<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SignalRoutedDecoder routed = new SignalRoutedDecoder();
    private final InputRefusedDecoder refused = new InputRefusedDecoder();
    private long newestEpoch;
    private long taken;

    /**
     * @param isRequested whether a request with this ClOrdID was journaled.
     */
    SignalAudit(final Predicate<String> isRequested)
    {
        this.isRequested = isRequested;
    }

    void onInput(final DirectBuffer buffer, final int offset)
    {
        if (RecordDescriptor.templateId(buffer, offset) == SignalDecoder.TEMPLATE_ID)
        {
            waiting.addLast(RecordDescriptor.sequence(buffer, offset));
        }
    }

    void onDecision(final DirectBuffer buffer, final int offset)
    {
        final long sequence = RecordDescriptor.sequence(buffer, offset);
        requireAnswered(sequence);
        switch (RecordDescriptor.templateId(buffer, offset))
        {
            case SignalRoutedDecoder.TEMPLATE_ID -> {
                answer(sequence);
                onRouted(sequence,
                    routed.wrapAndApplyHeader(buffer, offset + RecordDescriptor.HEADER_LENGTH, header));
            }
            case InputRefusedDecoder.TEMPLATE_ID -> {
                refused.wrapAndApplyHeader(buffer, offset + RecordDescriptor.HEADER_LENGTH, header);
                if (refused.refusedTemplateId() == SignalDecoder.TEMPLATE_ID)
                {
                    answer(sequence);
                }
            }
            default -> {
                // Answers no signal.
            }
        }
    }

    /** Of each signal before that input. */
    private void requireAnswered(final long sequence)
    {
        if (!waiting.isEmpty() && waiting.peekFirst() < sequence)
        {
            throw new SimulationFailure(
                Invariant.SIGNALS_ANSWERED_ONCE, "a signal without an answer: sequence=" + waiting.peekFirst());
        }
    }

    private void answer(final long sequence)
    {
        if (waiting.isEmpty() || waiting.removeFirst() != sequence)
        {
            throw new SimulationFailure(
                Invariant.SIGNALS_ANSWERED_ONCE, "an answer to no signal, or another one: sequence=" + sequence);
        }
    }

    private void onRouted(final long sequence, final SignalRoutedDecoder message)
    {
        final long epoch = message.epoch();
        final String clOrdId = message.clOrdId();
        final RiskReason reason = message.riskReason();
        final String id = message.clientName() + ':' + epoch + ':' + message.counter();
        final boolean isRight = switch (reason)
        {
            case SIGNAL_REPEATED -> answered.contains(id);
            case SIGNAL_TOO_OLD -> epoch < newestEpoch;
            default -> answered.add(id);
        };
        if (!isRight || !clOrdId.isBlank() && !isRequested.test(clOrdId))
        {
            throw new SimulationFailure(Invariant.SIGNALS_ANSWERED_ONCE, "signal=" + id + " sequence=" + sequence +
                " reason=" + reason + " clOrdId=" + clOrdId + " answered before=" + answered.contains(id));
        }
        newestEpoch = Math.max(newestEpoch, epoch);
        taken += reason == RiskReason.NONE ? 1 : 0;
    }

    /** Between two turns of the loop. */
    void requireEqual(final TradingCore core)
    {
        requireAnswered(core.lastSequence() + 1);
        long counted = 0;
        for (int i = 0; i < core.signalClients().count(); i++)
        {
            counted += core.signalClients().get(i).answered();
        }
        SimulationFailure.requireEqual(
            Invariant.SIGNALS_ANSWERED_ONCE, "signals answered", answered.size(), counted);
    }

    /** Signals that a model has taken so far. */
    public long taken()
    {
        return taken;
    }
}
