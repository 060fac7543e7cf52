package io.lockstep.research.recording;

import com.fasterxml.jackson.databind.JsonNode;
import io.lockstep.cli.CommandRun;
import io.lockstep.cli.TestData;
import io.lockstep.gateways.recording.SyntheticRecording.Product;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

/** What cannot be read leaves no output and says where; what can be read but is incomplete is counted and told. */
class BadInputTest
{
    private static final int EVENTS = 400;

    @TempDir
    private Path directory;
    private Path config;
    private Path out;

    @BeforeEach
    void prepare()
    {
        config = TestData.backtestConfig(directory);
        out = directory.resolve("out");
    }

    private CommandRun backtest(final Object... data)
    {
        return CommandRun.of("backtest", "--config", config, "--out", out, "--json", "--data", List.of(data));
    }

    /** Exit 2, the place named, nothing written; offline commands, and the book's beside the backtest's. */
    private void assertRefused(final Path data, final String... problem)
    {
        final Path csv = directory.resolve("book.csv");
        for (final CommandRun run : List.of(
            backtest(data),
            CommandRun.of("backtest", "--config", config, "--no-journal", "--data", data),
            CommandRun.of("book", "--data", data, "--out", csv, "--json")))
        {
            run.exits(2);
            assertThat(run.err()).contains(problem);
            assertThat(run.out()).isEmpty();
        }
        assertThat(out).doesNotExist();
        assertThat(csv).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void lineThatIsNoJson(final Product product)
    {
        final List<String> lines = TestData.lines(product, EVENTS);
        lines.add(99, "1700000000000000000 {\"e\":\"depthUpdate\",");
        assertRefused(TestData.write(directory.resolve("x"), lines), directory.resolve("x") + ":100: ", "expected");
    }

    @Test
    void fieldOfAWrongType()
    {
        final List<String> lines = TestData.lines(Product.USDM, EVENTS);
        for (int i = 100; i < lines.size(); i++)
        {
            if (lines.get(i).contains("depthUpdate"))
            {
                lines.set(i, lines.get(i).replace("\"U\":", "\"U\":\"x\",\"V\":"));
                assertRefused(TestData.write(directory.resolve("x"), lines), "x:" + (i + 1) + ": ", "U=",
                    "expected");
                return;
            }
        }
    }

    @Test
    void truncatedArchive() throws IOException
    {
        final Path whole = TestData.recording(directory, "whole.gz", Product.SPOT, 1, EVENTS);
        final byte[] bytes = Files.readAllBytes(whole);
        for (final int length : new int[]{bytes.length - 5, bytes.length / 2, 5})
        {
            final Path cut = Files.write(directory.resolve("cut.gz"), Arrays.copyOf(bytes, length));
            assertRefused(cut, "cut.gz:");
        }
        final byte[] damaged = bytes.clone();
        damaged[bytes.length / 2] ^= 0x55;
        assertRefused(Files.write(directory.resolve("damaged.gz"), damaged), "damaged.gz:");
    }

    @Test
    void fileThatIsNotThereOrNoRecording() throws IOException
    {
        assertRefused(directory.resolve("missing.gz"), "missing.gz", "expected an existing file");
        assertRefused(Files.createDirectory(directory.resolve("folder")), "folder", "expected an existing file");
        assertRefused(TestData.write(directory.resolve("empty"), List.of()), "empty");
        assertRefused(TestData.write(directory.resolve("text"), List.of("hello")), "text:1: ", "expected a recording");
        assertThat(CommandRun.of("backtest", "--config", config, "--data", directory.resolve("x"), "--format", "csv")
            .exits(2).err()).contains("--format=csv").contains("binance-ws");
    }

    @Test
    void wrongLineInTheSecondPassLeavesNothing() throws IOException
    {
        final List<String> lines = TestData.lines(Product.USDM, EVENTS);
        int at = lines.size() - 1;
        while (!lines.get(at).contains("depthUpdate"))
        {
            at--;
        }
        lines.set(at, lines.get(at).replaceFirst("\"pu\":\\d+", "\"pu\":\"x\""));
        final Set<String> before = temporary();
        final Path data = TestData.write(directory.resolve("x"), lines);
        assertRefused(data, "x:" + (at + 1) + ": ", "pu=");
        CommandRun.of("backtest", "--config", config, "--data", data).exits(2);
        assertThat(temporary()).isEqualTo(before);
    }

    private static Set<String> temporary() throws IOException
    {
        try (Stream<Path> entries = Files.list(Path.of(System.getProperty("java.io.tmpdir"))))
        {
            return entries.map((path) -> path.getFileName().toString())
                .filter((name) -> name.startsWith("lockstep-backtest-")).collect(Collectors.toSet());
        }
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void gapIsCountedAndTold(final Product product)
    {
        final List<String> lines = TestData.lines(product, EVENTS);
        removeChange(lines, 200);
        final CommandRun run = backtest(TestData.write(directory.resolve("x"), lines)).exits(1);
        assertThat(run.json().get("gaps").asInt()).isEqualTo(1);
        assertThat(run.json().get("marketEvents").asLong()).isEqualTo(lines.size());
        assertThat(run.err()).contains("1 gaps");
        CommandRun.of("replay", "--verify", "--journal", out).exits(0);
        assertThat(
            CommandRun.of("book", "--data", directory.resolve("x"), "--out", directory.resolve("b.csv"), "--json")
                .exits(1).json().get("gaps").asInt())
            .isEqualTo(1);
    }

    private static void removeChange(final List<String> lines, final int number)
    {
        int changes = 0;
        for (int i = 0; i < lines.size(); i++)
        {
            changes += lines.get(i).contains("depthUpdate") ? 1 : 0;
            if (changes == number)
            {
                lines.remove(i);
                return;
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void changesWithoutASnapshotAreTold(final Product product)
    {
        final List<String> lines = TestData.lines(product, EVENTS);
        lines.removeIf((line) -> line.contains("lastUpdateId"));
        final CommandRun run = backtest(TestData.write(directory.resolve("x"), lines)).exits(1);
        assertThat(run.json().get("withoutSnapshot").asInt()).isEqualTo(1);
        assertThat(run.json().get("gaps").asInt()).isZero();
        assertThat(run.err()).contains("snapshot");
    }

    @Test
    void lockedBookIsNotCrossed()
    {
        final CommandRun run = backtest(TestData.write(directory.resolve("x"), List.of(
            "1700000000000 {\"lastUpdateId\":10,\"bids\":[[\"99\",\"1\"]],\"asks\":[[\"101\",\"1\"]]}",
            change(11, "[[\"101\",\"5\"]]")))).exits(0);
        assertThat(run.json().get("crossed").asInt()).isZero();
    }

    @Test
    void crossedBookIsCountedAndTold()
    {
        final CommandRun run = backtest(TestData.write(directory.resolve("x"), List.of(
            "1700000000000 {\"lastUpdateId\":10,\"bids\":[[\"99\",\"1\"]],\"asks\":[[\"101\",\"1\"]]}",
            change(11, "[[\"102\",\"5\"]]"),
            change(12, "[[\"102\",\"6\"]]"),
            change(13, "[[\"102\",\"0\"]]"),
            change(14, "[[\"103\",\"1\"]]")))).exits(1);
        assertThat(run.json().get("crossed").asInt()).isEqualTo(2);
        assertThat(run.json().get("gaps").asInt()).isZero();
        assertThat(run.json().get("marketEvents").asInt()).isEqualTo(5);
        assertThat(run.err()).contains("2 times a book was crossed");
    }

    private static String change(final long id, final String bids)
    {
        return "1700000000001 {\"e\":\"depthUpdate\",\"E\":1700000000000,\"s\":\"BTCUSDT\",\"U\":" + id + ",\"u\":" + id
            +
            ",\"b\":" + bids + ",\"a\":[]}";
    }

    @Test
    void unknownStreamsAreNamedOnceAndClocksMayGoBack()
    {
        final List<String> lines = TestData.lines(Product.SPOT, EVENTS);
        final JsonNode whole = backtest(TestData.write(directory.resolve("x"), lines)).exits(0).json();
        assertThat(whole.get("clockBackwards").asInt()).isZero();
        out = directory.resolve("second");
        for (int i = 0; i < 3; i++)
        {
            lines.add(100 + i,
                "1600000000000000000 {\"stream\":\"btcusdt@kline_1m\",\"data\":{\"e\":\"kline\",\"s\":\"BTCUSDT\"}}");
        }
        final CommandRun run = backtest(TestData.write(directory.resolve("x"), lines)).exits(0);
        assertThat(run.err()).containsOnlyOnce("kline_1m").contains("3 lines");
        assertThat(run.json().get("clockBackwards").asInt()).isPositive();
        assertThat(run.json().get("marketEvents")).isEqualTo(whole.get("marketEvents"));
        assertThat(run.json().get("decisionHash")).isEqualTo(whole.get("decisionHash"));
    }

    @Test
    void priceOffTheConfiguredTickAndSymbolThatIsNotConfigured()
    {
        final Path data = TestData.recording(directory, "x", Product.USDM, 1, EVENTS);
        final String instrument = """
            instruments:
              - {symbol: SYMBOL, venue: BINANCE_USDM, tickSize: TICK, lotSize: 0.001, baseCurrency: BTC, quoteCurrency: USDT}
            """;
        config = TestData.write(directory.resolve("c.yaml"),
            instrument.replace("SYMBOL", "BTCUSDT").replace("TICK", "0.5") + TestData.BACKTEST);
        final CommandRun offGrid = backtest(data).exits(2);
        assertThat(offGrid.err()).containsPattern("x:\\d+: .*=.*: expected .*0\\.5");
        assertThat(out).doesNotExist();
        config = TestData.write(directory.resolve("c.yaml"),
            instrument.replace("SYMBOL", "ETHUSDT").replace("TICK", "0.1") + TestData.BACKTEST);
        assertThat(backtest(data).exits(2).err()).contains("symbol=BTCUSDT").contains("ETHUSDT.BINANCE_USDM");
        config = TestData.write(directory.resolve("c.yaml"),
            instrument.replace("SYMBOL", "BTCUSDT").replace("TICK", "0.1") + TestData.BACKTEST);
        backtest(data).exits(0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value =
    {
        "limits: {maxOrderNotionals: 5} | c.yaml:1: limits.maxOrderNotionals=5: expected a known key | 'maxOrderNotional'",
        "limit: {} | c.yaml:1: limit={} | 'limits'",
        "limits: {maxOrderNotional: much} | c.yaml:1: limits.maxOrderNotional=much: expected a decimal number | c.yaml",
        "limits: {maxOrderNotional: -5} | limits.maxOrderNotional=-5: expected a limit that is not negative | c.yaml",
        "limits: {maxOrdersPerSecond: 50000} | limits.maxOrdersPerSecond=50000: expected a whole number from 0 to 10000 | c.yaml",
        "limits: 5 | c.yaml:1: limits=5: expected a mapping | c.yaml",
        "strategies: 5 | c.yaml:1: strategies=5: expected a list | c.yaml",
        "strategies: [{name: momentum}] | strategies[0].name=momentum: expected one of | moving-average-crossover",
        "strategies: [{name: moving-average-crossover, parameters: {fsat: 5}}] | strategies[0].parameters.fsat=5: expected parameters of moving-average-crossover | fsat",
        "strategies: [{name: moving-average-crossover, parameters: {fast: 0}}] | parameter fast=0: expected a whole number | c.yaml",
        "strategies: [{name: moving-average-crossover, instruments: [A.B]}] | c.yaml | UNKNOWN_INSTRUMENT",
        "strategies: [{class: no.such.Class, name: x}] | strategies[0].class=no.such.Class: expected a public class | c.yaml",
        "venue: {makerFeePpm: 0.5} | c.yaml:1: venue.makerFeePpm=0.5: expected a whole number | c.yaml",
        "node: {time: lunar} | c.yaml:1: node.time=lunar: expected one of | recorded",
        "node: {core: many} | c.yaml:1: node.core=many: expected a whole number | c.yaml",
        "aeron: {embedded: maybe} | c.yaml:1: aeron.embedded=maybe: expected true or false | c.yaml",
        "instruments: [{venue: X, tickSize: 1, lotSize: 1}] | instruments[0].symbol=: expected a value | c.yaml",
        "instruments: [{symbol: A, venue: X, tickSize: 0, lotSize: 1}] | instruments[0].tickSize=0: expected a positive | c.yaml",
        "instruments: [{symbol: A B, venue: X, tickSize: 1, lotSize: 1}] | symbol=A B | character 2 is U+0020"})
    void configurationThatIsNone(final String text, final String problem, final String also)
    {
        final Path data = TestData.recording(directory, "BTCUSDT", Product.SPOT, 1, 20);
        config = TestData.write(directory.resolve("c.yaml"), text + "\n");
        final CommandRun run = backtest(data).exits(2);
        assertThat(withoutColumns(run.err())).contains(problem.strip()).contains(also.strip().replace("'", ""));
        assertThat(run.out()).isEmpty();
        assertThat(out).doesNotExist();
        final String nodeText = "node: {directory: " + directory.resolve("node") + "}\n";
        if (!text.startsWith("node:") && !also.contains("UNKNOWN_INSTRUMENT"))
        {
            config = TestData.write(directory.resolve("c.yaml"),
                text + "\n" + nodeText + (text.startsWith("instruments") ? "" : INSTRUMENT));
            assertThat(withoutColumns(CommandRun.of("run", "--config", config).exits(2).err()))
                .contains(problem.strip());
            assertThat(directory.resolve("node")).doesNotExist();
        }
    }

    private static String withoutColumns(final String text)
    {
        return text.replaceAll("(yaml:[0-9]+):[0-9]+: ", "$1: ");
    }

    private static final String INSTRUMENT = "instruments: [{symbol: A, venue: X, tickSize: 1, lotSize: 1}]\n";

    @Test
    void configurationFileThatIsNotThereOrNoYaml()
    {
        config = directory.resolve("nowhere.yaml");
        final Path data = TestData.recording(directory, "x", Product.SPOT, 1, 20);
        assertThat(backtest(data).exits(2).err()).contains("nowhere.yaml");
        assertThat(CommandRun.of("run", "--config", config).exits(2).err()).contains("nowhere.yaml");
        config = TestData.write(directory.resolve("list.yaml"), "- a\n- b\n");
        assertThat(backtest(data).exits(2).err()).contains("list.yaml:1:1: ");
        config = TestData.write(directory.resolve("broken.yaml"), "node: {directory: [\n");
        assertThat(backtest(data).exits(2).err()).contains("broken.yaml:1:19: ");
    }

    @Test
    void outputThatHasSomethingInIt() throws IOException
    {
        final Path data = TestData.recording(directory, "x", Product.SPOT, 1, 20);
        Files.createDirectories(out);
        TestData.write(out.resolve("precious"), "kept");
        assertThat(backtest(data).exits(3).err()).contains(out.toString()).contains("empty");
        assertThat(Files.readString(out.resolve("precious"))).isEqualTo("kept");
        out = TestData.write(directory.resolve("file"), "kept");
        backtest(data).exits(3);
        assertThat(Files.readString(out)).isEqualTo("kept");
        out = directory.resolve("file/below");
        backtest(data).exits(3);
    }

    @Test
    void directoryThatCannotBeWritten() throws IOException
    {
        final Path data = TestData.recording(directory, "x", Product.SPOT, 1, 20);
        final Path locked = Files.createDirectory(directory.resolve("locked"));
        assertThat(locked.toFile().setWritable(false)).isTrue();
        try
        {
            assumeFalse(Files.isWritable(locked), "this user writes everywhere");
            out = locked.resolve("out");
            assertThat(backtest(data).exits(3).err()).contains("locked");
            assertThat(CommandRun.of("demo", "--seconds", 1, "--dir", out).exits(3).err()).contains("locked");
        }
        finally
        {
            assertThat(locked.toFile().setWritable(true)).isTrue();
        }
    }

    @Test
    void outputInADirectoryThatIsYetToBeMade() throws IOException
    {
        out = directory.resolve("a/b/c");
        backtest(TestData.recording(directory, "x", Product.SPOT, 1, 20)).exits(0);
        try (Stream<Path> entries = Files.list(out))
        {
            assertThat(entries.sorted(Comparator.naturalOrder()).map((path) -> path.getFileName().toString()))
                .containsExactly("journal");
        }
    }
}
