package io.lockstep.verification.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.lockstep.cli.CommandRun;
import io.lockstep.cli.TestData;
import io.lockstep.cli.config.ConfigCommand;
import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.Instrument;
import io.lockstep.core.strategy.Parameters;
import io.lockstep.core.strategy.Strategy;
import io.lockstep.core.strategy.StrategyFactory;
import io.lockstep.strategies.MovingAverageCrossover;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ConfigCheckCommandTest
{
    private static final String PAIR = """
        instruments:
          - {symbol: A, venue: X, tickSize: 0.01, lotSize: 1}
          - {symbol: B, venue: X, tickSize: 0.01, lotSize: 1}
        strategies:
          - name: pair
            class: FACTORY
            legs: [A.X, B.X]
            parameters: {threshold: 0.5, pause: PAUSE, hedge: B.X, mode: passive}
        """.replace("FACTORY", PairFactory.class.getName());

    /** Trades two instruments, and knows a parameter of each type. */
    public static final class PairFactory implements StrategyFactory
    {
        @Override
        public String name()
        {
            return "pair";
        }

        @Override
        public Strategy create(final Instrument instrument, final Parameters parameters)
        {
            throw new IllegalArgumentException("strategy pair: expected two instruments");
        }

        @Override
        public Strategy create(final List<Instrument> instruments, final Parameters parameters)
        {
            parameters.decimal("threshold", new Decimal(1, 0));
            parameters.durationNs("pause", 1, 1, 1_000_000_000);
            parameters.text("mode", "active", "active", "passive");
            if (instruments.size() != 2 || parameters.instrumentId("hedge", -1) != 1)
            {
                throw new IllegalArgumentException(
                    "strategy pair: expected two instruments, and to hedge in the second");
            }
            parameters.refuseUnknown();
            return new MovingAverageCrossover.Factory().create(instruments.get(0), new Parameters());
        }
    }

    @TempDir
    private Path directory;

    private Path file(final String text)
    {
        return TestData.write(directory.resolve("c.yaml"), text);
    }

    private CommandRun check(final String text, final int status, final Object... options)
    {
        return CommandRun.of("config", "check", file(text), List.of(options)).exits(status);
    }

    @ParameterizedTest
    @ValueSource(strings =
    {"node", "backtest", "driver", "gateway"})
    void takesTheSamplesAndSaysWhatTheyAre(final String name)
    {
        final CommandRun run = check(ConfigCommand.text(name), 0);
        assertThat(run.out()).contains("can be used, read as the configuration of a " + name);
        assertThat(run.err()).isEmpty();
        final JsonNode json = check(ConfigCommand.text(name), 0, "--json").json();
        assertThat(json.get("ok").asBoolean()).isTrue();
        assertThat(json.get("kind").asText()).isEqualTo(name);
        assertThat(json.get("problems")).isEmpty();
        assertThat(json.get("settings")).hasSizeGreaterThan(10);
    }

    @Test
    void saysAllThatIsWrongAtOnceAndStartsNothing() throws IOException
    {
        final String text = """
            node:
              directory: DIR/node
              shard: 010
              core: 4000
              idel: spin
            aeron:
              egress: {channel: "aeron:tcp", stream: 1002}
            instruments:
              - {symbol: A, venue: X, tickSize: 0,01, lotSize: 1}
            limits:
              maxOpenOrders: 4.5
              apiKey: abc
            feed:
              recordings: [DIR/none.gz]
            """.replace("DIR", directory.toString());
        final JsonNode json = check(text, 2, "--json").json();

        assertThat(json.get("ok").asBoolean()).isFalse();
        final List<String> found = new ArrayList<>();
        json.get("problems").forEach((problem) ->
        {
            assertThat(problem.get("file").asText()).endsWith("c.yaml");
            found.add(problem.get("line").asInt() + ":" + problem.get("column").asInt() + " " +
                problem.get("key").asText());
        });
        assertThat(found).containsExactly("3:3 node.shard", "4:3 node.core", "5:3 node.idel",
            "7:12 aeron.egress.channel",
            "9:27 instruments[0].tickSize", "9:39 instruments[0].01", "11:3 limits.maxOpenOrders", "12:3 limits.apiKey",
            "14:16 feed.recordings[0]");
        final String out = check(text, 2).out();
        assertThat(out).contains("c.yaml:3:3: node.shard=010: expected a whole number from 0 to 1295")
            .contains("c.yaml:4:3: node.core=4000: expected a processor that this process may use, one of ")
            .contains("did you mean 'idle'?").contains("9 problems").doesNotContain("abc");
        assertThat(directory.resolve("node")).doesNotExist();
        assertThat(Files.list(directory)).hasSize(1);

        final CommandRun run = CommandRun.of("run", "--config", file(text)).exits(2);
        assertThat(run.err().lines().filter((line) -> line.startsWith("lockstep: "))).hasSize(9);
        assertThat(directory.resolve("node")).doesNotExist();
    }

    @Test
    void namesADecimalComma()
    {
        assertThat(check("instruments:\n  - symbol: A\n    venue: X\n    tickSize: 0,01\n    lotSize: 1\n", 2).out())
            .contains("c.yaml:4:5: instruments[0].tickSize=0,01: expected a decimal number such as 0.01");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
        run; node: {core: 4000}                                            ; node.core=4000: expected a processor
        run; aeron: {egress: {stream: 5, channel: "aeron:tcp"}}            ; aeron.egress.channel=aeron:tcp: expected a channel
        run; aeron: {egress: {stream: 5, channel: "aeron:udp?endpoint=no.such.host.invalid:40456"}} ; expected hosts that this one can resolve
        run; node: {directory: FILE}                                       ; node.directory=FILE: expected a directory
        run; node: {directory: FILE/below}                                 ; node.directory=FILE/below: expected a directory
        run; archive: {directory: FILE}                                    ; archive.directory=FILE: expected a directory
        run; aeron: {directory: FILE}                                      ; aeron.directory=FILE: expected a directory
        run; feed: {recordings: ["a\\0b"]}                                 ; feed.recordings[0]=
        run; venue: {minQuantityLots: 5, maxQuantityLots: 4}               ; venue.maxQuantityLots=4: expected at least minQuantityLots=5
        run; node: [[[[                                                    ; not readable as YAML
        driver; aeron: {directory: FILE}                                   ; aeron.directory=FILE: expected a directory
        driver; {aeron: {directory: x}, driver: {cores: [4000]}}           ; driver.cores[0]=4000: expected a processor
        driver; driver: {}                                                 ; aeron.directory=: expected a value
        gateway; {aeron: {directory: x, toNode: {channel: "aeron:udp?endpoint=no.such.host.invalid:1", stream: 1}}, venue: {minNotional: 1}} ; aeron.toNode.channel=
        gateway; {aeron: {directory: FILE}, venue: {minNotional: 1}}       ; aeron.directory=FILE: expected a directory
        gateway; {aeron: {directory: x}, feed: {recordings: [none.gz]}}    ; feed.recordings[0]=none.gz: expected a file that can be read
        gateway; {aeron: {directory: x, fromNode: {channel: "aeron:ipc", stream: 1001}}, venue: {minNotional: 1}} ; aeron.fromNode.stream=1001
        recover; node: {shard: 0x10}                                       ; node.shard=0x10
        restore; node: {shard: 0x10}                                       ; node.shard=0x10
        check-host; node: {shard: 0x10}                                    ; node.shard=0x10
        """)
    void everyCommandRefusesWithPlaceAndKeyBeforeItStartsAnything(
        final String command, final String text, final String problem)
    {
        final Path taken = TestData.write(directory.resolve("taken"), "");
        final Path config = file(text.strip().replace("FILE", taken.toString()) + "\n");
        final CommandRun run = CommandRun.of(command.strip(), "--config", config).exits(2);
        assertThat(run.err()).contains("c.yaml:1:").contains(problem.strip().replace("FILE", taken.toString()))
            .doesNotContain("unexpected error");
        assertThat(run.out()).isEmpty();
        if (!command.strip().matches("recover|restore|check-host"))
        {
            assertThat(CommandRun.of("config", "check", config, "--kind", command.strip().replace("run", "node"))
                .exits(2).out()).contains(problem.strip().replace("FILE", taken.toString()));
        }
    }

    @Test
    void leavesOutWhatOnlyTheHostCanTell()
    {
        final String text = "node: {core: 4000}\nfeed: {recordings: [none.gz]}\n";
        check(text, 2);
        check(text, 0, "--any-host");
    }

    @Test
    void showsThatACommentMadeADefaultOfAKey()
    {
        assertThat(check("node: {shard: 1}\nlimits:\n  maxOpenOrders: 4\n# priceCollarBps: 5\n", 0).out())
            .containsPattern("limits.priceCollarBps +none +default").doesNotContain("limits.maxOpenOrders");
        final String shown = CommandRun.of("config", "show", "--effective", file("node: {shard: 1}\n")).exits(0).out();
        assertThat(shown).containsPattern("node.shard +1 +line 1").containsPattern("node.gatewayTimeout +1s +default")
            .containsPattern("journal.segmentSize +256MiB +default")
            .containsPattern("aeron.egress.stream +1002 +default");
        assertThat(CommandRun.of("config", "show", file("nod: {shard: 1}\n")).exits(2).err()).contains(":1:1: nod=");
    }

    @Test
    void findsWhatOnlyTheCoreAndTheStrategyRefuse()
    {
        assertThat(check("strategies:\n  - name: momentum\n", 2).out())
            .contains("c.yaml:2:5: strategies[0].name=momentum: expected one of [moving-average-crossover");
        assertThat(check("strategies:\n  - name: moving-average-crossover\n    parameters: {fsat: 5}\n", 2).out())
            .contains("c.yaml:3:18: strategies[0].parameters.fsat=5: expected ");
        assertThat(check("strategies:\n  - {name: x, class: no.such.Class}\n", 2).out())
            .contains("c.yaml:2:15: strategies[0].class=no.such.Class: expected a public class");
    }

    @Test
    void givesAStrategyAllItsLegsAndItsParametersByTheirTypes()
    {
        check(PAIR.replace("PAUSE", "250ms"), 0);
        assertThat(check(PAIR.replace("PAUSE", "2s"), 2).out())
            .contains("c.yaml:8:34: strategies[0].parameters.pause=2s: expected parameters of pair for A.X, B.X: " +
                "parameter pause=2000000000ns: expected from 1ns to 1000000000ns");
    }

    @Test
    void namesThePlaceOfWhatIsNoUtf8() throws IOException
    {
        final Path config = directory.resolve("latin.yaml");
        Files.write(config, "limits:\n  # Zürich\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(CommandRun.of("config", "check", config).exits(2).err())
            .contains("latin.yaml:2:6: expected text in UTF-8");
    }

    @Test
    void readsAByteOrderMark() throws IOException
    {
        final Path data = TestData.recording(directory, "BTCUSDT",
            io.lockstep.gateways.recording.SyntheticRecording.Product.SPOT, 1, 20);
        final Path config = file("\ufeff" + TestData.BACKTEST);
        CommandRun.of("backtest", "--config", config, "--data", data, "--out", directory.resolve("out")).exits(0);
    }
}
