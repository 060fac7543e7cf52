package io.lockstep.gateways.recording;

import io.lockstep.gateways.feed.MarketSource;
import io.lockstep.gateways.recording.finding.BadInputPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** A bar is out when it is over, and not before. */
class BarEndTest
{
    @TempDir
    private Path directory;

    @Test
    void aDayOfTwentyThreeHoursAndOneOfTwentyFiveEndWhenTheNextOpens() throws IOException
    {
        for (final String name : List.of("SPY.csv", "SPY_1d.csv"))
        {
            assertThat(ends(name, "2024-03-08 00:00:00-05:00", "2024-03-09 00:00:00-05:00", "2024-03-10 00:00:00-05:00",
                "2024-03-11 00:00:00-04:00", "2024-03-12 00:00:00-04:00")).startsWith("2024-03-09T05:00:00Z",
                    "2024-03-10T05:00:00Z", "2024-03-11T04:00:00Z", "2024-03-12T04:00:00Z");
            assertThat(ends(name, "2024-11-02 00:00:00-04:00", "2024-11-03 00:00:00-04:00",
                "2024-11-04 00:00:00-05:00", "2024-11-05 00:00:00-05:00")).startsWith("2024-11-03T04:00:00Z",
                    "2024-11-04T05:00:00Z", "2024-11-05T05:00:00Z");
        }
    }

    @Test
    void aGapDoesNotMakeANamedIntervalLonger() throws IOException
    {
        assertThat(ends("x_1d.csv", "2024-03-08", "2024-03-11", "2024-03-12"))
            .containsExactly("2024-03-09T00:00:00Z", "2024-03-12T00:00:00Z", "2024-03-13T00:00:00Z");
        assertThat(ends("x_1m.csv", "2024-03-08 10:00", "2024-03-08 10:05"))
            .containsExactly("2024-03-08T10:01:00Z", "2024-03-08T10:06:00Z");
        assertThat(ends("x_1w.csv", "2024-03-04", "2024-03-18"))
            .containsExactly("2024-03-11T00:00:00Z", "2024-03-25T00:00:00Z");
    }

    @Test
    void aMonthIsACalendarMonth() throws IOException
    {
        assertThat(ends("x_1M.csv", "2024-01-01", "2024-02-01", "2024-04-01"))
            .containsExactly("2024-02-01T00:00:00Z", "2024-03-01T00:00:00Z", "2024-05-01T00:00:00Z");
        assertThat(ends("x_1M.csv", "2024-03-01 00:00:00-05:00", "2024-04-01 00:00:00-04:00"))
            .containsExactly("2024-04-01T04:00:00Z", "2024-05-01T04:00:00Z");
        assertThat(ends("x_3M.csv", "2023-11-30")).containsExactly("2024-02-29T00:00:00Z");
        assertThat(ends("x.csv", "2024-04-01", "2024-05-01", "2024-06-01", "2024-07-01"))
            .containsExactly("2024-05-01T00:00:00Z", "2024-06-01T00:00:00Z", "2024-07-01T00:00:00Z",
                "2024-08-01T00:00:00Z");
    }

    @Test
    void unevenBarsOfAnUnknownIntervalEndWhenTheNextOpens() throws IOException
    {
        assertThat(ends("x.csv", "2024-01-01 00:00", "2024-01-01 01:00", "2024-01-01 02:00", "2024-01-02 02:00",
            "2024-01-02 02:05", "2024-01-03 02:05")).containsExactly("2024-01-01T01:00:00Z", "2024-01-01T02:00:00Z",
                "2024-01-02T02:00:00Z", "2024-01-02T02:05:00Z", "2024-01-03T02:05:00Z", "2024-01-04T02:05:00Z");
    }

    private List<String> ends(final String name, final String... opens) throws IOException
    {
        final List<String> lines = new ArrayList<>(List.of("Date,Open,High,Low,Close,Volume"));
        Arrays.stream(opens).map(open -> open + ",1,2,1,2,5").forEach(lines::add);
        final Path file = Files.write(directory.resolve(name), lines);
        final List<String> ends = new ArrayList<>();
        try (Recording recording = Recording.open(List.of(file), null, BadInputPolicy.REFUSE, List.of());
            MarketSource source = recording.source(instrument -> 0))
        {
            while (source.next())
            {
                ends.add(Instant.ofEpochSecond(0, source.timeNs()).toString());
            }
            assertThat(recording.clockBackwards()).isZero();
        }
        return ends;
    }
}
