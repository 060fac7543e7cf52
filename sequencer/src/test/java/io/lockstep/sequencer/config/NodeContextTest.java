package io.lockstep.sequencer.config;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.InstrumentSettings;
import io.lockstep.sbe.LimitType;
import io.lockstep.sequencer.NodeText;
import io.lockstep.sequencer.node.Strategies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

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
            .hasMessageMatching("test.yaml:[0-9]+:[0-9]+: .*")
            .extracting((problem) -> problem.getMessage().replaceAll("(yaml:[0-9]+):[0-9]+", "$1")).isEqualTo(message);
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
            "test.yaml:1: nod={idle: spin}: expected a known key; did you mean 'node'?");
        assertProblem("node:\n  idle: fast\n",
            "test.yaml:2: node.idle=fast: expected one of spin, yield, backoff, sleep");
        assertProblem("node:\n  rehearse: 2s\n",
            "test.yaml:2: node.rehearse=2s: expected a duration such as 10ms from 0 to 1s");
        assertProblem("node:\n  shard: 1296\n", "test.yaml:2: node.shard=1296: expected a whole number from 0 to 1295");
        assertProblem("node:\n  shard: \"1\"\n", "test.yaml:2: node.shard=1: expected a whole number from 0 to 1295");
        assertProblem("aeron:\n  embedded: false\nnode:\n  directory: x\n", "test.yaml:1: aeron.directory=: expected " +
            "the directory of the media driver, since embedded is false");
        assertProblem("aeron:\n  ingress:\n    - {stream: 5}\n",
            "test.yaml:3: aeron.ingress[0].channel=: expected a value, the key is required");
        assertProblem("aeron:\n  egress: {channel: \"aeron:ipc\"}\n",
            "test.yaml:2: aeron.egress.stream=: expected a value, the key is required");
        assertProblem("limits:\n  maxOpenOrder: 5\n",
            "test.yaml:2: limits.maxOpenOrder=5: expected a known key; did you mean 'maxOpenOrders'?");
        assertProblem("limits:\n  maxOpenOrders: -5\n",
            "test.yaml:2: limits.maxOpenOrders=-5: expected a whole number from 0 to 1000000000");
        assertProblem("limits:\n  maxOpenOrders: 4.5\n",
            "test.yaml:2: limits.maxOpenOrders=4.5: expected a whole number from 0 to 1000000000");
        assertProblem("limits:\n  maxOrderNotional: -5\n",
            "test.yaml:2: limits.maxOrderNotional=-5: expected a limit that is not negative");
        assertProblem("limits:\n  maxOrdersPerSecond: 10001\n",
            "test.yaml:2: limits.maxOrdersPerSecond=10001: expected a whole number from 0 to 10000");
        assertProblem("node:\n  shard: 010\n", "test.yaml:2: node.shard=010: expected a whole number from 0 to 1295");
        assertProblem("node: {directory: x}\narchive: {directory: x/y}\n",
            "test.yaml:2: archive.directory=x/y: expected " +
                "a directory apart from node.directory=x, neither within the other");
        assertProblem("node: {directory: x/y}\naeron: {directory: x}\n", "test.yaml:2: aeron.directory=x: expected a " +
            "directory of the media driver's own, node.directory=x/y lies in it");
        assertProblem("aeron:\n  egress: {channel: aeron:ipc, stream: 1001}\n",
            "test.yaml:2: aeron.egress.stream=1001: " +
                "expected a channel and stream that is not among those of ingress, the node would hear itself");
        assertProblem("aeron:\n  ingress:\n  - {channel: aeron:ipc, stream: 5}\n  - {channel: aeron:ipc, stream: 5}\n",
            "test.yaml:4: aeron.ingress[1].stream=5: expected each channel and stream once");
    }

    /** One blank too many, and the limits belonged to nobody. */
    @Test
    void shouldRefuseParametersThatAreIndentedTooFar()
    {
        final String text = """
            strategies:
             - name: moving-average-crossover
                parameters: {fast: 3, slow: 5}
            limits:
              maxOpenOrders: 4
            """;
        assertThatThrownBy(() -> NodeText.context(text)).isInstanceOf(ConfigurationException.class)
            .hasMessageMatching("test.yaml:[23]:[0-9]+: .*");
        assertThat(NodeText.context(text.replace("    parameters", "   parameters")).limits()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
        aeron:tcp                                  ; unknown media: tcp
        aeron:udp                                  ; a channel such as
        aeron:                                     ; a channel such as
        ipc                                        ; a channel such as
        ''                                         ; a channel such as
        aeron:udp?endpoint=localhost               ; port from 0 to 65535
        aeron:udp?endpoint=localhost:70000         ; port from 0 to 65535
        aeron:udp?endpoint=localhost:x             ; port from 0 to 65535
        aeron:udp?endpoint=:40456                  ; port from 0 to 65535
        aeron:udp?endpont=localhost:40456          ; did you mean 'endpoint'?
        aeron:ipc?endpoint=localhost:40456         ; no endpoint
        aeron:udp?endpoint=224.20.30.40:40456      ; a channel such as
        """)
    void shouldRefuseAChannelThatIsNone(final String channel, final String problem)
    {
        assertThatThrownBy(() -> NodeText.context("aeron:\n  egress: {stream: 7, channel: \"" + channel + "\"}\n"))
            .isInstanceOf(ConfigurationException.class)
            .hasMessageStartingWith("test.yaml:2:23: aeron.egress.channel=").hasMessageContaining(problem);
    }

    @ParameterizedTest
    @ValueSource(strings =
    {"aeron:ipc", "aeron:ipc?term-length=64k", "aeron:udp?endpoint=no.such.host.invalid:40456",
        "aeron:udp?endpoint=224.20.30.39:40456|interface=192.0.2.0/24|fc=min,t:2s", "aeron:udp?endpoint=[::1]:40456",
        "aeron:udp?control=localhost:40456|control-mode=dynamic"})
    void shouldTakeAChannelWhateverThisHostIs(final String channel)
    {
        assertThat(NodeText.context("aeron: {egress: {stream: 7, channel: \"" + channel + "\"}}\n").egress().uri())
            .isEqualTo(channel);
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
            "test.yaml:8: instruments[1].symbol=BTCUSDT.SIM: expected each instrument once, it stands in line 2 as well");
        assertProblem(INSTRUMENT + "strategies:\n  - name: x\n    instruments: [ETHUSDT.SIM]\n",
            "test.yaml:10: strategies[0].instruments=ETHUSDT.SIM: expected an instrument of the list, one of [BTCUSDT.SIM]");
    }

    @Test
    void shouldReadWhatCountsAsACrossedBook()
    {
        final InstrumentSettings plain = NodeText.context(INSTRUMENT).instruments().get(0).instrument().settings();
        final InstrumentSettings set = NodeText.context(INSTRUMENT + "    lockedBook: crossed\n    crossedHeal: 5s\n")
            .instruments()
            .get(0).instrument().settings();

        assertThat(plain).isEqualTo(InstrumentSettings.DEFAULT);
        assertThat(set).isEqualTo(new InstrumentSettings(0, true, 5_000_000_000L));
        assertProblem(INSTRUMENT + "    lockedBook: maybe\n",
            "test.yaml:8: instruments[0].lockedBook=maybe: expected one of allowed, crossed");
        assertProblem(INSTRUMENT + "    crossedHeal: 0s\n",
            "test.yaml:8: instruments[0].crossedHeal=0s: expected a duration such as 10ms from 1ms to 1d");
    }

    @Test
    void shouldNameAnInstrumentThatCannotBe()
    {
        for (final String symbol : new String[]{"\"A\\e[31mB\"", "A B", "../..", "A/B", "A\\B", "\"A\\nB\"",
            "A".repeat(70_000)})
        {
            assertThatThrownBy(() -> NodeText.context(INSTRUMENT.replace("BTCUSDT", symbol)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("test.yaml:2:5: instruments[0].symbol=")
                .hasMessageContaining("a name of 1 to 64")
                .hasMessageMatching("[^\\p{Cntrl}]{20,900}");
            assertThatThrownBy(() -> NodeText.context(INSTRUMENT.replace("SIM", symbol)))
                .hasMessageStartingWith("test.yaml:3:5: instruments[0].venue=");
            assertThatThrownBy(() -> NodeText.context("strategies: [{name: " + symbol + "}]\n"))
                .hasMessageStartingWith("test.yaml:1:15: strategies[0].name=");
        }
    }

    /** What is wrong was found before the section was read, and once more there. */
    @Test
    void shouldMakeNoInstrumentOfOneThatIsNotWhole()
    {
        final Problems problems = Problems.collected();
        final String text = INSTRUMENT.replace("lotSize: 0.001", "lotSize:");
        final NodeContext context = NodeContext.read(YamlSection.parse(Path.of("test.yaml"), text, problems), text);

        assertThat(context.instruments()).isEmpty();
        assertThat(problems.list()).hasSize(1);
        assertThat(problems.list().get(0).key()).isEqualTo("instruments[0].lotSize");
    }

    @Test
    void shouldNameAParameterWithoutAValue()
    {
        assertThatThrownBy(() -> NodeText.context("strategies:\n  - name: x\n    parameters: {fast: }\n"))
            .isInstanceOf(ConfigurationException.class)
            .hasMessageStartingWith("test.yaml:3:18: strategies[0].parameters.fast=");
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
