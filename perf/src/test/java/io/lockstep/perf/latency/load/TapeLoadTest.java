package io.lockstep.perf.latency.load;

import com.sun.management.ThreadMXBean;
import io.lockstep.cli.argument.UsageException;
import io.lockstep.gateways.recording.SyntheticRecording;
import io.lockstep.gateways.recording.SyntheticRecording.Product;
import io.lockstep.perf.latency.fork.ForkPlan;
import io.lockstep.sbe.FeedReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Recordings as a load: made ones, and those of the venue itself where they are present. */
class TapeLoadTest
{
    private static final int ALL = 1_000_000;
    private static final PrintWriter NOWHERE = new PrintWriter(Writer.nullWriter());

    @TempDir
    private Path directory;

    private Path recording(final Product product, final String symbol, final int events)
    {
        try
        {
            return SyntheticRecording.write(directory.resolve(symbol + product + ".gz"),
                SyntheticRecording.lines(product, symbol, 1, events));
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private static Load load(final int events, final int orderEvery, final Path... data)
    {
        return TapeLoad.read(new LoadPlan(List.of(data), List.of(), events), orderEvery, NOWHERE);
    }

    /** What the core makes of so many rounds: an order at each message that says so, and at no other. */
    private PlayedCore play(final Load load, final int rounds)
    {
        final PlayedCore core = new PlayedCore(load, directory);
        final Workload workload = load.workloads().get();
        for (int i = 0; i < rounds * load.messagesARound(); i++)
        {
            final int length = workload.next();
            final long updateId = Workload.updateId(workload.market(), 0);
            final int wanted = workload.makesOrder() ? 1 : 0;
            assertThat(core.give(workload.market(), length)).as("orders at message %d", i).isEqualTo(wanted);
            // A loop with an empty core has nothing but the id to go by.
            assertThat(updateId > 0 && Workload.makesOrder(updateId, load.orderMultiple()))
                .as("message %d id %d", i, updateId).isEqualTo(workload.makesOrder());
        }
        assertThat(core.refused()).isZero();
        assertThat(core.core().unknownInstruments()).isZero();
        assertThat(core.core().impossibleOrderEvents()).isZero();
        assertThat(core.conditions()).doesNotContain(FeedReason.SEQUENCE_GAP);
        return core;
    }

    @ParameterizedTest
    @CsvSource(
    {"SPOT, BTCUSDT, 10", "USDM, BTCUSDT, 3", "COINM, BTCUSD_PERP, 1"})
    void shouldGoRoundWithoutAGapAndOrderWhereItSays(final Product product, final String symbol, final int orderEvery)
    {
        final Load load = load(ALL, orderEvery, recording(product, symbol, 2_000));

        final PlayedCore core = play(load, 3);

        final long orders = (long)load.about().get("ordersARound");
        // About two in five messages are book updates: in most turns of ten there is one, but not in each of one.
        assertThat(orders).isBetween(load.messagesARound() / Math.max(orderEvery, 4L),
            load.messagesARound() / (long)orderEvery);
        assertThat(core.core().egressSequence()).isEqualTo(3 * orders);
    }

    @Test
    void shouldTakeWhatWasAskedForOfSeveralInstruments()
    {
        final Path spot = recording(Product.SPOT, "BTCUSDT", 300);
        recording(Product.USDM, "ETHUSDT", 300);
        final Load all = load(ALL, 2, directory);

        assertThat(all.about().get("instruments"))
            .isEqualTo(List.of("BTCUSDT.BINANCE_SPOT", "ETHUSDT.BINANCE_USDM"));
        assertThat(all.instruments()).hasSize(2);
        play(all, 2);

        final Load second = TapeLoad.read(new LoadPlan(List.of(directory), List.of("ETHUSDT"), 200), 2, NOWHERE);
        assertThat(second.about()).containsEntry("instruments", List.of("ETHUSDT.BINANCE_USDM"));
        assertThat(second.messagesARound()).isEqualTo(200);
        play(second, 2);

        final Load byName = TapeLoad.read(
            new LoadPlan(List.of(directory), List.of("BTCUSDT.BINANCE_SPOT"), ALL), 2, NOWHERE);
        assertThat(byName.messagesARound()).isEqualTo(load(ALL, 2, spot).messagesARound());
    }

    @Test
    void shouldKeepTheRecordingsMessagesInTheirOrder()
    {
        final List<String> lines = SyntheticRecording.lines(Product.SPOT, "BTCUSDT", 1, 500);
        final Load load = load(ALL, 10, recording(Product.SPOT, "BTCUSDT", 500));

        final Map<String, Long> mix = new LinkedHashMap<>();
        mix.put("bookUpdates", count(lines, "depthUpdate"));
        mix.put("bookSnapshotChunks", count(lines, "lastUpdateId"));
        mix.put("bestBidOffers", count(lines, "bookTicker"));
        mix.put("trades", count(lines, "\"trade\""));
        assertThat(load.about()).containsEntry("mix", mix)
            .containsEntry("load", "recorded, the first " + lines.size() + " market events round and round");
        assertThat(load.messagesARound()).isEqualTo(lines.size());
        assertThat(load.about(List.of(10 * lines.size(), lines.size()), 2)).containsEntry("rounds",
            Map.of(String.valueOf(10 * lines.size()), 20.0, String.valueOf(lines.size()), 2.0));
        final List<Integer> levels = lines.stream().filter((line) -> line.contains("depthUpdate"))
            .map((line) -> line.split("\\[\"", -1).length - 1).toList();
        final double mean = levels.stream().mapToInt(Integer::intValue).average().orElseThrow();
        assertThat(load.about()).containsEntry("levelsPerUpdate", Map.of("mean", Math.round(10 * mean) / 10.0, "max",
            levels.stream().mapToInt(Integer::intValue).max().orElseThrow()));
    }

    private static long count(final List<String> lines, final String text)
    {
        return lines.stream().filter((line) -> line.contains(text)).count();
    }

    @Test
    void shouldGiveEachPathTheSame()
    {
        final Load load = load(ALL, 10, recording(Product.SPOT, "BTCUSDT", 100));
        final Workload one = load.workloads().get();
        final Workload other = load.workloads().get();

        for (int i = 0; i < 2 * load.messagesARound() + 1; i++)
        {
            final int length = one.next();
            assertThat(other.next()).isEqualTo(length);
            assertThat(other.makesOrder()).isEqualTo(one.makesOrder());
            assertThat(other.market()).isEqualTo(one.market());
        }
    }

    @Test
    void shouldNotAllocate()
    {
        final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
        final Load load = load(ALL, 10, recording(Product.SPOT, "BTCUSDT", 500));
        final Workload workload = load.workloads().get();
        long least = Long.MAX_VALUE;
        // The VM itself allocates now and then what counts as this thread's; what the code allocates is there in every run.
        for (int run = 0; run < 20 && least > 0; run++)
        {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 2 * load.messagesARound(); i++)
            {
                workload.next();
                workload.makesOrder();
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).isZero();
    }

    @Test
    void shouldRefuseWhatCannotMakeAnOrder() throws IOException
    {
        final List<String> lines = SyntheticRecording.lines(Product.SPOT, "BTCUSDT", 1, 50).stream()
            .filter((line) -> !line.contains("lastUpdateId")).toList();
        final Path file = SyntheticRecording.write(directory.resolve("no-snapshot.gz"), lines);

        assertThatThrownBy(() -> load(ALL, 10, file)).isInstanceOf(UsageException.class)
            .hasMessageStartingWith("--data=" + file + ": book updates that can make an order=0 in ")
            .hasMessageContaining("expected a recording with a book's snapshot");
        assertThatThrownBy(() -> load(2, 10, recording(Product.SPOT, "BTCUSDT", 50)))
            .isInstanceOf(UsageException.class).hasMessageContaining("in 2 market events");
    }

    @Test
    void shouldBeHandedToAFork()
    {
        for (final LoadPlan load : List.of(LoadPlan.GENERATED,
            new LoadPlan(List.of(Path.of("/a b/c.gz"), Path.of("/d")), List.of("X", "Y.Z"), 7)))
        {
            final ForkPlan plan = new ForkPlan(
                List.of(1, 2), 3, 4, 5, 6, 7, load, true, Path.of("/journals"), Path.of("/out"));

            assertThat(ForkPlan.parse(plan.arguments().toArray(String[]::new))).isEqualTo(plan);
        }
    }

    @ParameterizedTest
    @ValueSource(strings =
    {
        "2024-08-08/spot/btcusdt_20240808.gz;2024-08-08/spot/ethusdt_20240808.gz",
        "2024-08-08/usdm/btcusdt_20240808.gz;2024-08-08/spot/btcusdt_20240808.gz",
        "2024-08-08/cm/btcusd_perp_20240808.gz;2024-08-08/cm/btcusd_perp_20240809.gz",
        "2024-07-23-nexousdt-24h/nexousdt_20240723.dat.gz"})
    void shouldGoRoundWithRecordingsOfTheVenue(final String names)
    {
        final Path[] files = Arrays.stream(names.split(";")).map(TapeLoadTest::real).toArray(Path[]::new);

        final Load load = load(30_000, 10, files);

        assertThat(play(load, 2).core().egressSequence()).isGreaterThan(100);
    }

    /** From the venue itself, beside the project and no part of it; the test is skipped where it is not there. */
    private static Path real(final String name)
    {
        final Path path = Path.of(System.getProperty("lockstep.root"), "..", "shared", "data", "binance/tick", name);
        assumeTrue(Files.exists(path), () -> "not present: " + path);
        return path;
    }
}
