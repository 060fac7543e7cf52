package io.lockstep.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lockstep.cli.ChildCommand;
import io.lockstep.cli.CommandRun;
import io.lockstep.cli.TestData;
import org.agrona.IoUtil;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The demo on a generated market, and every command that its last page names on what it leaves. */
class DemoTest
{
    private static final int SECONDS = 2;
    private static final int EVENTS_PER_SECOND = 20_000;
    private static final int BATCH_MAX = 256;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    private static Path directory;
    private static Path node;
    private static JsonNode demo;

    @BeforeAll
    static void play()
    {
        node = directory.resolve("demo");
        demo = CommandRun.of("demo", "--seconds", SECONDS, "--dir", node, "--json").exits(0).json();
    }

    @Test
    void saysWhatHappened()
    {
        for (final String key : List.of("marketEvents", "inputs", "decisions", "orders", "partialFills", "fullFills",
            "cancels", "riskRejects", "venueRejects", "killedPid", "killedAtSequence", "recoveredAtSequence"))
        {
            assertThat(demo.get(key).asLong()).as(key).isPositive();
        }
        assertThat(demo.get("divergences").asInt()).isZero();
        assertThat(demo.get("whole").asBoolean()).isTrue();
        assertThat(demo.get("stateHash").asText()).matches("[0-9a-f]{16}");
        assertThat(demo.get("decisionHash").asText()).matches("[0-9a-f]{16}");
        assertThat(demo.get("journal").asText()).isEqualTo(node.toString());
        for (final String key : List.of("p50Ns", "p90Ns", "p99Ns", "maxNs"))
        {
            assertThat(demo.get("tickToTrade").get(key).asLong()).as(key).isPositive();
        }
        assertThat(demo.get("marketEvents").asLong()).isEqualTo((long)SECONDS * EVENTS_PER_SECOND);
        assertThat(demo.get("inputs").asLong()).isGreaterThan(demo.get("marketEvents").asLong());
        final long killedAt = demo.get("killedAtSequence").asLong();
        // The counter is set after the batch, so the journal may hold one batch more.
        assertThat(demo.get("recoveredAtSequence").asLong()).isBetween(killedAt, killedAt + BATCH_MAX);
        assertThat(ProcessHandle.of(demo.get("killedPid").asLong())).isEmpty();
    }

    @Test
    void refusalsAreCountedByReasonAndEachCanBeSeen()
    {
        assertThat(sum(demo.get("refusals"))).isEqualTo(demo.get("riskRejects").asLong());
        assertThat(sum(demo.get("venueRefusals"))).isEqualTo(demo.get("venueRejects").asLong());
        assertThat(demo.get("warnings")).isEmpty();
        demo.get("refusals").properties().forEach((entry) -> assertThat(
            CommandRun.of("journal", "print", "--template", "OrderRefused", "--where",
                "message.reason = " + entry.getKey(), "--format", "json", node).exits(0).out().lines())
            .as(entry.getKey()).hasSize(entry.getValue().asInt()));
        final JsonNode stat = CommandRun.of("stat", "--dir", node, "--json").exits(0).json();
        long sinceStart = 0;
        for (final Iterator<String> reasons = demo.get("refusals").fieldNames(); reasons.hasNext();)
        {
            final String reason = reasons.next();
            final long count = stat.get("refusals." + reason).asLong();
            assertThat(count).as(reason).isLessThanOrEqualTo(demo.get("refusals").get(reason).asLong());
            sinceStart += count;
        }
        assertThat(sinceStart).isPositive().isLessThan(demo.get("riskRejects").asLong());
        assertThat(CommandRun.of("stat", "--dir", node).exits(0).out())
            .contains("refused by the engine's own checks:").contains("--template OrderRefused --where \"");
    }

    private static long sum(final JsonNode counts)
    {
        long sum = 0;
        for (final JsonNode count : counts)
        {
            sum += count.asLong();
        }
        return sum;
    }

    @Test
    void leavesNoSharedMemoryBehind() throws IOException
    {
        assertThat(sharedMemory()).isEmpty();
    }

    private static List<Path> sharedMemory() throws IOException
    {
        final Path own = Path.of("/dev/shm/lockstep-demo-" + ProcessHandle.current().pid());
        return Files.exists(own) ? List.of(own) : List.of();
    }

    @Test
    void replaysToTheSameHashes()
    {
        final JsonNode replay = CommandRun.of("replay", "--verify", "--journal", node, "--json").exits(0).json();
        for (final String key : List.of("inputs", "decisions", "stateHash", "decisionHash"))
        {
            assertThat(replay.get(key)).as(key).isEqualTo(demo.get(key));
        }
        assertThat(replay.get("firstSequence").asLong()).isEqualTo(1);
        assertThat(replay.get("lastSequence").asLong()).isEqualTo(demo.get("inputs").asLong());
        assertThat(replay.get("divergences").asInt()).isZero();
        assertThat(replay.get("firstDivergence").isNull()).isTrue();
        assertThat(replay.get("inputsPerSecond").asLong()).isPositive();
        assertThat(CommandRun.of("replay", "--verify", "--journal", node).exits(0).out()).contains("0 divergences");
    }

    @Test
    void replaysUpToASequence()
    {
        final JsonNode part = CommandRun.of("replay", "--verify", "--journal", node, "--to", 1_000, "--json").exits(0)
            .json();
        assertThat(part.get("inputs").asLong()).isEqualTo(1_000);
        assertThat(part.get("lastSequence").asLong()).isEqualTo(1_000);
        assertThat(part.get("stateHash")).isNotEqualTo(demo.get("stateHash"));
    }

    @Test
    void journalIsWholeAndSaysWhatItHolds()
    {
        final JsonNode verified = CommandRun.of("journal", "verify", node, "--json").exits(0).json();
        assertThat(verified.get("firstBadSequence").isNull()).isTrue();
        assertThat(verified.get("problem").isNull()).isTrue();
        assertThat(verified.get("cleanEnd").asBoolean()).isTrue();
        assertThat(verified.get("chainHash").asText()).matches("[0-9a-f]{16}");
        final JsonNode info = CommandRun.of("journal", "info", node, "--json").exits(0).json();
        assertThat(info.get("inputs")).isEqualTo(demo.get("inputs"));
        assertThat(info.get("decisions")).isEqualTo(demo.get("decisions"));
        assertThat(info.get("firstSequence").asLong()).isEqualTo(1);
        assertThat(info.get("lastSequence")).isEqualTo(demo.get("inputs"));
        assertThat(info.get("incarnations").asInt()).isEqualTo(2);
        assertThat(info.get("cleanEnd").asBoolean()).isTrue();
        assertThat(info.get("bytes").asLong()).isPositive();
        assertThat(info.get("schemaVersion").isNumber()).isTrue();
        assertThat(info.get("configuration").asText()).contains("moving-average-crossover");
        long records = 0;
        for (final JsonNode count : info.get("byTemplate"))
        {
            records += count.asLong();
        }
        assertThat(records).isEqualTo(verified.get("records").asLong());
        assertThat(info.get("byTemplate").get("NewOrderSingle")).isEqualTo(demo.get("orders"));
    }

    @Test
    void printsInEveryFormat() throws IOException
    {
        final Object[] selection = {"journal", "print", node, "--to", 40, "--format"};
        final List<String> json = CommandRun.of(List.of(selection), "json").exits(0).out().lines().toList();
        for (final String line : json)
        {
            assertThat(MAPPER.readTree(line).get("message").isObject()).isTrue();
        }
        assertThat(json.stream().map(DemoTest::kind).filter("INPUT"::equals)).hasSize(40);
        assertThat(json.stream().map(DemoTest::kind)).contains("DECISION", "RUN_METADATA");

        final List<String> text = CommandRun.of(List.of(selection), "text").exits(0).out().lines()
            .filter((line) -> line.matches("\\d+\\.\\d+ \\S+ [A-Z_]+ \\w+.*")).toList();
        assertThat(text).hasSameSizeAs(json);

        final String yaml = CommandRun.of(List.of(selection), "yaml").exits(0).out();
        final List<String> documents = Stream.of(yaml.split("(?m)^---\n")).filter((part) -> !part.isBlank()).toList();
        assertThat(documents).hasSameSizeAs(json);
        for (int i = 0; i < documents.size(); i++)
        {
            final Map<?, ?> document = (Map<?, ?>)new Load(LoadSettings.builder().build())
                .loadFromString(documents.get(i));
            assertThat(((Number)document.get("sequence")).longValue())
                .isEqualTo(MAPPER.readTree(json.get(i)).get("sequence").asLong());
        }

        final List<String> csv = CommandRun.of(List.of(selection), "csv").exits(0).out().lines().toList();
        assertThat(csv.get(0)).startsWith("sequence,ordinal,kind,template,");
        // A text of several lines goes on in the next ones.
        assertThat(csv.stream().filter((line) -> line.matches("\\d+,\\d+,[A-Z_]+,\\w+,.*"))).hasSameSizeAs(json);
    }

    private static String kind(final String json)
    {
        try
        {
            return MAPPER.readTree(json).get("kind").asText();
        }
        catch (final IOException ex)
        {
            throw new AssertionError(ex);
        }
    }

    @Test
    void goesAsFastAsItCanAndExplainsItself() throws IOException
    {
        final CommandRun run = CommandRun.of("demo", "--seconds", 0, "--dir", directory.resolve("flat-out")).exits(0);
        assertThat(run.out()).containsPattern("[0-9,]+ market events").contains("SIGKILL").contains("0 divergences")
            .contains("lost or repeated").contains("./lockstep replay --verify --journal");
        assertThat(sharedMemory()).isEmpty();
    }

    @Test
    void takesOnlyADirectoryThatIsNewOrEmpty()
    {
        final CommandRun run = CommandRun.of("demo", "--seconds", 1, "--dir", node).exits(3);
        assertThat(run.err()).contains(node.toString()).contains("empty");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void refusesDataThatItCannotRead()
    {
        final Path missing = directory.resolve("missing.gz");
        assertThat(CommandRun.of("demo", "--data", missing).exits(2).err()).contains("missing.gz");
        final Path text = TestData.write(directory.resolve("notes.txt"), List.of("to be done: everything"));
        assertThat(CommandRun.of("demo", "--data", text).exits(2).err()).contains("notes.txt:1: ")
            .contains("expected a recording");
        final Path unknown = TestData.write(directory.resolve("klines.txt"),
            List.of("1700000000000 {\"stream\":\"btcusdt@kline_1m\",\"data\":{}}"));
        assertThat(CommandRun.of("demo", "--data", unknown).exits(2).err()).contains("klines.txt").contains("kline_1m");
        assertThat(CommandRun.of("demo", "--seconds", -1).exits(2).err()).contains("--seconds=-1");
    }

    @Test
    void nodeStopsInOrderWhenTheDemoIsKilled() throws Exception
    {
        final Path dir = directory.resolve("orphan");
        final ProcessHandle orphan;
        try (ChildCommand child = ChildCommand.start(directory, "demo", "--seconds", 30, "--dir", dir))
        {
            child.await(() -> runs(dir));
            orphan = ProcessHandle.of(child.pid()).orElseThrow().children().findFirst().orElseThrow();
            child.signal("KILL");
            assertThat(child.run().exitCode()).isEqualTo(137);
            IoUtil.delete(new File("/dev/shm/lockstep-demo-" + child.pid()), true);
        }
        orphan.onExit().get(60, TimeUnit.SECONDS);
        assertThat(CommandRun.of("journal", "verify", dir, "--json").exits(0).json().get("cleanEnd").asBoolean())
            .isTrue();
    }

    private static boolean runs(final Path dir)
    {
        try
        {
            final Path log = dir.resolve("node.log");
            return Files.exists(log) && Files.readString(log).contains("running in");
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    @Test
    void interruptedItLeavesNothing() throws IOException
    {
        for (final boolean restarted : new boolean[]{false, true})
        {
            final Path dir = directory.resolve("interrupted-" + restarted);
            try (ChildCommand child = ChildCommand.start(directory, "demo", "--seconds", 6, "--dir", dir))
            {
                child.await(() -> Files.exists(dir.resolve("counters.dat")));
                final Path driver = Path.of("/dev/shm/lockstep-demo-" + child.pid());
                final long nodePid = ProcessHandle.of(child.pid()).orElseThrow().children().findFirst().orElseThrow()
                    .pid();
                if (restarted)
                {
                    child.awaitErr("killed after sequence");
                }
                child.signal("INT");
                final CommandRun run = child.run().exits(130);
                assertThat(run.out()).isEmpty();
                assertThat(run.err()).doesNotContain("unexpected");
                assertThat(dir).doesNotExist();
                assertThat(driver).doesNotExist();
                assertThat(ProcessHandle.of(nodePid)).isEmpty();
            }
        }
    }
}
