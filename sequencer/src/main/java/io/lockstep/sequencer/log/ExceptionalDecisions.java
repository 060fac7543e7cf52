package io.lockstep.sequencer.log;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.text.Amount;
import io.lockstep.codecs.text.Escapes;
import io.lockstep.codecs.text.InstrumentText;
import io.lockstep.sbe.AccountDifferenceDecoder;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.BreakerChangedDecoder;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.ExecutionCorrectedDecoder;
import io.lockstep.sbe.ExecutionOutOfPlaceDecoder;
import io.lockstep.sbe.InputRefusedDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.OrderInDoubtDecoder;
import io.lockstep.sbe.OrderRestatedDecoder;
import io.lockstep.sbe.RiskReason;
import io.lockstep.sbe.SignalRoutedDecoder;
import org.agrona.DirectBuffer;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Lines for decisions that a sound day does not see: a venue's account that differs, an execution that its order has no place for,
 * what a venue corrects or changes by itself, an order in doubt, a circuit breaker, an input that its source may not send. One
 * thread.
 */
final class ExceptionalDecisions
{
    private static final int HALF_BITS = 64;
    private static final int AMOUNT_SCALE = 18;

    private final ProcessLog log;
    private final List<InstrumentText> instruments;
    private final Set<Integer> refusedSources = new HashSet<>();
    private final Set<RiskReason> refusedSignals = EnumSet.noneOf(RiskReason.class);
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final AccountDifferenceDecoder difference = new AccountDifferenceDecoder();
    private final ExecutionOutOfPlaceDecoder execution = new ExecutionOutOfPlaceDecoder();
    private final ExecutionCorrectedDecoder corrected = new ExecutionCorrectedDecoder();
    private final OrderRestatedDecoder restated = new OrderRestatedDecoder();
    private final OrderInDoubtDecoder inDoubt = new OrderInDoubtDecoder();
    private final InputRefusedDecoder refused = new InputRefusedDecoder();
    private final BreakerChangedDecoder breaker = new BreakerChangedDecoder();
    private final SignalRoutedDecoder signal = new SignalRoutedDecoder();

    /** @param instruments by their ids; grows while records are read. */
    ExceptionalDecisions(final ProcessLog log, final List<InstrumentText> instruments)
    {
        this.log = log;
        this.instruments = instruments;
    }

    /** Any other record gives no line. */
    void onRecord(final int templateId, final long sequence, final DirectBuffer buffer, final int message)
    {
        switch (templateId)
        {
            case AccountDifferenceDecoder.TEMPLATE_ID -> onDifference(
                sequence, difference.wrapAndApplyHeader(buffer, message, header));
            case ExecutionOutOfPlaceDecoder.TEMPLATE_ID -> onExecution(
                sequence, execution.wrapAndApplyHeader(buffer, message, header));
            case ExecutionCorrectedDecoder.TEMPLATE_ID -> onCorrected(
                sequence, corrected.wrapAndApplyHeader(buffer, message, header));
            case OrderRestatedDecoder.TEMPLATE_ID -> onRestated(
                sequence, restated.wrapAndApplyHeader(buffer, message, header));
            case OrderInDoubtDecoder.TEMPLATE_ID -> onInDoubt(
                sequence, inDoubt.wrapAndApplyHeader(buffer, message, header));
            case BreakerChangedDecoder.TEMPLATE_ID -> onBreaker(
                sequence, breaker.wrapAndApplyHeader(buffer, message, header));
            case SignalRoutedDecoder.TEMPLATE_ID -> onSignal(
                sequence, signal.wrapAndApplyHeader(buffer, message, header));
            case InputRefusedDecoder.TEMPLATE_ID -> onRefused(
                sequence, refused.wrapAndApplyHeader(buffer, message, header));
            default -> {
                // No line.
            }
        }
    }

    private void onDifference(final long sequence, final AccountDifferenceDecoder message)
    {
        final int id = message.instrumentId();
        final boolean isBalance = id == Nulls.NULL_INSTRUMENT_ID;
        final Object engine = isBalance
            ? amount(message.engineAmount(), message.engineAmountHigh())
            : quantity(id, message.engineLots());
        final Object venue = isBalance
            ? amount(message.venueAmount(), message.venueAmountHigh())
            : quantity(id, message.venueLots());
        final String halted = message.halted() == BooleanType.TRUE ? "; the account is halted" : "";
        final String of = isBalance ? Escapes.line(message.asset()) : name(id);
        log.say(LogLevel.ERROR, "account", sequence, "venue and engine disagree: " + message.kind() + " " + of +
            " venueId=" + message.venueId() + " engine=" + engine + " venue=" + venue + halted);
    }

    private void onExecution(final long sequence, final ExecutionOutOfPlaceDecoder message)
    {
        final int id = message.instrumentId();
        log.say(LogLevel.WARN, "venue", sequence,
            "an execution that its order has no place for, booked all the same: " +
                message.place() + " " + name(id) + " " + message.side() + " quantity="
                + quantity(id, message.lastQtyLots()) +
                " price=" + price(id, message.lastPxTicks()));
    }

    private void onCorrected(final long sequence, final ExecutionCorrectedDecoder message)
    {
        final int id = message.instrumentId();
        final String of = name(id) + " " + message.side() + " clOrdId=" + ClOrdIds.text(
            message.buffer(), message.offset() + ExecutionCorrectedDecoder.clOrdIdEncodingOffset());
        log.say(LogLevel.WARN, "venue", sequence, switch (message.outcome())
        {
            case BOOKED -> "the venue corrects an execution: " + of + change(id, message) + "; position=" +
                quantity(id, message.netLots());
            case UNCOUNTABLE -> "the venue corrects an execution by more than can be counted, nothing is booked: " +
                of + change(id, message);
            case INCOMPLETE, NULL_VAL, SBE_UNKNOWN ->
                "the venue corrects an execution and does not say its price and quantity, nothing is booked: " + of;
        });
    }

    private String change(final int id, final ExecutionCorrectedDecoder message)
    {
        return " quantity=" + quantity(id, message.refQtyLots()) + " price=" + price(id, message.refPxTicks()) +
            (message.execType() == ExecType.TRADE_CANCEL
                ? " is void"
                : " is quantity=" + quantity(id, message.lastQtyLots()) + " price=" + price(id, message.lastPxTicks()));
    }

    private void onRestated(final long sequence, final OrderRestatedDecoder message)
    {
        final int id = message.instrumentId();
        log.say(LogLevel.WARN, "venue", sequence, "the venue has changed an order by itself: clOrdId=" +
            ClOrdIds.text(message.buffer(), message.offset() + OrderRestatedDecoder.clOrdIdEncodingOffset()) + " " +
            name(id) + " " + message.side() + " quantity=" + quantity(id, message.orderQtyLots()) + " was=" +
            quantity(id, message.previousQtyLots()) + limit(" price=", id, message.priceTicks()) +
            limit(" was=", id, message.previousPriceTicks()));
    }

    private String limit(final String label, final int id, final long ticks)
    {
        return ticks == Nulls.NULL_PRICE_TICKS ? "" : label + price(id, ticks);
    }

    private void onInDoubt(final long sequence, final OrderInDoubtDecoder message)
    {
        final String clOrdId = ClOrdIds.text(
            message.buffer(), message.offset() + OrderInDoubtDecoder.clOrdIdEncodingOffset());
        log.say(LogLevel.WARN, "venue", sequence, "an order is in doubt, a request has no answer: clOrdId=" + clOrdId +
            " " + name(message.instrumentId()) + " " + message.side() + " " + message.ordStatus() + " attempt=" +
            message.attempt() + (message.asked() == BooleanType.TRUE
                ? "; the venue is asked"
                : "; the venue is away and says it when it is back"));
    }

    private void onBreaker(final long sequence, final BreakerChangedDecoder message)
    {
        final String subject = "circuit breaker of " + scope(message) + ' ' + message.cause();
        final int exponent = switch (message.cause())
        {
            case SLIPPAGE -> 2;
            case DRAWDOWN -> 8;
            default -> 0;
        };
        final String numbers = ": value=" + scaled(message.value(), message.valueHigh(), exponent) + " threshold=" +
            scaled(message.limitValue(), message.limitValueHigh(), exponent);
        switch (message.state())
        {
            case OPEN -> log.say(LogLevel.WARN, "risk", sequence, subject +
                " is OPEN" + numbers + "; nothing of it may open a position");
            case HALF_OPEN -> log.say(LogLevel.WARN, "risk", sequence, subject + " lets a probe out");
            default -> log.say(LogLevel.INFO, "risk", sequence, subject + " is CLOSED again");
        }
    }

    private String scope(final BreakerChangedDecoder message)
    {
        return switch (message.scope())
        {
            case STRATEGY -> "strategyId=" + message.scopedId();
            case INSTRUMENT -> name(message.scopedId());
            case VENUE -> "venueId=" + message.scopedId();
            default -> "the node";
        };
    }

    /** Only the first refused for each reason: a client that is refused goes on. */
    private void onSignal(final long sequence, final SignalRoutedDecoder message)
    {
        final RiskReason reason = message.riskReason();
        if (reason != RiskReason.NONE && refusedSignals.add(reason))
        {
            final int id = message.instrumentId();
            log.say(LogLevel.WARN, "signal", sequence, "first signal refused for " + reason + ": " +
                (id == Nulls.NULL_INSTRUMENT_ID ? "" : name(id) + " ") + "id=" + Escapes.line(message.clientName()) +
                ':' + message.epoch() + ':' + message.counter());
        }
    }

    /** Only the first of each source: one that is set up wrongly sends on. */
    private void onRefused(final long sequence, final InputRefusedDecoder message)
    {
        if (refusedSources.add(message.sourceId()))
        {
            log.say(LogLevel.WARN, "command", sequence, "first input refused of source=" + message.sourceId() +
                " role=" + message.role() + ": templateId=" + message.refusedTemplateId());
        }
    }

    /** The lower half alone is the number when there is no upper one. */
    private static String amount(final long low, final long high)
    {
        return scaled(low, high, AMOUNT_SCALE);
    }

    private static String scaled(final long low, final long high, final int scale)
    {
        final BigInteger units = high == Nulls.NULL_LONG
            ? BigInteger.valueOf(low)
            : BigInteger.valueOf(high).shiftLeft(HALF_BITS).add(new BigInteger(Long.toUnsignedString(low)));
        final BigDecimal value = new BigDecimal(units, scale).stripTrailingZeros();
        return value.toPlainString();
    }

    private Object quantity(final int id, final long lots)
    {
        return isKnown(id) ? instruments.get(id).quantity(lots) : lots + " lots";
    }

    private Object price(final int id, final long ticks)
    {
        final Amount price = isKnown(id) ? instruments.get(id).price(ticks) : null;
        return price == null ? ticks + " ticks" : price;
    }

    private String name(final int id)
    {
        return isKnown(id) ? instruments.get(id).name() : "instrumentId=" + id;
    }

    private boolean isKnown(final int id)
    {
        return id >= 0 && id < instruments.size();
    }
}
