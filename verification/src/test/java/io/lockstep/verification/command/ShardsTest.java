package io.lockstep.verification.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lockstep.cli.ChildCommand;
import io.lockstep.cli.CommandRun;
import io.lockstep.cli.TestData;
import io.lockstep.gateways.recording.SyntheticRecording;
import io.lockstep.gateways.recording.SyntheticRecording.Product;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** A node of two shards as an operator knows it: started, told, killed, started again, stopped. */
class ShardsTest
{
    private static final String CONFIGURATION = """
        node: {directory: node, time: recorded}
        instruments:
          - {symbol: AAA, venue: SIMULATED, tickSize: 0.01, lotSize: 0.001, baseCurrency: A, quoteCurrency: USDT}
          - {symbol: BBB, venue: SIMULATED, tickSize: 0.01, lotSize: 0.001, baseCurrency: B, quoteCurrency: USDT}
          - {symbol: CCC, venue: SIMULATED, tickSize: 0.01, lotSize: 0.001, baseCurrency: C, quoteCurrency: USDT}
        limits: {maxOpenOrders: 4, maxTotalOpenOrders: 5, maxTotalNotional: 100000}
        strategies:
          - name: moving-average-crossover
            parameters: {fast: 3, slow: 8, source: 0, confirmations: 0, orderNotional: 100, stopBps: 20, targetBps: 30, entryTimeoutMs: 2000, shorts: 1}
        feed: {generator: {seed: 1, eventsPerSecond: 4000}}
        venue: {orderLatencyUs: 200, reportLatencyUs: 200}
        shards:
          - shard: 1
            instruments: [AAA.SIMULATED, CCC.SIMULATED]
            limits: {maxTotalOpenOrders: 3, maxTotalNotional: 60000}
          - shard: 2
            instruments: [BBB.SIMULATED]
            limits: {maxTotalOpenOrders: 2, maxTotalNotional: 40000}
        """;

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String RECORDED = """
        node: {directory: node, time: recorded}
        instruments:
          - {symbol: BTCUSDT, venue: BINANCE_USDM, tickSize: 0.1, lotSize: 0.001, baseCurrency: BTC, quoteCurrency: USDT}
          - {symbol: ETHUSDT, venue: BINANCE_USDM, tickSize: 0.1, lotSize: 0.001, baseCurrency: ETH, quoteCurrency: USDT}
        strategies:
          - name: moving-average-crossover
            parameters: {fast: 4, slow: 16, confirmations: 1, orderNotional: 100, stopBps: 2, targetBps: 2, entryTimeoutMs: 500}
        feed: {recordings: ["%s", "%s"], pace: flat-out}
        venue: {orderLatencyUs: 2000, reportLatencyUs: 2000}
        shards:
          - {shard: 1, instruments: [BTCUSDT.BINANCE_USDM]}
          - {shard: 2, instruments: [ETHUSDT.BINANCE_USDM]}
        """;

    @TempDir
    private Path directory;
    private Path node;
    private String configuration;

    @BeforeEach
    void writeConfig()
    {
        node = directory.resolve("node");
        write(CONFIGURATION);
    }

    private void write(final String newConfiguration)
    {
        configuration = newConfiguration;
        TestData.write(directory.resolve("node.yaml"), configuration);
    }

    private ChildCommand start()
    {
        return ChildCommand.start(directory, "run", "--config", "node.yaml", "--json")
            .awaitErr("running in " + node.resolve("shard-1").toAbsolutePath())
            .awaitErr("running in " + node.resolve("shard-2").toAbsolutePath());
    }

    private Path shard(final int number)
    {
        return node.resolve("shard-" + number);
    }

    private JsonNode stat(final int shard)
    {
        return CommandRun.of("stat", "--dir", node, "--json").exits(0).json().get("shards").get("" + shard);
    }

    private void awaitMore(final ChildCommand child, final String counter, final long more)
    {
        for (final int shard : new int[]{1, 2})
        {
            child.await(() -> Files.exists(shard(shard).resolve("counters.dat")) &&
                stat(shard).get(counter).asLong() > more);
        }
    }

    private CommandRun control(final Path of, final Object... words)
    {
        return CommandRun.of("control", "--dir", of, "--json", List.of(words));
    }

    private List<String> printed(final int shard, final String template)
    {
        return CommandRun.of("journal", "print", shard(shard), "--template", template).exits(0).out().lines().toList();
    }

    @Test
    void livesThroughOperatorsAKillAndAStop()
    {
        try (ChildCommand child = start())
        {
            awaitMore(child, "orders", 20);
            controls(child);
            child.signal("KILL");
            child.run().exits(137);
        }
        try (ChildCommand child = start())
        {
            awaitMore(child, "inputs", 1_000);
            child.signal("TERM");
            final JsonNode ended = child.run().exits(0).json().get("shards");
            for (final String shard : List.of("1", "2"))
            {
                assertThat(ended.get(shard).get("cleanEnd").asBoolean()).isTrue();
                assertThat(ended.get(shard).get("recoveredInputs").asLong()).isPositive();
            }
        }
        for (final int shard : new int[]{1, 2})
        {
            final JsonNode replay = CommandRun.of("replay", "--verify", "--journal", shard(shard), "--json").exits(0)
                .json();
            assertThat(replay.get("divergences").asInt()).isZero();
            CommandRun.of("journal", "verify", shard(shard)).exits(0);
        }
    }

    /** Each shard's feed plays what the recordings have of its own instruments, all of it and nothing else. */
    @Test
    void playsInEachShardItsPartOfTheRecordings()
    {
        final Path first = TestData.recording(directory, "first.gz", Product.USDM, 3, 3_000);
        final Path second = TestData.write(directory.resolve("second.gz"),
            SyntheticRecording.lines(Product.USDM, "ETHUSDT", 4, 2_000));
        write(RECORDED.formatted(first, second));
        try (ChildCommand child = start())
        {
            child.await(() -> isPlayed(1) && isPlayed(2));
            child.signal("TERM");
            child.run().exits(0);
        }
        assertPlayed(1, first);
        assertPlayed(2, second);
    }

    private boolean isPlayed(final int shard)
    {
        return printed(shard, "FeedStatus").stream().anyMatch((line) -> line.contains("condition=END"));
    }

    /** The same messages as in a backtest with its recording alone, and decisions that a replay makes again. */
    private void assertPlayed(final int shard, final Path recording)
    {
        final Path alone = directory.resolve("alone-" + shard);
        CommandRun.of("backtest", "--config", TestData.backtestConfig(directory), "--out", alone, "--data", recording)
            .exits(0);
        // A feed answers a node that asks for a snapshot; in a backtest there is nobody to ask.
        final List<JsonNode> snapshots = messages(shard(shard), "BookSnapshot");
        final List<JsonNode> recorded = messages(alone, "BookSnapshot");
        assertThat(recorded).isNotEmpty();
        assertThat(snapshots).containsSubsequence(recorded);
        assertThat(snapshots.size() - recorded.size())
            .isLessThanOrEqualTo(printed(shard, "MarketDataRequest").size());
        for (final String template : List.of("BookUpdate", "BestBidOffer", "Trade"))
        {
            assertThat(messages(shard(shard), template)).as("shard=%d %s", shard, template).isNotEmpty()
                .isEqualTo(messages(alone, template));
        }
        assertThat(printed(shard, "NewOrderSingle")).isNotEmpty();
        CommandRun.of("replay", "--verify", "--journal", shard(shard)).exits(0);
        CommandRun.of("journal", "verify", shard(shard)).exits(0);
    }

    private static List<JsonNode> messages(final Path journal, final String template)
    {
        return CommandRun.of("journal", "print", journal, "--template", template, "--format", "json").exits(0).out()
            .lines().map((line) -> parse(line).get("message")).toList();
    }

    private static JsonNode parse(final String line)
    {
        try
        {
            return MAPPER.readTree(line);
        }
        catch (final JsonProcessingException ex)
        {
            throw new AssertionError(line, ex);
        }
    }

    private void controls(final ChildCommand child)
    {
        assertThat(printed(1, "InstrumentDefinition")).hasSize(2).anyMatch((line) -> line.contains("AAA"))
            .anyMatch((line) -> line.contains("CCC"));
        assertThat(printed(2, "InstrumentDefinition")).hasSize(1).allMatch((line) -> line.contains("BBB"));
        assertThat(printed(2, "AllocateLimit")).hasSize(2)
            .anyMatch((line) -> line.contains("MAX_TOTAL_OPEN_ORDERS") && line.contains("share=2 orders") &&
                line.contains("total=5 orders"));
        assertThat(stat(1).get("instruments").asInt()).isEqualTo(2);
        assertThat(stat(2).get("shard").asInt()).isEqualTo(2);
        assertThat(CommandRun.of("stat", "--dir", shard(2), "--json").exits(0).json().get("shard").asInt())
            .isEqualTo(2);

        final JsonNode halted = control(node, "halt").exits(0).json().get("shards");
        for (final int shard : new int[]{1, 2})
        {
            assertThat(halted.get("" + shard).get("accepted").asBoolean()).isTrue();
            child.await(() -> stat(shard).get("tradingMode").asInt() == 2);
        }
        control(shard(1), "resume").exits(0);
        child.await(() -> stat(1).get("tradingMode").asInt() == 0);
        assertThat(stat(2).get("tradingMode").asInt()).isEqualTo(2);
        control(node, "resume").exits(0);
        // An allocation moves: lowered here, then raised there, and nowhere beyond the total.
        control(shard(1), "limit", "maxTotalOpenOrders", "1").exits(0);
        control(shard(2), "limit", "maxTotalOpenOrders", "4").exits(0);
        assertThat(control(shard(2), "limit", "maxTotalOpenOrders", "6").exits(1).json().get("reason").asText())
            .isEqualTo("INVALID_VALUE");
        assertThat(control(node, "limit", "maxTotalOpenOrders", "1").exits(2).err()).contains("shard-1");
        inUse();
    }

    private void inUse()
    {
        try (ChildCommand second = ChildCommand.start(directory, "run", "--config", "node.yaml"))
        {
            assertThat(second.run().exits(3).err()).contains("in use by another live process");
        }
    }

    private void recover()
    {
        CommandRun.of("recover", "--config", absolute()).exits(0);
    }

    /** The commands of this process do not run in the test's directory. */
    private Path absolute()
    {
        return TestData.write(directory.resolve("absolute.yaml"),
            configuration.replace("directory: node", "directory: " + node.toAbsolutePath()));
    }

    private CommandRun refused()
    {
        return CommandRun.of("run", "--config", absolute()).exits(2);
    }

    @Test
    void refusesAnInstrumentThatIsAnothers()
    {
        recover();
        final long before = lastSequence(1);
        write(CONFIGURATION.replace("[AAA.SIMULATED, CCC.SIMULATED]", "[AAA.SIMULATED]")
            .replace("[BBB.SIMULATED]", "[BBB.SIMULATED, CCC.SIMULATED]"));

        assertThat(refused().err()).contains("instrument=CCC.SIMULATED").contains("in shard 1, whose journal has it")
            .contains("found in shard 2");
        assertThat(lastSequence(1)).isEqualTo(before);
        write(CONFIGURATION);
        recover();
    }

    private long lastSequence(final int shard)
    {
        return CommandRun.of("journal", "info", shard(shard), "--json").exits(0).json().get("lastSequence").asLong();
    }

    @Test
    void refusesJournalsThatNobodyWouldOpen()
    {
        recover();
        write(CONFIGURATION.replace("shard: 2", "shard: 3"));

        assertThat(refused().err()).contains("shard 2 is not among them");
        write(CONFIGURATION.substring(0, CONFIGURATION.indexOf("shards:")));
        assertThat(refused().err()).contains("shard 1 has a journal in it");
    }

    @Test
    void refusesToDivideANodeThatHasAJournal()
    {
        write(CONFIGURATION.substring(0, CONFIGURATION.indexOf("shards:")));
        recover();
        write(CONFIGURATION);

        assertThat(refused().err()).contains("a node without shards has its journal there");
    }
}
