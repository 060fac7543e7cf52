package io.lockstep.gateways.recording.bars;

import io.lockstep.codecs.Increment;
import io.lockstep.gateways.feed.MarketSource;
import io.lockstep.gateways.recording.RecordedMessages;
import io.lockstep.gateways.recording.Recording;
import io.lockstep.gateways.recording.finding.BadInputException;
import io.lockstep.gateways.recording.finding.BadInputPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BarsCsvReaderTest
{
    private static final long MINUTE_NS = 60_000_000_000L;

    @TempDir
    private Path directory;

    @Test
    void findsColumnsByNameAndTimesABarAtItsClose() throws IOException
    {
        final Path file = file("BTCUSD_2018_1m.csv",
            "ts_ms,open,close,high,low,volume",
            "1514764800000,13763,13753,13788,13752.18,5.13",
            "1514764860000,13763,13772,13773,13741,2.9e-07");
        try (Recording recording = open(BadInputPolicy.REFUSE, file); MarketSource source = recording.source(i -> 3))
        {
            assertThat(recording.instruments()).singleElement().satisfies(instrument ->
            {
                assertThat(instrument.name()).isEqualTo("BTCUSD.BARS");
                assertThat(instrument.tick()).isEqualTo(new Increment(1, -2));
                assertThat(instrument.lot()).isEqualTo(new Increment(1, -8));
                assertThat(instrument.baseCurrency()).isEqualTo("BTC");
                assertThat(instrument.quoteCurrency()).isEqualTo("USD");
            });
            assertThat(source.next()).isTrue();
            assertThat(source.timeNs()).isEqualTo(1514764800000L * 1_000_000 + MINUTE_NS);
            assertThat(source.isEventEnd()).isTrue();
            assertThat(RecordedMessages.text(source.buffer(), source.offset())).isEqualTo(
                "3 bar 1514764800000000000 1376300 1378800 1375218 1375300 513000000");
            assertThat(RecordedMessages.drain(source)).containsExactly(
                "3 bar 1514764860000000000 1376300 1377300 1374100 1377200 29");
            assertThat(recording.convertibleLines()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @CsvSource(
    {
        "BTC_USDT_1h.csv.gz,BTC_USDT,1h",
        "BTCUSD_2018_1m,BTCUSD,1m",
        "BTCUSDT-15m-2024-01.csv,BTCUSDT,15m",
        "BTCUSDT-1M-2024.csv,BTCUSDT,1M",
        "SPY_1D.csv,SPY,1d",
        "SPY_1w.csv,SPY,1w",
        "default.csv,default,",
        "x_0m.csv,x_0m,",
        "1INCH_USDT_1d.csv,1INCH_USDT,1d"})
    void fileNameSaysSymbolAndInterval(final String name, final String symbol, final String interval)
    {
        final BarsFileName parsed = BarsFileName.parse(name);
        assertThat(parsed.symbol()).isEqualTo(symbol);
        assertThat(String.valueOf(parsed.interval())).isEqualTo(String.valueOf(interval));
    }

    @ParameterizedTest
    @CsvSource(
    {
        "1700000000, 1700000000000000000",
        "1700000000123, 1700000000123000000",
        "2023-11-14, 1699920000000000000",
        "2023-11-14 22:13:20, 1700000000000000000",
        "2023-11-14 22:13, 1699999980000000000",
        "2023-11-14T22:13:20.5Z, 1700000000500000000",
        "2023-11-14T23:13:20+01:00, 1700000000000000000",
        "2023-11-14 23:13:20+0100, 1700000000000000000",
        "2023-11-14 23:13:20+01, 1700000000000000000",
        "2023-11-14 22:13:20 UTC, 1700000000000000000",
        "2023/11/14 22:13:20, 1700000000000000000",
        "2023.11.14 22:13, 1699999980000000000",
        "20231114 221320, 1700000000000000000",
        "20231114T221320Z, 1700000000000000000",
        "20231114 22:13:20, 1700000000000000000",
        "20231114, 1699920000000000000",
        "20231114.0, 1699920000000000000",
        "202311142213, 1699999980000000000",
        "20231114221320, 1700000000000000000",
        "20240229, 1709164800000000000",
        "20230229, 20230229000000000",
        "19700101, 0",
        "1970-01-01, 0",
        "1700000000000000, 1700000000000000000",
        "1700000000000000000, 1700000000000000000"})
    void readsTimes(final String time, final long expectedNs) throws IOException
    {
        final Path file = file("x_1d.csv", "\uFEFFDate,Open,High,Low,Close,Volume", time + ",1,2,1,2,5");
        try (Recording recording = open(BadInputPolicy.REFUSE, file); MarketSource source = recording.source(i -> 0))
        {
            assertThat(RecordedMessages.drain(source)).containsExactly("0 bar " + expectedNs + " 1 2 1 2 5");
        }
    }

    @ParameterizedTest
    @CsvSource(
    {"timestamp", "ts_ms"})
    void aNumberInAColumnOfTimestampsIsNoDate(final String column) throws IOException
    {
        final Path file = file("x_1d.csv", column + ",open,high,low,close,volume", "20231114,1,2,1,2,5");
        try (Recording recording = open(BadInputPolicy.REFUSE, file); MarketSource source = recording.source(i -> 0))
        {
            assertThat(RecordedMessages.drain(source)).containsExactly("0 bar 20231114000000000 1 2 1 2 5");
        }
    }

    @ParameterizedTest
    @CsvSource(
    {"1969-12-31", "19691231", "1927-12-30 00:00:00-05:00", "2300-01-01", "99991231", "-3600", "1969-12-31 23:59:59.9"})
    void refusesTimesThatDoNotFit(final String time) throws IOException
    {
        final Path file = file("x_1d.csv", "Date,Open,High,Low,Close,Volume", time + ",1,2,1,2,5");
        assertThatThrownBy(() -> open(BadInputPolicy.REFUSE, file)).isInstanceOf(BadInputException.class)
            .hasMessageStartingWith(file + ":2: time=" + time + ": expected");
    }

    @Test
    void refusesADateWhoseTimeOfDayIsInAnotherColumn() throws IOException
    {
        final Path file = file("x_1m.csv", "Date,Time,Open,High,Low,Close,Volume", "2024.01.02,00:01,1,2,1,2,5");
        assertThatThrownBy(() -> open(BadInputPolicy.REFUSE, file)).isInstanceOf(BadInputException.class)
            .hasMessageContaining("expected date and time of day in one column");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value =
    {
        "1514764800000,1,2,1 | columns=4: expected 6",
        "1514764800000,1,x,1,2,3 | high=x: expected a decimal",
        "1514764800000,1,2,1,2,-3 | volume=-3: expected a decimal, not negative",
        "1/2/1990,1,2,1,2,3 | time=1/2/1990: expected"})
    void refusesOrReportsABadLine(final String badLine, final String message) throws IOException
    {
        final Path file = file("x_1m.csv", "timestamp,open,high,low,close,volume", "1514764800000,1,2,1,2,3", badLine,
            "1514764920000,1,2,1,2,3");
        assertThatThrownBy(() ->
        {
            try (Recording recording = open(BadInputPolicy.REFUSE, file);
                MarketSource source = recording.source(i -> 0))
            {
                RecordedMessages.drain(source);
            }
        }).isInstanceOf(BadInputException.class).hasMessageContaining(file + ":3: " + message);
        try (Recording recording = open(BadInputPolicy.REPORT, file); MarketSource source = recording.source(i -> 0))
        {
            assertThat(RecordedMessages.drain(source)).containsExactly(
                "0 bar 1514764800000000000 1 2 1 2 3",
                "0 STALE BAD_INPUT null null",
                "0 LIVE NONE null null",
                "0 bar 1514764920000000000 1 2 1 2 3");
            assertThat(recording.badLines()).isEqualTo(1);
        }
    }

    @Test
    void refusesAHeaderWithoutAColumnAndTwoIntervalsOfOneInstrument() throws IOException
    {
        final Path incomplete = file("x_1m.csv", "timestamp,open,high,low,close", "1514764800000,1,2,1,2");
        assertThatThrownBy(() -> open(BadInputPolicy.REFUSE, incomplete)).isInstanceOf(BadInputException.class)
            .hasMessageContaining("expected a column volume");
        final Path minutes = file("y_1m.csv", "timestamp,open,high,low,close,volume", "1514764800000,1,2,1,2,3");
        final Path hours = file("y_1h.csv", "timestamp,open,high,low,close,volume", "1514764800000,1,2,1,2,3");
        assertThatThrownBy(() -> open(BadInputPolicy.REFUSE, minutes, hours)).isInstanceOf(BadInputException.class)
            .hasMessageContaining("bars of one interval");
    }

    private Path file(final String name, final String... lines) throws IOException
    {
        return Files.write(directory.resolve(name), List.of(lines));
    }

    private static Recording open(final BadInputPolicy policy, final Path... files)
    {
        return Recording.open(List.of(files), null, policy, List.of());
    }
}
