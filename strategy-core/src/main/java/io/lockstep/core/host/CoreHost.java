package io.lockstep.core.host;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.RecordBatch;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.codecs.Xxh64;
import io.lockstep.core.DecisionPort;
import io.lockstep.core.TradingCore;
import io.lockstep.core.snapshot.SectionPort;
import io.lockstep.core.strategy.StrategyFactory;
import io.lockstep.sbe.AlertType;
import io.lockstep.sbe.CancelTimerDecoder;
import io.lockstep.sbe.CommandReason;
import io.lockstep.sbe.CommandResultDecoder;
import io.lockstep.sbe.DecisionAcknowledgementDecoder;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.ExecutionReportDecoder;
import io.lockstep.sbe.HostStateDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.NodeStartedDecoder;
import io.lockstep.sbe.OperationalAlertDecoder;
import io.lockstep.sbe.OrderCancelRejectDecoder;
import io.lockstep.sbe.OrderCancelReplaceRequestDecoder;
import io.lockstep.sbe.OrderCancelRequestDecoder;
import io.lockstep.sbe.OrderRefusedDecoder;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sbe.RequestExpiredDecoder;
import io.lockstep.sbe.ScheduleTimerDecoder;
import io.lockstep.sbe.StateHashEncoder;
import io.lockstep.sbe.TimerFiredDecoder;
import org.agrona.DirectBuffer;

import java.util.List;

/**
 * The core and everything a host must remember beside it, all of it a function of the inputs: timers, how far each source
 * has got, what the order gateway has acknowledged, the hash of the decisions. Live, recovery, replay and backtest apply inputs
 * through it, so that after a replay it stands exactly where the live one stood.
 * <p>
 * {@link #apply} leaves the decisions of the input in {@link #decisions()} as records complete but for their chain.
 */
public final class CoreHost implements DecisionPort
{
    private final TradingCore core;
    private final TimerQueue timers = new TimerQueue();
    private final SourceTable sources = new SourceTable();
    private final Outbox outbox;
    private final RecordBatch decisions = new RecordBatch();
    private final Refusals refusals = new Refusals();

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ScheduleTimerDecoder scheduleTimer = new ScheduleTimerDecoder();
    private final CancelTimerDecoder cancelTimer = new CancelTimerDecoder();
    private final CommandResultDecoder commandResult = new CommandResultDecoder();
    private final DecisionAcknowledgementDecoder acknowledgement = new DecisionAcknowledgementDecoder();
    private final TimerFiredDecoder timerFired = new TimerFiredDecoder();
    private final NodeStartedDecoder nodeStarted = new NodeStartedDecoder();
    private final RequestExpiredDecoder requestExpired = new RequestExpiredDecoder();
    private final ExecutionReportDecoder report = new ExecutionReportDecoder();
    private final OrderCancelRejectDecoder cancelReject = new OrderCancelRejectDecoder();
    private final OrderRefusedDecoder refused = new OrderRefusedDecoder();
    private final OperationalAlertDecoder alert = new OperationalAlertDecoder();
    private final MessageHeaderEncoder headerEncoder = new MessageHeaderEncoder();
    private final StateHashEncoder stateHash = new StateHashEncoder();

    private DirectBuffer input;
    private int inputOffset;
    private long lastTimeNs;
    private long decisionCount;
    private long decisionHash;
    private long egressSequence;
    private long ordersSent;
    private long riskRejects;
    private CommandReason commandReason = CommandReason.NULL_VAL;
    private long configurationHash;
    private int logicVersion;
    private HostSections sections;

    public CoreHost(final List<StrategyFactory> strategies, final Outbox outbox)
    {
        this.core = new TradingCore(this, strategies);
        this.outbox = outbox;
    }

    /**
     * Applies one input. Decisions of earlier inputs stay in {@link #decisions()} until the caller clears them.
     *
     * @param buffer holds the record with its sequence and times; unchanged while this runs.
     * @throws CoreFailureException when the core or a strategy fails on it.
     */
    public void apply(final DirectBuffer buffer, final int offset)
    {
        input = buffer;
        inputOffset = offset;
        commandReason = CommandReason.NULL_VAL;
        lastTimeNs = RecordDescriptor.sequencerTimeNs(buffer, offset);
        sources.onInput(buffer, offset);
        onHostInput(RecordDescriptor.templateId(buffer, offset), buffer, offset + RecordDescriptor.HEADER_LENGTH);
        try
        {
            core.onInput(buffer, offset);
        }
        catch (final RuntimeException | StackOverflowError | AssertionError | LinkageError ex)
        {
            // What a strategy may throw; an error of the machine's, such as no memory, is none of the input.
            throw CoreFailure.of(ex, core, buffer, offset);
        }
        if (core.isStateHashDue())
        {
            addStateHash();
        }
    }

    /** As {@link TradingCore#lookAhead}. */
    public void lookAhead(final DirectBuffer buffer, final int offset, final int end)
    {
        core.lookAhead(buffer, offset, end);
    }

    /** What an input means to the host, before the core has it. */
    private void onHostInput(final int templateId, final DirectBuffer buffer, final int offset)
    {
        switch (templateId)
        {
            case DecisionAcknowledgementDecoder.TEMPLATE_ID -> {
                acknowledgement.wrapAndApplyHeader(buffer, offset, header);
                outbox.release(acknowledgement.egressSequence());
            }
            case NodeStartedDecoder.TEMPLATE_ID -> {
                nodeStarted.wrapAndApplyHeader(buffer, offset, header);
                configurationHash = nodeStarted.configurationHash();
                logicVersion = nodeStarted.logicVersion();
            }
            case RequestExpiredDecoder.TEMPLATE_ID -> {
                requestExpired.wrapAndApplyHeader(buffer, offset, header);
                outbox.withdraw(requestExpired.egressSequence());
            }
            case TimerFiredDecoder.TEMPLATE_ID -> {
                // The live loop has taken it off its queue already; a replay must, or it would be due again when that goes live.
                timerFired.wrapAndApplyHeader(buffer, offset, header);
                timers.onFired(timerFired.timerId(), timerFired.deadlineNs());
            }
            case OperationalAlertDecoder.TEMPLATE_ID -> onAlert(buffer, offset);
            case ExecutionReportDecoder.TEMPLATE_ID -> onReport(buffer, offset);
            case OrderCancelRejectDecoder.TEMPLATE_ID -> {
                cancelReject.wrapAndApplyHeader(buffer, offset, header);
                refusals.onRequestRejected(cancelReject.reason());
            }
            default -> {
                // For the core alone.
            }
        }
    }

    private void onReport(final DirectBuffer buffer, final int offset)
    {
        report.wrapAndApplyHeader(buffer, offset, header);
        // What the venue says again, because it was asked, counts once.
        if (report.execType() == ExecType.REJECTED
            && report.execId() > core.lastExecId(RecordDescriptor.sourceId(input, inputOffset)))
        {
            refusals.onOrderRejected(report.ordRejReason());
        }
    }

    private void onAlert(final DirectBuffer buffer, final int offset)
    {
        alert.wrapAndApplyHeader(buffer, offset, header);
        if (alert.alertType() == AlertType.GATEWAY_AHEAD)
        {
            // The journal has lost decisions; what leaves from now on must not be taken for them.
            egressSequence = Math.max(egressSequence, alert.value());
            outbox.advanceTo(alert.value());
        }
    }

    /**
     * Takes up an input that the core failed on: it counts, its source has sent it, and nothing else comes of it.
     */
    public void skip(final DirectBuffer buffer, final int offset)
    {
        lastTimeNs = RecordDescriptor.sequencerTimeNs(buffer, offset);
        sources.onInput(buffer, offset);
        core.skip(RecordDescriptor.sequence(buffer, offset));
    }

    @Override
    public void onDecision(
        final long sequence, final int ordinal, final DirectBuffer buffer, final int offset, final int length)
    {
        final int record = decisions.addMessage(RecordKind.DECISION, buffer, offset, length);
        final int templateId = RecordDescriptor.templateId(decisions.buffer(), record);
        final boolean leaves = leaves(templateId);
        inherit(record, sequence, ordinal);
        RecordDescriptor.sourceSequence(decisions.buffer(), record, leaves ? ++egressSequence : 0);
        final long checksum = RecordDescriptor.sealChecksum(decisions.buffer(), record);
        decisionHash = Xxh64.chain(decisionHash, checksum);
        decisionCount++;
        if (leaves)
        {
            ordersSent += templateId == NewOrderSingleDecoder.TEMPLATE_ID ? 1 : 0;
            outbox.add(decisions.buffer(), record);
        }
        else
        {
            onOwnDecision(templateId, buffer, offset);
        }
    }

    private static boolean leaves(final int templateId)
    {
        return templateId == NewOrderSingleDecoder.TEMPLATE_ID || templateId == OrderCancelRequestDecoder.TEMPLATE_ID ||
            templateId == OrderCancelReplaceRequestDecoder.TEMPLATE_ID;
    }

    private void onOwnDecision(final int templateId, final DirectBuffer buffer, final int offset)
    {
        switch (templateId)
        {
            case ScheduleTimerDecoder.TEMPLATE_ID -> {
                scheduleTimer.wrapAndApplyHeader(buffer, offset, header);
                timers.schedule(scheduleTimer.timerId(), scheduleTimer.deadlineNs());
            }
            case CancelTimerDecoder.TEMPLATE_ID -> {
                cancelTimer.wrapAndApplyHeader(buffer, offset, header);
                timers.cancel(cancelTimer.timerId());
            }
            case CommandResultDecoder.TEMPLATE_ID -> {
                commandResult.wrapAndApplyHeader(buffer, offset, header);
                commandReason = commandResult.reason();
            }
            case OrderRefusedDecoder.TEMPLATE_ID -> {
                riskRejects++;
                refused.wrapAndApplyHeader(buffer, offset, header);
                refusals.onRefused(refused.reason());
            }
            default -> {
                // For the journal alone.
            }
        }
    }

    private void inherit(final int record, final long sequence, final int ordinal)
    {
        RecordDescriptor.shard(decisions.buffer(), record, RecordDescriptor.shard(input, inputOffset));
        RecordDescriptor.sequence(decisions.buffer(), record, sequence);
        RecordDescriptor.ordinal(decisions.buffer(), record, ordinal);
        RecordDescriptor.incarnation(
            decisions.buffer(), record, RecordDescriptor.incarnation(input, inputOffset));
        RecordDescriptor.sequencerTimeNs(decisions.buffer(), record, lastTimeNs);
    }

    private void addStateHash()
    {
        stateHash.wrapAndApplyHeader(decisions.buffer(), decisions.nextMessageOffset(), headerEncoder)
            .stateHash(core.stateHash())
            .decisionHash(decisionHash);
        final int record = decisions.addEncoded(RecordKind.STATE_HASH, stateHash.encodedLength());
        inherit(record, core.lastSequence(), 0);
        RecordDescriptor.sealChecksum(decisions.buffer(), record);
    }

    /**
     * Gives the whole state, the core's included, as sections of a snapshot. Allocates.
     */
    public void save(final SectionPort port)
    {
        HostSections.save(this, port);
        core.save(port);
    }

    /**
     * Takes a section that {@link #save} gave, in that order; the host must be new.
     *
     * @param offset of the messageHeader.
     * @param length of messageHeader and message, and of up to 7 bytes more.
     * @throws IllegalStateException for a section that is not known or not in its place.
     */
    public void restore(final DirectBuffer buffer, final int offset, final int length)
    {
        sections = sections == null ? new HostSections() : sections;
        if (!sections.restore(this, buffer, offset))
        {
            core.restore(buffer, offset, length);
        }
    }

    void restore(final HostStateDecoder state)
    {
        decisionHash = state.decisionHash();
        decisionCount = state.decisionCount();
        egressSequence = state.egressSequence();
        ordersSent = state.ordersSent();
        riskRejects = state.riskRejects();
        configurationHash = state.configurationHash();
        logicVersion = state.logicVersion();
    }

    /**
     * All sections have been given: the host goes on behind this input.
     *
     * @param timeNs sequenced time of the input.
     */
    public void completeRestore(final long lastSequence, final long timeNs)
    {
        sections.complete(this);
        sections = null;
        lastTimeNs = timeNs;
        core.completeRestore(lastSequence);
    }

    public TradingCore core()
    {
        return core;
    }

    public TimerQueue timers()
    {
        return timers;
    }

    public SourceTable sources()
    {
        return sources;
    }

    public Outbox outbox()
    {
        return outbox;
    }

    /** Decisions and state hashes not yet cleared, in the order the journal holds them. */
    public RecordBatch decisions()
    {
        return decisions;
    }

    /** Sequenced time of the newest input. */
    public long lastTimeNs()
    {
        return lastTimeNs;
    }

    public long decisionCount()
    {
        return decisionCount;
    }

    /** Hash of all decisions since the start of the journal. */
    public long decisionHash()
    {
        return decisionHash;
    }

    /** Decisions that left, or were to leave, since the start. */
    public long egressSequence()
    {
        return egressSequence;
    }

    public long ordersSent()
    {
        return ordersSent;
    }

    public long riskRejects()
    {
        return riskRejects;
    }

    /** What was refused since this object was made, by reason; a snapshot does not hold it. */
    public Refusals refusals()
    {
        return refusals;
    }

    /** What the newest input's CommandResult said; NULL_VAL when it made none. */
    public CommandReason commandReason()
    {
        return commandReason;
    }

    /** Hash of the configuration that the newest incarnation started with. */
    public long configurationHash()
    {
        return configurationHash;
    }

    /** Logic version of the newest incarnation, 0 before any. */
    public int logicVersion()
    {
        return logicVersion;
    }

    /** Instruments by id. */
    public Instrument instrument(final int instrumentId)
    {
        return core.instrument(instrumentId);
    }
}
