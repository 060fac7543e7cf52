package io.lockstep.codecs;

import io.lockstep.codecs.SchemaModel.Message;
import io.lockstep.sbe.MessageHeaderDecoder;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.sbe.MessageDecoderFlyweight;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import uk.co.real_logic.sbe.ir.Token;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A journal outlives the schema it was written with, and a gateway may be a version behind its node: what an earlier version
 * wrote is read today, and what is written today is read by an earlier version as far as that knows it.
 */
class SchemaEvolutionTest
{
    private static final List<SchemaTokens> EARLIER = SchemaTokens.earlier();
    private static final List<Integer> MESSAGES = List.of(35, 63, 63, 66, 95);
    private static final SchemaTokens TODAY = SchemaTokens.today();
    private static final Set<String> LIMIT_ORIGINS = Set.of("limitOrigins", "limitOrigins.limitType",
        "limitOrigins.givenByOperator", "limitOrigins.value.mantissa", "limitOrigins.value.exponent",
        "limitOrigins.sequence");
    /** Of messages that the version before had, by that version. */
    private static final List<Map<String, Set<String>>> NEW_FIELDS = List.of(
        Map.of(
            "NodeStarted", Set.of("reconciles"),
            "RunMetadata", Set.of("skippedInputs"),
            "Hello", Set.of("decisionIncarnation", "decisionSequence", "decisionOrdinal")),
        Map.of("OrderSection", Set.of("cancelKey", "cancelIncarnation")),
        Map.ofEntries(
            Map.entry("ExecutionReport", Set.of("commissionHigh")),
            Map.entry("OrderRefused", Set.of("limitValueHigh", "actualValueHigh")),
            Map.entry("PositionSection", Set.of("cashHigh", "openCostHigh", "realizedHigh", "feesHigh")),
            Map.entry("RiskSection", with(LIMIT_ORIGINS, "limits.valueHigh")),
            Map.entry("CoreSection",
                with(LIMIT_ORIGINS, "totalLimits.valueHigh", "totalLimits.totalHigh", "clockBehind")),
            Map.entry("SetLimit", Set.of("user")),
            Map.entry("SetTradingMode", Set.of("user")),
            Map.entry("ControlStrategy", Set.of("user")),
            Map.entry("SnapshotRequest", Set.of("user")),
            Map.entry("CommandOutcome", Set.of("previousMantissa", "previousExponent", "mantissa", "exponent")),
            Map.entry("Hello", Set.of("givesCommands", "process"))),
        Map.ofEntries(
            Map.entry("InstrumentDefinition", Set.of("orderVenueId", "lockedIsCrossed", "crossedHealNs")),
            Map.entry("BookUpdate", Set.of("feedDelayNs")),
            Map.entry("BookSnapshot", Set.of("feedDelayNs")),
            Map.entry("BestBidOffer", Set.of("feedDelayNs")),
            Map.entry("Trade", Set.of("feedDelayNs")),
            Map.entry("Bar", Set.of("feedDelayNs")),
            Map.entry("NewOrderSingle", Set.of("strategyId", "signalCode")),
            Map.entry("OrderCancelRequest", Set.of("strategyId")),
            Map.entry("OrderCancelReplaceRequest", Set.of("strategyId")),
            Map.entry("OrderRefused", Set.of("strategyId", "scope", "signalCode")),
            Map.entry("StateTransition", Set.of("strategyId")),
            Map.entry("ReconciliationDifference", Set.of("strategyId")),
            Map.entry("ExecutionReport", Set.of("commissionExponent", "venueExecId", "commissionAsset")),
            Map.entry("RequestExpired", Set.of("venueId")),
            Map.entry("VenueStatus", Set.of("venueId")),
            Map.entry("ControlStrategy", Set.of("anew")),
            Map.entry("SetLimit", Set.of("configured", "strategyId")),
            Map.entry("UnsetLimit", Set.of("configured", "strategyId")),
            Map.entry("OperationalAlert", Set.of("venueId")),
            Map.entry("HostState", Set.of("lastSequence", "lastTimeNs", "epoch")),
            Map.entry("UnacknowledgedDecision", Set.of("venueId")),
            Map.entry("Hello", Set.of("proof", "wantsDefinitions")),
            Map.entry("Resume", Set.of("decisionsAcknowledged", "definitions")),
            Map.entry("LinkRefused", Set.of("reason")),
            Map.entry("CoreSection", Set.of("venues", "strategies", "refusedInputs", "executionsOutOfPlace",
                "closedOrders", "wishTimerNs", "sources.sourceId", "sources.role", "sources.venueId",
                "sources.lastSourceId", "sources")),
            Map.entry("RiskSection", Set.of("strategyId")),
            Map.entry("OrderTimes", Set.of("strategyId")),
            Map.entry("OrderSection", Set.of("wish", "wishAttempts", "wishRetryNs", "strategyId")),
            Map.entry("MarketSection", Set.of("crossedSinceNs", "snapshotRequestedNs", "kinds", "kinds.sourceId",
                "kinds.receivedNs", "kinds.silent"))),
        Map.ofEntries(
            Map.entry("NewOrderSingle", Set.of("flags", "triggerSource", "offsetUnit", "triggerPxTicks",
                "trailingOffset", "limitOffsetTicks", "activationPxTicks", "displayQtyLots", "expireTimeNs", "listId")),
            Map.entry("OperatorOrder", Set.of("flags", "triggerSource", "offsetUnit", "quoteExponent", "quoteMantissa",
                "triggerPxTicks", "trailingOffset", "limitOffsetTicks", "activationPxTicks", "displayQtyLots",
                "expireTimeNs")),
            Map.entry("OperatorCancel", Set.of("venueId", "side")),
            Map.entry("OrderCancelReplaceRequest", Set.of("triggerPxTicks", "displayQtyLots", "expireTimeNs")),
            Map.entry("ExecutionReport", Set.of("execRefId", "refPxTicks", "refQtyLots", "orderQtyLots", "priceTicks",
                "venueExecRefId")),
            Map.entry("SetLimit", Set.of("scope", "scopedId")),
            Map.entry("UnsetLimit", Set.of("scope", "scopedId")),
            Map.entry("SetTradingMode", Set.of("scope", "flatten", "scopedId")),
            Map.entry("CoreSection", Set.of("tableSections", "uncountableExecutions", "doubtTimerNs")),
            Map.entry("VenueDefinition", Set.of("inDoubtAfterNs")),
            Map.entry("VenueSection", Set.of("asked", "inquiries")),
            Map.entry("StrategySection", Set.of("signalsTaken", "signalsRefused")),
            Map.entry("ControlStrategy", Set.of("reason")),
            Map.entry("CommandOutcome",
                Set.of("riskReasonCode", "strategyId", "instrumentId", "orderQtyLots", "clOrdId")),
            Map.entry("OrderSection",
                Set.of("answerDueNs", "inquiries", "arrivalPxTicks", "flags", "triggerSource", "offsetUnit",
                    "triggered", "waitsForList",
                    "reason", "signalCode", "number", "sliceStartLots", "listId",
                    "triggerPxTicks", "trailingOffset", "limitOffsetTicks", "activationPxTicks", "watermarkTicks",
                    "displayQtyLots", "expireTimeNs", "waitingSinceNs"))));
    private static final int OFFSET = 24;
    private static final int SEEDS = 200;

    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();

    private static Set<String> with(final Set<String> fields, final String... more)
    {
        return Stream.concat(fields.stream(), Stream.of(more)).collect(Collectors.toSet());
    }

    static List<SchemaTokens> earlier()
    {
        return EARLIER;
    }

    /** Each earlier version with each message it has. */
    static List<Arguments> messages()
    {
        return EARLIER.stream().flatMap((before) -> SchemaModel.allMessages().stream()
            .filter((message) -> before.messageByName().containsKey(message.name()))
            .map((message) -> Arguments.of(before, message))).toList();
    }

    @Test
    void shouldKnowAllEarlierVersions()
    {
        assertThat(EARLIER.stream().map(SchemaTokens::version))
            .isEqualTo(IntStream.range(0, TODAY.version()).boxed().toList());
    }

    @ParameterizedTest
    @MethodSource("earlier")
    void shouldOnlyHaveGrown(final SchemaTokens before)
    {
        assertThat(before.messageByName().keySet()).hasSize(MESSAGES.get(before.version()));
        assertThat(TODAY.messageByName().keySet()).containsAll(before.messageByName().keySet());
        assertThat(SchemaGrowth.violations(before, TODAY)).isEmpty();
    }

    /** What the rule would say to each way of not growing. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value =
    {
        "<sbe:message name=\"TimerFired\" id=\"40\" | <sbe:message name=\"TimerFired\" id=\"99\" | TimerFired: was",
        "<sbe:message name=\"TimerFired\" | <sbe:message name=\"TimerDue\" | TimerFired: removed or renamed",
        "<sbe:message name=\"TimerFired\" | <sbe:message name=\"New\" id=\"98\"/><sbe:message name=\"TimerFired\" | " +
            "New: new, expected sinceVersion",
        "<field name=\"logicVersion\" id=\"1\" type=\"int32\" | <field name=\"logicVersion\" id=\"1\" type=\"int64\" | "
            +
            "NodeStarted.logicVersion.int32: removed",
        "<field name=\"logicVersion\" id=\"1\" | <field name=\"logicVersion\" id=\"9\" | NodeStarted.logicVersion: was",
        "<field name=\"logicVersion\" id=\"1\" | <field name=\"x\" id=\"9\" type=\"int32\"/>" +
            "<field name=\"logicVersion\" id=\"1\" | NodeStarted: order was",
        "<field name=\"logicVersion\" id=\"1\" | <field name=\"x\" id=\"9\" type=\"int32\"/>" +
            "<field name=\"logicVersion\" id=\"1\" | NodeStarted.x: new, expected sinceVersion",
        "<data name=\"build\" id=\"20\" | <data name=\"x\" id=\"29\" type=\"varTextEncoding\"/>" +
            "<data name=\"build\" id=\"20\" | RunMetadata: order was",
        "<validValue name=\"HALTED\"> | <validValue name=\"STOPPED\"> | HALTED: removed or renamed",
        "presence=\"optional\" | presence=\"required\" | presence=REQUIRED",
        "id=\"7001\" | id=\"7002\" | schema: id changed"})
    void shouldNoticeEachChangeThatIsNotGrowth(final String text, final String changed, final String violation)
    {
        final SchemaTokens before = EARLIER.get(0);
        final SchemaTokens other = SchemaTokens.earlier(0, (file) -> file.replace(text, changed));
        final Set<String> violations = SchemaGrowth.violations(before, other);

        assertThat(violations).anyMatch((found) -> found.contains(violation));
        assertThat(SchemaGrowth.violations(before, before)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void shouldReadWhatAnEarlierVersionWrote(final SchemaTokens before, final Message message)
    {
        final int version = before.version();
        final List<Token> earlier = before.message(message.name());
        final int blockLength = earlier.get(0).encodedLength();
        final MessageDecoderFlyweight decoder = SampleMessage.newDecoder(message);
        for (int seed = 0; seed < SEEDS; seed++)
        {
            // What lies behind must not be taken for fields that are not there.
            buffer.setMemory(0, 4_096, (byte)0x5A);
            final int length = EarlierMessage.encode(earlier, seed, buffer, OFFSET);
            final Map<String, Object> written = SchemaValues.decode(earlier, buffer, OFFSET, blockLength, version);
            final Map<String, Object> read = SampleMessage.decode(
                message, decoder, buffer, OFFSET, blockLength, version);

            assertThat(codes(read, written.keySet())).as("seed=%d", seed).isEqualTo(written);
            assertThat(decoder.encodedLength()).as("seed=%d", seed).isEqualTo(length);
            read.keySet().removeAll(written.keySet());
            read.forEach((path, value) -> assertThat(value).as(path).isEqualTo(SampleMessage.absent(decoder, path)));
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void shouldBeReadByAnEarlierVersionAsFarAsThatKnows(final SchemaTokens before, final Message message)
    {
        final List<Token> earlier = before.message(message.name());
        for (int seed = 0; seed < SEEDS; seed++)
        {
            buffer.setMemory(0, 4_096, (byte)0x5A);
            final Map<String, Object> written = SampleMessage.encode(
                message, seed, SampleMessage.newEncoder(message), buffer, OFFSET);
            header.wrap(buffer, OFFSET);
            final Map<String, Object> read = SchemaValues.decode(earlier, buffer,
                OFFSET + header.encodedLength(), header.blockLength(), header.version());

            assertThat(read).as("seed=%d", seed).isEqualTo(codes(written, read.keySet()));
            assertThat(header.version()).isEqualTo(TODAY.version());
            written.keySet().removeAll(read.keySet());
            final Set<String> unknown = written.keySet().stream()
                .map((path) -> path.replaceAll("\\[\\d+]", "")).collect(Collectors.toSet());
            final Set<String> expected = newFields(before.version(), message.name());
            // A group without entries has no fields.
            expected.removeIf((path) -> path.contains(".") && !unknown.contains(path));
            assertThat(unknown).isEqualTo(expected);
        }
    }

    /** Else the two tests before would pass on a schema that has not changed. */
    private static Set<String> newFields(final int version, final String message)
    {
        return IntStream.range(version, EARLIER.size())
            .mapToObj((since) -> NEW_FIELDS.get(since).getOrDefault(message, Set.of()))
            .flatMap(Set::stream).collect(Collectors.toSet());
    }

    private static Map<String, Object> codes(final Map<String, Object> values, final Set<String> paths)
    {
        return values.entrySet().stream()
            .filter((entry) -> paths.contains(entry.getKey()))
            .collect(Collectors.toMap(Map.Entry::getKey, (entry) -> SampleMessage.code(entry.getValue()),
                (first, second) -> first, LinkedHashMap::new));
    }
}
