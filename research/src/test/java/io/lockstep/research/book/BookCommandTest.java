package io.lockstep.research.book;

import io.lockstep.gateways.recording.SyntheticRecording;
import io.lockstep.gateways.recording.SyntheticRecording.Product;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class BookCommandTest
{
    private static final int EVENTS = 1_500;
    private static final int LEVELS = 10;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(Product.class)
    void equalsANaiveRebuildAtEveryRow(final Product product) throws IOException
    {
        for (int seed = 1; seed <= 5; seed++)
        {
            final List<String> lines = SyntheticRecording.lines(product, symbol(product), seed, EVENTS);
            final BookRun run = BookRun.json(csv(), LEVELS, write("x.gz", lines));
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.count("compared")).isGreaterThan(500);
            assertThat(run.count("mismatches")).isZero();
            assertThat(run.count("gaps")).isZero();
            assertThat(run.count("crossed")).isZero();
            assertThat(run.count("discarded")).isEqualTo(5);
            assertThat(run.count("rows")).isEqualTo(run.count("applied") + 1).isEqualTo(EVENTS - 5 + 1);
            final NaiveBook naive = compare(lines);
            assertThat(naive.differences()).as("seed=" + seed + " " + naive.firstDifference()).isZero();
            assertThat(naive.rows()).isEqualTo(run.count("rows"));
        }
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void quotesAndTradesLeaveTheRowsAsTheyAre(final Product product) throws IOException
    {
        final List<String> lines = SyntheticRecording.lines(product, symbol(product), 4, EVENTS);
        BookRun.json(csv(), LEVELS, write("x", lines));
        final byte[] whole = Files.readAllBytes(csv());
        final List<String> finer = new ArrayList<>(lines);
        finer.add(lines.get(lines.size() - 1).replaceFirst("\\{.*", "{\"e\":\"trade\",\"s\":\"" + symbol(product) +
            "\",\"t\":1,\"p\":\"1.23456789\",\"q\":\"0.00000001\",\"m\":true}"));
        assertThat(BookRun.json(csv(), LEVELS, write("x", finer)).exitCode()).isZero();
        assertThat(Files.readAllBytes(csv())).isEqualTo(whole);
        finer.removeIf(line -> line.contains("bookTicker") || line.contains("\"trade\""));
        final BookRun run = BookRun.json(csv(), LEVELS, write("x", finer));
        assertThat(run.count("compared")).isZero();
        assertThat(Files.readAllBytes(csv())).isEqualTo(whole);
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void missingSnapshotIsTold(final Product product) throws IOException
    {
        final List<String> lines = SyntheticRecording.lines(product, symbol(product), 4, 100);
        lines.removeIf(line -> line.contains("lastUpdateId"));
        final BookRun run = BookRun.json(csv(), 1, write("x", lines));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.count("rows")).isZero();
        assertThat(run.count("discarded")).isEqualTo(100);
        assertThat(run.err()).contains("snapshot");
        assertThat(Files.readAllLines(csv())).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void missingChangeIsAGapThatEndsTheRows(final Product product) throws IOException
    {
        final List<String> lines = SyntheticRecording.lines(product, symbol(product), 4, 300);
        int changes = 0;
        for (int i = 0; i < lines.size(); i++)
        {
            changes += lines.get(i).contains("depthUpdate") ? 1 : 0;
            if (changes == 100)
            {
                lines.remove(i);
                break;
            }
        }
        final BookRun run = BookRun.json(csv(), 1, write("x", lines));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.count("gaps")).isEqualTo(1);
        assertThat(run.count("rows")).isEqualTo(99 - 5 + 1);
        assertThat(run.err()).contains("gap: expected=").contains("1 gaps");
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void changedQuantityIsAMismatch(final Product product) throws IOException
    {
        final List<String> lines = SyntheticRecording.lines(product, symbol(product), 4, 300);
        assertThat(BookTampering.changeABestQuantity(lines)).isTrue();
        final BookRun run = BookRun.json(csv(), LEVELS, write("x", lines));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.count("mismatches")).isPositive();
        assertThat(run.err()).contains("quotes that differ");
    }

    @Test
    void naiveRebuildNoticesAChangedQuantity() throws IOException
    {
        final List<String> lines = SyntheticRecording.lines(Product.SPOT, "BTCUSDT", 4, 300);
        BookRun.json(csv(), LEVELS, write("x", lines));
        assertThat(BookTampering.changeABestQuantity(lines)).isTrue();
        assertThat(compare(lines).differences()).isPositive();
    }

    @Test
    void crossedBookIsCounted() throws IOException
    {
        final List<String> lines = new ArrayList<>(List.of(
            "1700000000000 {\"lastUpdateId\":10,\"bids\":[[\"99\",\"1\"]],\"asks\":[[\"101\",\"1\"]]}",
            change(11, "[[\"102\",\"5\"]]"),
            change(12, "[[\"102\",\"0\"]]")));
        final BookRun run = BookRun.json(csv(), 1, write("x", lines));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.count("crossed")).isEqualTo(1);
        assertThat(run.count("rows")).isEqualTo(3);
        assertThat(Files.readString(csv())).isEqualTo(
            """
                index,timestampNs,instrument,updateId,bid1Price,bid1Quantity,ask1Price,ask1Quantity
                0,1700000000000000000,BTCUSDT.BINANCE_SPOT,10,99,1,101,1
                1,1700000000001000000,BTCUSDT.BINANCE_SPOT,11,102,5,101,1
                2,1700000000001000000,BTCUSDT.BINANCE_SPOT,12,99,1,101,1
                """);
    }

    @Test
    void emptyLevelsAreEmptyAndASnapshotHealsAGap() throws IOException
    {
        final BookRun run = BookRun.json(csv(), 2, write("x", List.of(
            "1700000000000 {\"lastUpdateId\":10,\"bids\":[],\"asks\":[[\"101.50\",\"1.0\"]]}",
            change(12, "[[\"98\",\"2\"]]"),
            change(13, "[[\"97\",\"3\"]]"),
            "1700000000005 {\"lastUpdateId\":12,\"bids\":[[\"98\",\"2\"]],\"asks\":[]}",
            "1700000000006 {\"lastUpdateId\":9,\"bids\":[],\"asks\":[]}")));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.count("gaps")).isEqualTo(1);
        assertThat(run.count("discarded")).isEqualTo(2);
        assertThat(Files.readString(csv())).isEqualTo(
            """
                index,timestampNs,instrument,updateId,bid1Price,bid1Quantity,ask1Price,ask1Quantity,bid2Price,bid2Quantity,ask2Price,ask2Quantity
                0,1700000000000000000,BTCUSDT.BINANCE_SPOT,10,,,101.5,1,,,,
                1,1700000000005000000,BTCUSDT.BINANCE_SPOT,12,98,2,,,,,,
                2,1700000000001000000,BTCUSDT.BINANCE_SPOT,13,98,2,,,97,3,,
                """);
    }

    @Test
    void badInputLeavesNoOutput() throws IOException
    {
        final List<String> lines = SyntheticRecording.lines(Product.SPOT, "BTCUSDT", 4, 100);
        lines.add(50, "1700000000000 {\"broken\":");
        final Path broken = write("x", lines);
        final BookRun run = BookRun.json(csv(), 1, broken);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(broken + ":51: ");
        assertThat(run.out()).isEmpty();
        final Path whole = write("whole.gz", SyntheticRecording.lines(Product.SPOT, "BTCUSDT", 4, 100));
        final byte[] bytes = Files.readAllBytes(whole);
        final Path cut = Files.write(directory.resolve("cut.gz"), Arrays.copyOf(bytes, bytes.length - 20));
        assertThat(BookRun.json(csv(), 1, cut).exitCode()).isEqualTo(2);
        // A number that only the second pass finds wrong, after rows were written aside.
        lines.set(50, change(1, "[]").replace("\"u\":1", "\"u\":\"x\""));
        assertThat(BookRun.json(csv(), 1, write("x", lines)).exitCode()).isEqualTo(2);
        assertThat(BookRun.json(csv(), 1, directory.resolve("missing")).exitCode()).isEqualTo(2);
        try (var files = Files.list(directory))
        {
            assertThat(files.map(file -> file.getFileName().toString()))
                .containsExactlyInAnyOrder("x", "whole.gz", "cut.gz");
        }
    }

    @Test
    void badUsageIsToldApartFromAPlaceThatCannotBeWritten() throws IOException
    {
        final Path data = write("x", SyntheticRecording.lines(Product.SPOT, "BTCUSDT", 4, 20));
        assertThat(BookRun.json(csv(), 0, data).exitCode()).isEqualTo(2);
        assertThat(BookRun.of("--data", data.toString()).exitCode()).isEqualTo(2);
        assertThat(BookRun.of("--format", "lobster", "--data", data.toString(), "--out", csv().toString()).exitCode())
            .isEqualTo(2);
        final Path bars = write("x_1m.csv", List.of("timestamp,open,high,low,close,volume", "1700000000,1,1,1,1,1"));
        assertThat(BookRun.json(csv(), 1, bars).exitCode()).isEqualTo(2);
        assertThat(csv()).doesNotExist();
        assertThat(BookRun.json(directory.resolve("no/such/place.csv"), 1, data).exitCode()).isEqualTo(3);
    }

    @Test
    void readsStandardInput() throws IOException
    {
        final List<String> lines = SyntheticRecording.lines(Product.USDM, "BTCUSDT", 4, 50);
        final InputStream before = System.in;
        try
        {
            System.setIn(new ByteArrayInputStream(String.join("\n", lines).getBytes(StandardCharsets.UTF_8)));
            final BookRun run = BookRun.json(csv(), LEVELS, Path.of("-"));
            assertThat(run.exitCode()).as(run.err()).isZero();
        }
        finally
        {
            System.setIn(before);
        }
        assertThat(compare(lines).differences()).isZero();
    }

    @Test
    void saysWhatItRecognisedAndDerived() throws IOException
    {
        final List<String> lines = SyntheticRecording.lines(Product.SPOT, "BTCUSDT", 4, 50);
        lines.add(lines.get(lines.size() - 1).replaceFirst("\\{.*", "{\"stream\":\"btcusdt@kline_1m\",\"data\":{}}"));
        final BookRun run = BookRun.of("--data", write("x", lines).toString(), "--out", csv().toString());
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).contains("binance-ws, recognised").contains("BTCUSDT.BINANCE_SPOT: tick 0.1 lot 0.001")
            .containsOnlyOnce("btcusdt@kline_1m");
        assertThat(run.out()).contains("rows").contains("mismatches");
    }

    private NaiveBook compare(final List<String> lines) throws IOException
    {
        try (BufferedReader reader = Files.newBufferedReader(csv()))
        {
            final NaiveBook naive = new NaiveBook(reader, LEVELS, 1);
            for (final String line : lines)
            {
                naive.line(line);
            }
            naive.end();
            return naive;
        }
    }

    private static String change(final long id, final String bids)
    {
        return "1700000000001 {\"e\":\"depthUpdate\",\"E\":1700000000000,\"s\":\"BTCUSDT\",\"U\":" + id + ",\"u\":" + id
            +
            ",\"b\":" + bids + ",\"a\":[]}";
    }

    private static String symbol(final Product product)
    {
        return product == Product.COINM ? "BTCUSD_PERP" : "BTCUSDT";
    }

    private Path csv()
    {
        return directory.resolve("book.csv");
    }

    private Path write(final String name, final List<String> lines) throws IOException
    {
        return SyntheticRecording.write(directory.resolve(name), lines);
    }
}
