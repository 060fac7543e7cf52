package io.lockstep.sequencer.config;

import io.lockstep.codecs.Instrument;
import io.lockstep.sbe.LimitType;
import io.lockstep.sequencer.NodeText;
import io.lockstep.sequencer.config.SequencedTime;
import io.lockstep.sequencer.node.Strategies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class NodeContextTest
{
    private static final String INSTRUMENT = """
        instruments:
          - symbol: BTCUSDT
            venue: SIM
            tickSize: 0.01
            lotSize: 0.001
            baseCurrency: BTC
            quoteCurrency: USDT
        """;

    private static void assertProblem(final String text, final String message)
    {
        assertThatThrownBy(() -> NodeText.context(text)).isInstanceOf(ConfigurationException.class)
            .hasMessage(message);
    }

    @Test
    void shouldHaveADefaultForEverything()
    {
        final NodeContext context = NodeText.context("node: {directory: here}\n");

        assertThat(context.directory()).isEqualTo(Path.of("here"));
        assertThat(context.shard()).isZero();
        assertThat(context.time()).isEqualTo(SequencedTime.WALL);
        assertThat(context.idle()).isEqualTo(IdleKind.BACKOFF);
        assertThat(context.core()).isEqualTo(-1);
        assertThat(context.rehearseNs()).isZero();
        assertThat(context.stateHashInterval()).isEqualTo(10_000);
        assertThat(context.embeddedDriver()).isTrue();
        assertThat(context.ingress()).containsExactly(NodeContext.DEFAULT_INGRESS);
        assertThat(context.egress()).isEqualTo(NodeContext.DEFAULT_EGRESS);
        assertThat(context.instruments()).isEmpty();
        assertThat(context.limits()).isEmpty();
        assertThat(context.strategies()).isEmpty();
        assertThat(context.text()).isEqualTo("node: {directory: here}\n");
    }

    @Test
    void shouldRefuseTwoStrategiesOnOneInstrumentWithBothPlaces()
    {
        final String two = "strategies:\n  - name: one\n    instruments: [A.SIM, B.SIM]\n  - name: two\n";
        assertProblem(two + "    instruments: [B.SIM, C.SIM]\n",
            "test.yaml:5: strategies[1].instruments=[B.SIM, C.SIM]: expected one strategy for an instrument, but " +
                "[B.SIM] is given to one at test.yaml:2 and to two at test.yaml:4");
        assertProblem(two, "test.yaml:4: strategies[1].name=two: expected one strategy for an instrument, but " +
            "[A.SIM, B.SIM] are given to one at test.yaml:2 and to two at test.yaml:4");
        assertProblem("strategies:\n  - name: one\n  - name: one\n",
            "test.yaml:3: strategies[1].name=one: expected one strategy for an instrument, but " +
                "all instruments are given to one at test.yaml:2 and to one at test.yaml:3");
        assertProblem("strategies:\n  - name: one\n  - name: two\n    instruments: [A.SIM]\n",
            "test.yaml:4: strategies[1].instruments=[A.SIM]: expected one strategy for an instrument, but " +
                "[A.SIM] is given to one at test.yaml:2 and to two at test.yaml:3");
        assertThat(NodeText.context(two + "    instruments: [C.SIM]\n").strategies()).hasSize(2);
    }

    @Test
    void shouldReadWhatIsWritten()
    {
        final NodeContext context = NodeText.context("""
            node: {directory: here, shard: 1295, time: recorded, idle: spin, core: 3, rehearse: 50us,
              stateHashInterval: 0}
            aeron:
              embedded: false
              directory: /dev/shm/driver
              ingress:
                - {channel: "aeron:ipc", stream: 1}
                - {channel: "aeron:udp?endpoint=localhost:40456", stream: 2}
              egress: {channel: "aeron:ipc", stream: 3}
            instruments:
              - symbol: BTCUSD
                venue: SIM
                contractType: inverse
                tickSize: 0.1
                lotSize: 1
                orderTickSize: 0.5
                orderLotSize: 10
                multiplier: 100
                baseCurrency: BTC
                quoteCurrency: USD
                limits: {maxOpenOrders: 7}
            limits: {maxOrderNotional: "50000.1234567890123", priceCollarBps: 100}
            strategies:
              - name: moving-average-crossover
                instruments: [BTCUSD.SIM]
                parameters: {fast: 3, orderNotional: 0.5}
            """);

        assertThat(context.shard()).isEqualTo(1295);
        assertThat(context.time()).isEqualTo(SequencedTime.RECORDED);
        assertThat(context.idle()).isEqualTo(IdleKind.SPIN);
        assertThat(context.core()).isEqualTo(3);
        assertThat(context.rehearseNs()).isEqualTo(50_000);
        assertThat(context.withDirectory(Path.of("there")).rehearseNs()).isEqualTo(50_000);
        assertThat(context.driverDirectory()).isEqualTo(Path.of("/dev/shm/driver"));
        assertThat(context.ingress()).containsExactly(new Channel("aeron:ipc", 1),
            new Channel("aeron:udp?endpoint=localhost:40456", 2));
        assertThat(context.egress()).isEqualTo(new Channel("aeron:ipc", 3));
        final Instrument instrument = context.instruments().get(0).instrument();
        assertThat(instrument.name()).isEqualTo("BTCUSD.SIM");
        assertThat(instrument.isInverse()).isTrue();
        assertThat(instrument.orderTicks()).isEqualTo(5);
        assertThat(instrument.orderLots()).isEqualTo(10);
        assertThat(instrument.settlementCurrency()).isEqualTo("BTC");
        assertThat(context.instruments().get(0).limits()).singleElement().satisfies((limit) ->
        {
            assertThat(limit.type()).isEqualTo(LimitType.MAX_OPEN_ORDERS);
            assertThat(limit.value()).hasToString("7");
        });
        assertThat(context.limits()).extracting((limit) -> limit.type() + " " + limit.value())
            .containsExactly("MAX_ORDER_NOTIONAL 50000.1234567890123", "PRICE_COLLAR_BPS 100");
        assertThat(context.strategies().get(0).parameters().toString()).isEqualTo("{fast=3, orderNotional=0.5}");
        assertThat(Strategies.load(context.strategies())).isNotEmpty();
    }

    @Test
    void shouldNameWhatIsWrongAndWhere()
    {
        assertProblem("node:\n  idel: spin\n",
            "test.yaml:2: node.idel=spin: expected a known key; did you mean 'idle'?");
        assertProblem("nod:\n  idle: spin\n",
            "test.yaml:1: nod={idle=spin}: expected a known key; did you mean 'node'?");
        assertProblem("node:\n  idle: fast\n",
            "test.yaml:2: node.idle=fast: expected one of spin, yield, backoff, sleep");
        assertProblem("node:\n  rehearse: 2s\n",
            "test.yaml:2: node.rehearse=2s: expected a duration such as 10ms from 0ns to 1000000000ns");
        assertProblem("node:\n  shard: 1296\n", "test.yaml:2: node.shard=1296: expected a whole number from 0 to 1295");
        assertProblem("node:\n  shard: \"1\"\n", "test.yaml:2: node.shard=1: expected a whole number from 0 to 1295");
        assertProblem("aeron:\n  embedded: false\nnode:\n  directory: x\n", "test.yaml:1: aeron.directory=: expected " +
            "the directory of the media driver, since embedded is false");
        assertProblem("aeron:\n  ingress:\n    - {stream: 5}\n",
            "test.yaml:3: aeron.ingress[0].channel=: expected a value, the key is required");
        assertProblem("aeron:\n  egress: {channel: \"aeron:ipc\"}\n",
            "test.yaml:2: aeron.egress.stream=: expected a stream id, the key is required");
        assertProblem("limits:\n  maxOpenOrder: 5\n",
            "test.yaml:2: limits.maxOpenOrder=5: expected a known key; did you mean 'maxOpenOrders'?");
        assertProblem("limits:\n  maxOpenOrders: -5\n",
            "test.yaml:2: limits.maxOpenOrders=-5: expected a limit that is not negative");
    }

    @Test
    void shouldNameWhatIsWrongWithAnInstrument()
    {
        assertProblem(INSTRUMENT.replace("    tickSize: 0.01\n", ""),
            "test.yaml:2: instruments[0].tickSize=: expected a value, the key is required");
        assertProblem(INSTRUMENT.replace("tickSize: 0.01", "tickSize: 0"),
            "test.yaml:4: instruments[0].tickSize=0: expected a positive decimal such as 0.01");
        assertProblem(INSTRUMENT + "    orderLotSize: 0.0015\n",
            "test.yaml:8: instruments[0].orderLotSize=0.0015: expected a multiple of 0.001");
        assertProblem(INSTRUMENT + INSTRUMENT.replace("instruments:\n", ""),
            "test.yaml:1: instruments=BTCUSDT.SIM: expected each instrument once");
        assertProblem(INSTRUMENT + "strategies:\n  - name: x\n    instruments: [ETHUSDT.SIM]\n",
            "test.yaml:8: strategies=ETHUSDT.SIM: expected an instrument of the list, one of [BTCUSDT.SIM]");
    }

    @Test
    void shouldNameAnInstrumentThatCannotBe()
    {
        assertThatThrownBy(() -> NodeText.context(INSTRUMENT.replace("BTCUSDT", "BTCÜ")))
            .isInstanceOf(ConfigurationException.class)
            .hasMessageStartingWith("test.yaml:2: instruments[0].symbol=").hasMessageContaining("ASCII");
    }

    @Test
    void shouldNameAParameterWithoutAValue()
    {
        assertThatThrownBy(() -> NodeText.context("strategies:\n  - name: x\n    parameters: {fast: }\n"))
            .isInstanceOf(ConfigurationException.class)
            .hasMessageStartingWith("test.yaml:3: strategies[0].parameters.fast=");
    }

    @Test
    void shouldNameAStrategyThatNobodyOffers()
    {
        final NodeContext unknown = NodeText.context("strategies:\n  - name: other\n");
        assertThatThrownBy(() -> Strategies.load(unknown.strategies())).isInstanceOf(ConfigurationException.class)
            .hasMessageContaining("strategies.name=other: expected one of [moving-average-crossover");
        for (final String type : List.of("no.such.Class", "java.lang.String", "java.util.List"))
        {
            final NodeContext context = NodeText.context("strategies:\n  - name: other\n    class: " + type + "\n");
            assertThatThrownBy(() -> Strategies.load(context.strategies())).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("strategies.class=" + type + ": expected a public class");
        }
    }

    @ParameterizedTest
    @EnumSource(IdleKind.class)
    void shouldMakeEachKindOfIdling(final IdleKind kind)
    {
        assertThat(NodeText.context("node: {idle: " + kind.name().toLowerCase(java.util.Locale.ROOT) + "}\n").idle())
            .isEqualTo(kind);
        kind.create().idle(1);
    }

    /** The first two differ by the classic pair of strings with one hash code. */
    @ParameterizedTest
    @CsvSource(
    {"/nodes/Aa, /nodes/BB", "a, b"})
    void shouldGiveEachNodeADriverDirectoryOfItsOwn(final String one, final String other)
    {
        assertThat(driverDirectory(one)).isNotEqualTo(driverDirectory(other)).isEqualTo(driverDirectory(one))
            .isEqualTo(driverDirectory(one + "/../" + Path.of(one).getFileName()));
    }

    private static Path driverDirectory(final String directory)
    {
        return NodeText.context("node: {directory: \"" + directory + "\"}\n").driverDirectory();
    }
}
