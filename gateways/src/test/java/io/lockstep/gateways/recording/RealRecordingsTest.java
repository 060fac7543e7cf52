package io.lockstep.gateways.recording;

import io.lockstep.gateways.feed.MarketSource;
import io.lockstep.gateways.recording.finding.BadInputPolicy;
import io.lockstep.gateways.recording.finding.Finding;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Recordings of venues, where they are present: every line is read, and nothing is left out, rounded or sorted. */
class RealRecordingsTest
{
    @ParameterizedTest
    @CsvSource(
    {
        "bars/binance_1h_1d, 1", "bars/bitfinex_1m, 1", "binance/tick/2024-08-08/spot, 0",
        "binance/tick/2024-08-08/usdm, 0", "binance/tick/2024-08-08/cm, 0"})
    void readsEveryLine(final String folder, final int headerLines) throws IOException
    {
        final Path directory = Path.of(System.getProperty("lockstep.root"), "..", "shared", "data", folder);
        assumeTrue(Files.isDirectory(directory), () -> "not present: " + directory);
        final List<Path> files;
        try (Stream<Path> list = Files.list(directory))
        {
            files = list.filter(path -> path.toString().endsWith(".gz")).sorted().toList();
        }
        assertThat(files).isNotEmpty();
        for (final Path file : files)
        {
            try (Recording recording = Recording.open(List.of(file), null, BadInputPolicy.REFUSE, List.of());
                MarketSource source = recording.source(instrument -> 0))
            {
                long events = 0;
                long timeNs = 0;
                while (source.next())
                {
                    assertThat(source.timeNs()).isGreaterThanOrEqualTo(timeNs);
                    timeNs = source.timeNs();
                    events += source.isEventEnd() ? 1 : 0;
                }
                for (final Finding finding : Finding.values())
                {
                    assertThat(recording.findings().count(finding)).as(file + " " + finding).isZero();
                }
                final long others = recording.unknownStreams().values().stream().mapToLong(Long::longValue).sum();
                assertThat(events).as(file.toString()).isEqualTo(recording.convertibleLines());
                assertThat(events + others).as(file.toString()).isEqualTo(lines(file) - headerLines);
            }
        }
    }

    private static long lines(final Path file) throws IOException
    {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
            new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8)))
        {
            return reader.lines().filter(line -> !line.isBlank()).count();
        }
    }
}
