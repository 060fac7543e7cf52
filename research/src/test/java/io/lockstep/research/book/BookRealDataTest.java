package io.lockstep.research.book;

import io.lockstep.gateways.recording.SyntheticRecording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** On recordings from the venue itself, where they are present: they lie beside the project and are no part of it. */
class BookRealDataTest
{
    private static final int LEVELS = 10;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(
    {
        "2024-08-08/spot/btcusdt_20240808.gz;2024-08-08/spot/btcusdt_20240809.gz, 1, 1072",
        "2024-08-08/spot/ethusdt_20240808.gz;2024-08-08/spot/ethusdt_20240809.gz, 1, 1056",
        "2024-08-08/usdm/btcusdt_20240808.gz, 1, 629",
        "2024-08-08/usdm/ethusdt_20240808.gz, 1, 551",
        "2024-08-08/cm/btcusd_perp_20240808.gz;2024-08-08/cm/btcusd_perp_20240809.gz, 1, 1885",
        "2024-08-08/cm/ethusd_perp_20240808.gz;2024-08-08/cm/ethusd_perp_20240809.gz, 1, 2278",
        "2024-07-23-nexousdt-24h/nexousdt_20240723.dat.gz;2024-07-23-nexousdt-24h/nexousdt_20240724.dat.gz, 1000, 12198"})
    void equalsANaiveRebuildAndTheVenuesQuotes(final String names, final long timeUnitNs, final long quotes)
        throws IOException
    {
        final Path[] files = Arrays.stream(names.split(";")).map(BookRealDataTest::recording).toArray(Path[]::new);
        final Path csv = directory.resolve("book.csv");
        final BookRun run = BookRun.json(csv, LEVELS, files);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.count("compared")).isEqualTo(quotes);
        assertThat(run.count("mismatches")).isZero();
        try (BufferedReader reader = Files.newBufferedReader(csv))
        {
            final NaiveBook naive = new NaiveBook(reader, LEVELS, timeUnitNs);
            for (final Path file : files)
            {
                try (BufferedReader recording = open(file))
                {
                    for (String line = recording.readLine(); line != null; line = recording.readLine())
                    {
                        naive.line(line);
                    }
                }
            }
            naive.end();
            assertThat(naive.differences()).as(naive.firstDifference()).isZero();
            assertThat(naive.rows()).isEqualTo(run.count("rows"));
        }
    }

    @Test
    void allFilesAtOnceGiveEachInstrumentTheRowsItHasAlone() throws IOException
    {
        final Path spot = recording("2024-08-08/spot/ethusdt_20240808.gz");
        final Path futures = recording("2024-08-08/usdm/ethusdt_20240808.gz");
        final Path csv = directory.resolve("book.csv");
        final BookRun alone = BookRun.json(csv, 1, spot);
        final BookRun aloneFutures = BookRun.json(csv, 1, futures);
        final BookRun both = BookRun.json(csv, 1, spot, futures);
        assertThat(both.exitCode()).isZero();
        for (final String key : List.of("rows", "applied", "discarded", "compared"))
        {
            assertThat(both.count(key)).as(key).isEqualTo(alone.count(key) + aloneFutures.count(key));
        }
    }

    @ParameterizedTest
    @CsvSource(
    {"2024-08-08/spot/ethusdt_20240808.gz", "2024-08-08/usdm/ethusdt_20240808.gz",
        "2024-08-08/cm/ethusd_perp_20240808.gz"})
    void quotesAndTradesLeaveTheRowsAsTheyAreAndDamageIsNoticed(final String name) throws IOException
    {
        final List<String> lines = new ArrayList<>();
        try (BufferedReader recording = open(recording(name)))
        {
            recording.lines().forEach(lines::add);
        }
        final Path csv = directory.resolve("book.csv");
        assertThat(BookRun.json(csv, LEVELS, write(lines)).exitCode()).isZero();
        final byte[] whole = Files.readAllBytes(csv);

        final List<String> depthAlone = new ArrayList<>(lines);
        depthAlone.removeIf(line -> line.contains("@bookTicker\"") || line.contains("@trade\""));
        assertThat(BookRun.json(csv, LEVELS, write(depthAlone)).exitCode()).isZero();
        assertThat(Files.readAllBytes(csv)).isEqualTo(whole);

        final List<String> withoutSnapshot = new ArrayList<>(lines);
        assertThat(withoutSnapshot.removeIf(line -> line.contains("lastUpdateId"))).isTrue();
        final BookRun unsynchronised = BookRun.json(csv, LEVELS, write(withoutSnapshot));
        assertThat(unsynchronised.exitCode()).isEqualTo(1);
        assertThat(unsynchronised.count("rows")).isZero();

        final List<String> withoutOne = new ArrayList<>(depthAlone);
        withoutOne.remove(withoutOne.size() / 2);
        final BookRun gap = BookRun.json(csv, LEVELS, write(withoutOne));
        assertThat(gap.exitCode()).isEqualTo(1);
        assertThat(gap.count("gaps")).isEqualTo(1);

        assertThat(BookTampering.changeABestQuantity(lines)).isTrue();
        final BookRun changed = BookRun.json(csv, LEVELS, write(lines));
        assertThat(changed.exitCode()).isEqualTo(1);
        assertThat(changed.count("mismatches")).isPositive();
    }

    private Path write(final List<String> lines) throws IOException
    {
        return SyntheticRecording.write(directory.resolve("changed"), lines);
    }

    private static BufferedReader open(final Path file) throws IOException
    {
        return new BufferedReader(
            new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8));
    }

    private static Path recording(final String name)
    {
        final Path path = Path.of(System.getProperty("lockstep.root"), "..", "shared", "data", "binance", "tick", name);
        assumeTrue(Files.exists(path), () -> "not present: " + path);
        return path;
    }
}
