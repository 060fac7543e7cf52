package io.lockstep.sequencer.log;

import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.InstrumentSettings;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.AlertType;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.BreakerCause;
import io.lockstep.sbe.BreakerChangedEncoder;
import io.lockstep.sbe.BreakerState;
import io.lockstep.sbe.CommandReason;
import io.lockstep.sbe.CommandResultEncoder;
import io.lockstep.sbe.ContractType;
import io.lockstep.sbe.CorrectionOutcome;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.ExecutionCorrectedEncoder;
import io.lockstep.sbe.FeedCondition;
import io.lockstep.sbe.FeedReason;
import io.lockstep.sbe.InstrumentDefinitionDecoder;
import io.lockstep.sbe.InstrumentDefinitionEncoder;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.MarketConditionEncoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.OperationalAlertEncoder;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.OrderRefusedEncoder;
import io.lockstep.sbe.OrderRestatedEncoder;
import io.lockstep.sbe.RiskReason;
import io.lockstep.sbe.SetLimitEncoder;
import io.lockstep.sbe.SetTradingModeEncoder;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TradingMode;
import io.lockstep.sbe.VenueStatusEncoder;
import io.lockstep.sequencer.config.LogContext;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;

/** Which records make lines, and what the lines say. */
class JournalLogTest
{
    private static final int INCARNATION = 3;

    @TempDir
    private Path directory;
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1_024]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private long sequence = 100;

    private List<String> lines(final Consumer<JournalLog> records) throws IOException
    {
        try (ProcessLog log = ProcessLog.open(
            LogContext.DEFAULT.in(directory), "node", new PrintWriter(Writer.nullWriter())))
        {
            records.accept(new JournalLog(log, INCARNATION, List.of(), TradingMode.RUNNING));
        }
        return Files.readAllLines(directory.resolve("node.0.log")).stream()
            .map((line) -> line.substring(line.indexOf(' ') + 1)).toList();
    }

    private void record(final JournalLog log, final int incarnation, final MessageEncoderFlyweight message)
    {
        RecordDescriptor.incarnation(buffer, 0, incarnation);
        RecordDescriptor.sequence(buffer, 0, sequence);
        RecordDescriptor.sourceId(buffer, 0, 9);
        buffer.putShort(RecordDescriptor.HEADER_LENGTH + MessageHeaderEncoder.templateIdEncodingOffset(),
            (short)message.sbeTemplateId());
        log.onRecord(buffer, 0);
    }

    private void define(final JournalLog log)
    {
        final InstrumentDefinitionEncoder definition = new InstrumentDefinitionEncoder().wrapAndApplyHeader(
            buffer, RecordDescriptor.HEADER_LENGTH, header);
        TestInstrument.BTC.encode(definition);
        record(log, INCARNATION, definition);
    }

    /** The one instrument here. */
    private static final class TestInstrument
    {
        static final Instrument BTC = Instrument.decode(definition());

        private static InstrumentDefinitionDecoder definition()
        {
            final UnsafeBuffer bytes = new UnsafeBuffer(new byte[512]);
            final InstrumentDefinitionEncoder encoder = new InstrumentDefinitionEncoder().wrapAndApplyHeader(
                bytes, 0, new MessageHeaderEncoder());
            encoder.instrumentId(0).contractType(ContractType.LINEAR).orderTicks(1).orderLots(1)
                .orderVenueId(InstrumentSettings.FIRST_VENUE_ID).lockedIsCrossed(BooleanType.FALSE)
                .crossedHealNs(InstrumentSettings.NEVER);
            final Increment tick = Increment.parse("0.01");
            final Increment lot = Increment.parse("0.001");
            encoder.tickSize().mantissa(tick.mantissa()).exponent((byte)tick.exponent());
            encoder.lotSize().mantissa(lot.mantissa()).exponent((byte)lot.exponent());
            encoder.multiplier().mantissa(1).exponent((byte)0);
            encoder.cashExponent((byte)-8);
            encoder.symbol("BTCUSDT").venue("BINANCE").baseCurrency("BTC").quoteCurrency("USDT")
                .settlementCurrency("USDT");
            return new InstrumentDefinitionDecoder().wrapAndApplyHeader(
                bytes, 0, new MessageHeaderDecoder());
        }
    }

    private void refuse(final JournalLog log, final RiskReason reason)
    {
        final OrderRefusedEncoder refusal = new OrderRefusedEncoder().wrapAndApplyHeader(
            buffer, RecordDescriptor.HEADER_LENGTH, header);
        refusal.instrumentId(0).side(Side.BUY).ordType(OrdType.LIMIT).reason(reason).priceTicks(6_000_000)
            .orderQtyLots(1_500).limitValue(1_000).actualValue(1_500);
        record(log, INCARNATION, refusal);
        sequence++;
    }

    private void mode(final JournalLog log, final TradingMode mode, final CommandReason answer)
    {
        record(log, INCARNATION, new SetTradingModeEncoder().wrapAndApplyHeader(
            buffer, RecordDescriptor.HEADER_LENGTH, header).mode(mode).scope(LimitScope.NODE)
            .flatten(BooleanType.FALSE).scopedId(SetTradingModeEncoder.scopedIdNullValue()).user("root"));
        record(log, INCARNATION, new CommandResultEncoder().wrapAndApplyHeader(
            buffer, RecordDescriptor.HEADER_LENGTH, header).reason(answer)
            .commandTemplateId(SetTradingModeEncoder.TEMPLATE_ID).instrumentId(Nulls.NULL_INSTRUMENT_ID));
        sequence++;
    }

    private void alert(final JournalLog log, final int incarnation, final TradingMode mode)
    {
        record(log, incarnation, new OperationalAlertEncoder().wrapAndApplyHeader(
            buffer, RecordDescriptor.HEADER_LENGTH, header).alertType(AlertType.CLOCK_JUMP).mode(mode)
            .cancelOrders(BooleanType.TRUE).value(2_000_000_000L).threshold(500_000_000L));
        sequence++;
    }

    @Test
    void shouldSayTheFirstRefusalOfEachReasonInDecimals() throws IOException
    {
        assertThat(lines((log) ->
        {
            define(log);
            refuse(log, RiskReason.MAX_ORDER_QUANTITY);
            refuse(log, RiskReason.MAX_ORDER_QUANTITY);
            refuse(log, RiskReason.HALTED);
        })).containsExactly(
            "INFO  instrument 100 defined: BTCUSDT.BINANCE instrumentId=0",
            "WARN  risk 100 first order refused for MAX_ORDER_QUANTITY: BTCUSDT.BINANCE BUY quantity=1.5 BTC " +
                "price=60000 USDT limit=1 BTC actual=1.5 BTC",
            "WARN  risk 102 first order refused for HALTED: BTCUSDT.BINANCE BUY quantity=1.5 BTC price=60000 USDT");
    }

    @Test
    void shouldSayAlertsAndHowTradingChanges() throws IOException
    {
        assertThat(lines((log) ->
        {
            alert(log, INCARNATION, TradingMode.HALTED);
            alert(log, INCARNATION, TradingMode.HALTED);
            mode(log, TradingMode.RUNNING, CommandReason.ACCEPTED);
            mode(log, TradingMode.KILLED, CommandReason.INVALID_VALUE);
        })).containsExactly(
            "ERROR alert 100 CLOCK_JUMP: step=2 s tolerated=500 ms; open orders are cancelled",
            "ERROR trading 100 was RUNNING, is HALTED now, by the alert CLOCK_JUMP",
            "ERROR alert 101 CLOCK_JUMP: step=2 s tolerated=500 ms; open orders are cancelled",
            "INFO  trading 102 was HALTED, is RUNNING now, asked for by source=9 user=root",
            "WARN  command 103 not taken: INVALID_VALUE templateId=44");
    }

    @Test
    void shouldSayGapsAndGateways() throws IOException
    {
        assertThat(lines((log) ->
        {
            define(log);
            record(log, INCARNATION, new MarketConditionEncoder().wrapAndApplyHeader(
                buffer, RecordDescriptor.HEADER_LENGTH, header).instrumentId(0).condition(FeedCondition.STALE)
                .reason(FeedReason.SEQUENCE_GAP).expected(7).actual(9));
            record(log, INCARNATION, new MarketConditionEncoder().wrapAndApplyHeader(
                buffer, RecordDescriptor.HEADER_LENGTH, header).instrumentId(0).condition(FeedCondition.LIVE)
                .reason(FeedReason.NONE).expected(Nulls.NULL_LONG).actual(Nulls.NULL_LONG));
            record(log, INCARNATION, new MarketConditionEncoder().wrapAndApplyHeader(
                buffer, RecordDescriptor.HEADER_LENGTH, header).instrumentId(0).condition(FeedCondition.STALE)
                .reason(FeedReason.SILENT).expected(1_000_000_000L).actual(1_250_000_000L));
            record(log, INCARNATION, new VenueStatusEncoder().wrapAndApplyHeader(
                buffer, RecordDescriptor.HEADER_LENGTH, header).connected(BooleanType.FALSE).silentNs(1_500_000_000L));
            record(log, INCARNATION, new VenueStatusEncoder().wrapAndApplyHeader(
                buffer, RecordDescriptor.HEADER_LENGTH, header).connected(BooleanType.TRUE).silentNs(0));
        })).containsExactly(
            "INFO  instrument 100 defined: BTCUSDT.BINANCE instrumentId=0",
            "WARN  market 100 BTCUSDT.BINANCE is STALE: SEQUENCE_GAP expected=7 actual=9",
            "INFO  market 100 BTCUSDT.BINANCE is LIVE",
            "WARN  market 100 BTCUSDT.BINANCE is STALE: SILENT expected=1 s actual=1.25 s",
            "ERROR venue 100 the order gateway is gone: silent for 1.5 s",
            "INFO  venue 100 the order gateway is heard");
    }

    @Test
    void shouldSayWhoChangedALimitOnceItIsTaken() throws IOException
    {
        assertThat(lines((log) ->
        {
            define(log);
            final SetLimitEncoder limit = new SetLimitEncoder().wrapAndApplyHeader(
                buffer, RecordDescriptor.HEADER_LENGTH, header);
            limit.instrumentId(0).limitType(LimitType.MAX_ORDER_QUANTITY).configured(BooleanType.FALSE)
                .strategyId(SetLimitEncoder.strategyIdNullValue()).value().mantissa(25).exponent((byte)-1);
            limit.user("ann");
            record(log, INCARNATION, limit);
            record(log, INCARNATION, new CommandResultEncoder().wrapAndApplyHeader(
                buffer, RecordDescriptor.HEADER_LENGTH, header).reason(CommandReason.ACCEPTED)
                .commandTemplateId(SetLimitEncoder.TEMPLATE_ID).instrumentId(0));
        })).containsExactly(
            "INFO  instrument 100 defined: BTCUSDT.BINANCE instrumentId=0",
            "INFO  command 100 limit MAX_ORDER_QUANTITY of BTCUSDT.BINANCE is 2.5 BTC now, set by source=9 user=ann");
    }

    private void breaker(final JournalLog log, final BreakerState state, final long untilNs)
    {
        record(log, INCARNATION, new BreakerChangedEncoder().wrapAndApplyHeader(
            buffer, RecordDescriptor.HEADER_LENGTH, header).scope(LimitScope.INSTRUMENT).cause(BreakerCause.SLIPPAGE)
            .state(state).scopedId(0).value(1_250).valueHigh(Nulls.NULL_LONG).limitValue(1_000)
            .limitValueHigh(Nulls.NULL_LONG).untilNs(untilNs));
        sequence++;
    }

    @Test
    void shouldSayHowCircuitBreakersChange() throws IOException
    {
        assertThat(lines((log) ->
        {
            define(log);
            breaker(log, BreakerState.OPEN, 7);
            breaker(log, BreakerState.HALF_OPEN, Nulls.NULL_TIME_NS);
            breaker(log, BreakerState.CLOSED, Nulls.NULL_TIME_NS);
        })).endsWith(
            "WARN  risk 100 circuit breaker of BTCUSDT.BINANCE SLIPPAGE is OPEN: value=12.5 threshold=10; nothing of it "
                +
                "may open a position",
            "WARN  risk 101 circuit breaker of BTCUSDT.BINANCE SLIPPAGE lets a probe out",
            "INFO  risk 102 circuit breaker of BTCUSDT.BINANCE SLIPPAGE is CLOSED again");
    }

    @Test
    void shouldLeaveOtherIncarnations() throws IOException
    {
        assertThat(lines((log) -> alert(log, INCARNATION - 1, TradingMode.HALTED))).isEmpty();
    }

    private void correct(
        final JournalLog log, final ExecType execType, final CorrectionOutcome outcome, final long refLots)
    {
        final ExecutionCorrectedEncoder corrected = new ExecutionCorrectedEncoder().wrapAndApplyHeader(
            buffer, RecordDescriptor.HEADER_LENGTH, header);
        corrected.clOrdId("000100000000000001").execType(execType).outcome(outcome).side(Side.BUY).instrumentId(0)
            .refPxTicks(6_000_000).refQtyLots(refLots).lastPxTicks(5_900_000).lastQtyLots(1_000).netLots(2_000);
        record(log, INCARNATION, corrected);
    }

    @Test
    void shouldWarnOfWhatAVenueCorrectsAndOfWhatItChangesByItself() throws IOException
    {
        final List<String> lines = lines((log) ->
        {
            define(log);
            correct(log, ExecType.TRADE_CORRECT, CorrectionOutcome.BOOKED, 1_500);
            correct(log, ExecType.TRADE_CANCEL, CorrectionOutcome.BOOKED, 1_500);
            correct(log, ExecType.TRADE_CANCEL, CorrectionOutcome.UNCOUNTABLE, 1_500);
            correct(log, ExecType.TRADE_CANCEL, CorrectionOutcome.INCOMPLETE, Nulls.NULL_LONG);
            record(log, INCARNATION, new OrderRestatedEncoder().wrapAndApplyHeader(
                buffer, RecordDescriptor.HEADER_LENGTH, header).clOrdId("000100000000000001").side(Side.BUY)
                .instrumentId(0).priceTicks(6_000_000).orderQtyLots(1_000).previousPriceTicks(6_000_000)
                .previousQtyLots(1_500));
        });

        assertThat(lines.stream().filter((line) -> line.startsWith("WARN")).map(
            (line) -> line.substring(line.indexOf("the venue")))).containsExactly(
                "the venue corrects an execution: BTCUSDT.BINANCE BUY clOrdId=000100000000000001 quantity=1.5 BTC " +
                    "price=60000 USDT is quantity=1 BTC price=59000 USDT; position=2 BTC",
                "the venue corrects an execution: BTCUSDT.BINANCE BUY clOrdId=000100000000000001 quantity=1.5 BTC " +
                    "price=60000 USDT is void; position=2 BTC",
                "the venue corrects an execution by more than can be counted, nothing is booked: BTCUSDT.BINANCE BUY " +
                    "clOrdId=000100000000000001 quantity=1.5 BTC price=60000 USDT is void",
                "the venue corrects an execution and does not say its price and quantity, nothing is booked: " +
                    "BTCUSDT.BINANCE BUY clOrdId=000100000000000001",
                "the venue has changed an order by itself: clOrdId=000100000000000001 BTCUSDT.BINANCE BUY " +
                    "quantity=1 BTC was=1.5 BTC price=60000 USDT was=60000 USDT");
    }
}
