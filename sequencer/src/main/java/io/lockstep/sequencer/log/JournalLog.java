package io.lockstep.sequencer.log;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.codecs.text.Amount;
import io.lockstep.codecs.text.Escapes;
import io.lockstep.codecs.text.InstrumentText;
import io.lockstep.codecs.text.LimitText;
import io.lockstep.codecs.text.Times;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.CommandReason;
import io.lockstep.sbe.CommandResultDecoder;
import io.lockstep.sbe.ControlStrategyDecoder;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.ExecutionReportDecoder;
import io.lockstep.sbe.FeedCondition;
import io.lockstep.sbe.FeedReason;
import io.lockstep.sbe.FeedStatusDecoder;
import io.lockstep.sbe.InstrumentDefinitionDecoder;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.MarketConditionDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.NodeStartedDecoder;
import io.lockstep.sbe.NodeStoppedDecoder;
import io.lockstep.sbe.NodeStoppingDecoder;
import io.lockstep.sbe.OperationalAlertDecoder;
import io.lockstep.sbe.OrdRejReason;
import io.lockstep.sbe.OrderCancelRejectDecoder;
import io.lockstep.sbe.OrderRefusedDecoder;
import io.lockstep.sbe.ReconciliationDifferenceDecoder;
import io.lockstep.sbe.RequestExpiredDecoder;
import io.lockstep.sbe.RiskReason;
import io.lockstep.sbe.SetLimitDecoder;
import io.lockstep.sbe.SetTradingModeDecoder;
import io.lockstep.sbe.SignalDecoder;
import io.lockstep.sbe.SkippedInputDecoder;
import io.lockstep.sbe.SnapshotRequestDecoder;
import io.lockstep.sbe.TradingMode;
import io.lockstep.sbe.UnsetLimitDecoder;
import io.lockstep.sbe.VenueStatusDecoder;
import org.agrona.DirectBuffer;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes lines of what one incarnation journals: alerts, changes of the trading state, gateways that come and go, gaps, commands
 * that were not taken, differences with the venue, and the first refusal for each reason, of orders and of signals. It reads records behind the loop; one
 * thread.
 */
public final class JournalLog
{
    private final ProcessLog log;
    private final int incarnation;
    private final List<InstrumentText> instruments = new ArrayList<>();
    private final ExceptionalDecisions exceptional;
    private final Set<RiskReason> refused = EnumSet.noneOf(RiskReason.class);
    private final Set<OrdRejReason> rejected = EnumSet.noneOf(OrdRejReason.class);
    /** Decisions stand behind all inputs of their batch, and only they say whether a command was taken. */
    private final Map<Long, Asked> askedBySequence = new HashMap<>();
    /** What a command about a limit or a strategy asks for, until it is known whether it was taken. */
    private final Map<Long, String> changeBySequence = new HashMap<>();
    private TradingMode mode;

    private record Asked(TradingMode mode, String who)
    {
    }

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final InstrumentDefinitionDecoder definition = new InstrumentDefinitionDecoder();
    private final NodeStartedDecoder started = new NodeStartedDecoder();
    private final OperationalAlertDecoder alert = new OperationalAlertDecoder();
    private final SetTradingModeDecoder tradingMode = new SetTradingModeDecoder();
    private final VenueStatusDecoder venueStatus = new VenueStatusDecoder();
    private final FeedStatusDecoder feedStatus = new FeedStatusDecoder();
    private final MarketConditionDecoder condition = new MarketConditionDecoder();
    private final OrderRefusedDecoder refusal = new OrderRefusedDecoder();
    private final ExecutionReportDecoder report = new ExecutionReportDecoder();
    private final OrderCancelRejectDecoder cancelReject = new OrderCancelRejectDecoder();
    private final RequestExpiredDecoder expired = new RequestExpiredDecoder();
    private final ReconciliationDifferenceDecoder difference = new ReconciliationDifferenceDecoder();
    private final SetLimitDecoder setLimit = new SetLimitDecoder();
    private final UnsetLimitDecoder unsetLimit = new UnsetLimitDecoder();
    private final ControlStrategyDecoder strategy = new ControlStrategyDecoder();
    private final CommandResultDecoder result = new CommandResultDecoder();
    private final SkippedInputDecoder skipped = new SkippedInputDecoder();

    /**
     * @param incarnation whose records are logged; those of others are passed over.
     * @param instruments known before it began, by their ids.
     * @param mode        that trading was in before it began.
     */
    public JournalLog(
        final ProcessLog log, final int incarnation, final List<Instrument> instruments, final TradingMode mode)
    {
        this.log = log;
        this.incarnation = incarnation;
        this.mode = mode;
        exceptional = new ExceptionalDecisions(log, this.instruments);
        instruments.forEach((instrument) -> this.instruments.add(new InstrumentText(instrument)));
    }

    /** The next record of the journal. */
    public void onRecord(final DirectBuffer buffer, final int offset)
    {
        if (RecordDescriptor.incarnation(buffer, offset) != incarnation)
        {
            return;
        }
        final long sequence = RecordDescriptor.sequence(buffer, offset);
        final int message = offset + RecordDescriptor.HEADER_LENGTH;
        // Market data come first: they are nearly all there is.
        switch (RecordDescriptor.templateId(buffer, offset))
        {
            case FeedStatusDecoder.TEMPLATE_ID -> onFeedStatus(
                sequence, RecordDescriptor.sourceId(buffer, offset),
                feedStatus.wrapAndApplyHeader(buffer, message, header));
            case MarketConditionDecoder.TEMPLATE_ID -> onCondition(
                sequence, condition.wrapAndApplyHeader(buffer, message, header));
            case OrderRefusedDecoder.TEMPLATE_ID -> onRefusal(
                sequence, refusal.wrapAndApplyHeader(buffer, message, header));
            case ExecutionReportDecoder.TEMPLATE_ID -> onReport(
                sequence, report.wrapAndApplyHeader(buffer, message, header));
            case OrderCancelRejectDecoder.TEMPLATE_ID -> onCancelReject(
                sequence, cancelReject.wrapAndApplyHeader(buffer, message, header));
            case VenueStatusDecoder.TEMPLATE_ID -> onVenueStatus(
                sequence, venueStatus.wrapAndApplyHeader(buffer, message, header));
            case OperationalAlertDecoder.TEMPLATE_ID -> onAlert(
                sequence, alert.wrapAndApplyHeader(buffer, message, header));
            case SetTradingModeDecoder.TEMPLATE_ID -> onModeAsked(sequence, RecordDescriptor.sourceId(buffer, offset),
                tradingMode.wrapAndApplyHeader(buffer, message, header));
            case SetLimitDecoder.TEMPLATE_ID -> onLimitAsked(
                sequence, RecordDescriptor.sourceId(buffer, offset),
                setLimit.wrapAndApplyHeader(buffer, message, header));
            case UnsetLimitDecoder.TEMPLATE_ID -> onUnsetAsked(
                sequence, RecordDescriptor.sourceId(buffer, offset),
                unsetLimit.wrapAndApplyHeader(buffer, message, header));
            case ControlStrategyDecoder.TEMPLATE_ID -> onStrategyAsked(
                sequence, RecordDescriptor.sourceId(buffer, offset),
                strategy.wrapAndApplyHeader(buffer, message, header));
            case CommandResultDecoder.TEMPLATE_ID -> onResult(
                sequence, result.wrapAndApplyHeader(buffer, message, header));
            case RequestExpiredDecoder.TEMPLATE_ID -> onExpired(
                sequence, expired.wrapAndApplyHeader(buffer, message, header));
            case ReconciliationDifferenceDecoder.TEMPLATE_ID -> onDifference(
                sequence, difference.wrapAndApplyHeader(buffer, message, header));
            case InstrumentDefinitionDecoder.TEMPLATE_ID -> onDefinition(
                sequence, definition.wrapAndApplyHeader(buffer, message, header));
            case NodeStartedDecoder.TEMPLATE_ID -> log.say(LogLevel.INFO, "node", sequence,
                "incarnation begins: number=" +
                    incarnation + " logicVersion=" +
                    started.wrapAndApplyHeader(buffer, message, header).logicVersion() + " tradingMode=" + mode);
            case NodeStoppingDecoder.TEMPLATE_ID ->
                log.say(LogLevel.INFO, "node", sequence, "told to stop: no new orders");
            case NodeStoppedDecoder.TEMPLATE_ID -> log.say(LogLevel.INFO, "node", sequence, "stopped");
            case SnapshotRequestDecoder.TEMPLATE_ID -> log.say(
                LogLevel.INFO, "operator", sequence, "a snapshot is asked for");
            case SkippedInputDecoder.TEMPLATE_ID -> onSkipped(
                sequence, skipped.wrapAndApplyHeader(buffer, message, header));
            default -> exceptional.onRecord(
                RecordDescriptor.templateId(buffer, offset), sequence, buffer, message);
        }
    }

    private void onDefinition(final long sequence, final InstrumentDefinitionDecoder message)
    {
        final Instrument instrument = Instrument.decode(message);
        if (instrument.id() == instruments.size())
        {
            instruments.add(new InstrumentText(instrument));
            log.say(LogLevel.INFO, "instrument", sequence,
                "defined: " + name(instrument.id()) + " instrumentId=" + instrument.id());
        }
    }

    private String name(final int instrumentId)
    {
        return instrumentId >= 0 && instrumentId < instruments.size()
            ? instruments.get(instrumentId).name()
            : "instrumentId=" + instrumentId;
    }

    private void onFeedStatus(final long sequence, final int sourceId, final FeedStatusDecoder message)
    {
        final boolean isWhole = message.instrumentId() == Nulls.NULL_INSTRUMENT_ID;
        if (isWhole)
        {
            final LogLevel level = message.condition() == FeedCondition.STALE ? LogLevel.WARN : LogLevel.INFO;
            log.say(level, "feed", sequence, "source=" + sourceId + " is " + message.condition() +
                (level == LogLevel.INFO || message.reason().value() == 0 ? "" : ": " + message.reason()));
        }
    }

    private void onCondition(final long sequence, final MarketConditionDecoder message)
    {
        final boolean stale = message.condition() == FeedCondition.STALE;
        log.say(stale ? LogLevel.WARN : LogLevel.INFO, "market", sequence, name(message.instrumentId()) + " is " +
            message.condition() + (stale
                ? ": " + message.reason() + optional(" expected=", message, message.expected()) +
                    optional(" actual=", message, message.actual())
                : ""));
    }

    /** Update ids for a gap, times for a silence. */
    private static String optional(final String key, final MarketConditionDecoder message, final long value)
    {
        if (value == Nulls.NULL_LONG)
        {
            return "";
        }
        return key + (message.reason() == FeedReason.SILENT ? Times.duration(value) : value);
    }

    /** Only the first for each reason: a strategy that is refused asks again. */
    private void onRefusal(final long sequence, final OrderRefusedDecoder message)
    {
        if (refused.add(message.reason()))
        {
            log.say(LogLevel.WARN, "risk", sequence, "first order refused for " + message.reason() + ": " +
                name(message.instrumentId()) + " " + message.side() + refusalValues(message));
        }
    }

    private String refusalValues(final OrderRefusedDecoder message)
    {
        if (message.instrumentId() < 0 || message.instrumentId() >= instruments.size())
        {
            return "";
        }
        final InstrumentText text = instruments.get(message.instrumentId());
        final StringBuilder values = new StringBuilder(" quantity=").append(text.quantity(message.orderQtyLots()));
        final Amount price = text.price(message.priceTicks());
        values.append(" price=").append(price == null ? "market" : price);
        final Amount limit = RefusalText.limit(text, message);
        final Amount actual = RefusalText.actual(text, message);
        values.append(limit == null ? "" : " limit=" + limit).append(actual == null ? "" : " actual=" + actual);
        return values.toString();
    }

    private void onReport(final long sequence, final ExecutionReportDecoder message)
    {
        if (message.execType() == ExecType.REJECTED)
        {
            onReject(sequence, message.ordRejReason(), "order rejected by the venue", message.instrumentId());
        }
    }

    private void onCancelReject(final long sequence, final OrderCancelRejectDecoder message)
    {
        onReject(sequence, message.reason(), "cancel or replace rejected by the venue", message.instrumentId());
    }

    private void onReject(final long sequence, final OrdRejReason reason, final String what, final int instrumentId)
    {
        if (rejected.add(reason))
        {
            log.say(LogLevel.WARN, "venue", sequence, "first " + what + " for " + reason + ": " + name(instrumentId));
        }
    }

    private void onVenueStatus(final long sequence, final VenueStatusDecoder message)
    {
        if (message.connected() == BooleanType.TRUE)
        {
            log.say(LogLevel.INFO, "venue", sequence, "the order gateway is heard");
        }
        else
        {
            log.say(LogLevel.ERROR, "venue", sequence,
                "the order gateway is gone: silent for " + Times.duration(message.silentNs()));
        }
    }

    private void onAlert(final long sequence, final OperationalAlertDecoder message)
    {
        final boolean changesMode = message.mode() != TradingMode.NULL_VAL;
        log.say(changesMode ? LogLevel.ERROR : LogLevel.WARN, "alert", sequence,
            AlertText.of(message.alertType(), message.value(), message.threshold()) +
                (message.cancelOrders() == BooleanType.TRUE ? "; open orders are cancelled" : ""));
        // An alert makes the mode stricter or leaves it.
        if (changesMode && message.mode().value() > mode.value())
        {
            onMode(sequence, message.mode(), "by the alert " + message.alertType());
        }
    }

    private void onMode(final long sequence, final TradingMode newMode, final String why)
    {
        if (newMode != mode)
        {
            log.say(newMode == TradingMode.RUNNING ? LogLevel.INFO : LogLevel.ERROR, "trading", sequence,
                "was " + mode + ", is " + newMode + " now, " + why);
            mode = newMode;
        }
    }

    private void onModeAsked(final long sequence, final int sourceId, final SetTradingModeDecoder message)
    {
        final TradingMode asked = message.mode();
        final String user = message.user();
        askedBySequence.put(sequence, new Asked(asked,
            "source=" + sourceId + (user.isEmpty() ? "" : " user=" + Escapes.line(user))));
    }

    private void onResult(final long sequence, final CommandResultDecoder message)
    {
        final Asked asked = message.commandTemplateId() == SetTradingModeDecoder.TEMPLATE_ID
            ? askedBySequence.remove(sequence)
            : null;
        if (asked != null && message.reason() == CommandReason.ACCEPTED)
        {
            onMode(sequence, asked.mode(), "asked for by " + asked.who());
        }
        final String change = changeBySequence.remove(sequence);
        if (change != null && message.reason() == CommandReason.ACCEPTED)
        {
            log.say(LogLevel.INFO, "command", sequence, change);
        }
        if (message.commandTemplateId() == SignalDecoder.TEMPLATE_ID)
        {
            // Its SignalRouted before says more.
            return;
        }
        switch (message.reason())
        {
            case ACCEPTED, NO_CHANGE -> {
                // What an accepted one changed has its line above.
            }
            case WAITING -> log.say(LogLevel.INFO, "command", sequence,
                "waits until position and orders allow it: " + about(message));
            default -> log.say(LogLevel.WARN, "command", sequence,
                "not taken: " + message.reason() + " " + about(message));
        }
    }

    private String about(final CommandResultDecoder message)
    {
        final int id = message.instrumentId();
        return "templateId=" + message.commandTemplateId() + (id == Nulls.NULL_INSTRUMENT_ID ? "" : " " + name(id));
    }

    private void onLimitAsked(final long sequence, final int sourceId, final SetLimitDecoder message)
    {
        final int id = message.instrumentId();
        final LimitType type = message.limitType();
        final BigDecimal value = BigDecimal.valueOf(message.value().mantissa())
            .scaleByPowerOfTen(message.value().exponent());
        final boolean isKnown = id >= 0 && id < instruments.size();
        final Amount amount = isKnown ? instruments.get(id).limit(type, value) : LimitText.ofSet(type, value, "");
        changeBySequence.put(sequence, "limit " + type + " of " + scope(id) + " is " + amount + " now, set by " +
            who(sourceId, message.user()));
    }

    private void onUnsetAsked(final long sequence, final int sourceId, final UnsetLimitDecoder message)
    {
        changeBySequence.put(sequence, "limit " + message.limitType() + " of " + scope(message.instrumentId()) +
            " is taken back by " + who(sourceId, message.user()));
    }

    private void onStrategyAsked(final long sequence, final int sourceId, final ControlStrategyDecoder message)
    {
        // Fields of variable length are read in the order of the schema.
        final String what = "strategy " + Escapes.line(message.strategyName()) +
            (message.running() == BooleanType.TRUE ? " is started by " : " is stopped by ");
        changeBySequence.put(sequence, what + who(sourceId, message.user()));
    }

    private String scope(final int instrumentId)
    {
        return instrumentId == Nulls.NULL_INSTRUMENT_ID ? "all" : name(instrumentId);
    }

    private static String who(final int sourceId, final String user)
    {
        return sourceId == 0 ? "the configuration" : "source=" + sourceId + " user=" + Escapes.line(user);
    }

    private void onExpired(final long sequence, final RequestExpiredDecoder message)
    {
        log.say(LogLevel.WARN, "order", sequence, "not sent, for it has waited too long: clOrdId=" +
            message.clOrdId() + " age=" + Times.duration(message.ageNs()));
    }

    private void onDifference(final long sequence, final ReconciliationDifferenceDecoder message)
    {
        log.say(LogLevel.ERROR, "venue", sequence, "venue and journal disagree, the venue's answer is taken: " +
            message.kind() + " " + name(message.instrumentId()) + " " + message.side() + " clOrdId=" +
            Escapes.line(message.clOrdId()));
    }

    private void onSkipped(final long sequence, final SkippedInputDecoder message)
    {
        log.say(LogLevel.ERROR, "recovery", sequence, "an input that the core fails on is passed over from now on");
    }
}
