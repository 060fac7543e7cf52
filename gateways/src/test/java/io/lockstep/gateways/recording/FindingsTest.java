package io.lockstep.gateways.recording;

import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.gateways.feed.MarketSource;
import io.lockstep.gateways.recording.bars.Bars;
import io.lockstep.gateways.recording.finding.BadInputException;
import io.lockstep.gateways.recording.finding.BadInputPolicy;
import io.lockstep.gateways.recording.finding.Finding;
import io.lockstep.gateways.recording.finding.Findings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is not passed on as it is printed: counted, said with its place, and left out or rounded. */
class FindingsTest
{
    private static final String HEADER = "timestamp,open,high,low,close,volume";

    @TempDir
    private Path directory;

    private Findings findings;
    private List<Instrument> instruments;

    @Test
    void noiseIsRoundedToTheGridOfTheOthers() throws IOException
    {
        final Path file = file("A_1m.csv", HEADER, "60,4.8,4.8100000000000005,4.8,4.8,90000",
            "120,4.81,4.81,4.8,4.81,0.30000000000000004", "180,4.8,4.8,4.6999999999999993,4.8,0.25",
            "240,4.8,4.8,4.8000000000000000000000000000001,4.8,1.0000000000000000555e0");
        assertThat(read(file)).containsExactly(
            "0 bar 60000000000 480 481 480 480 9000000",
            "0 bar 120000000000 481 481 480 481 30",
            "0 bar 180000000000 480 480 470 480 25",
            "0 bar 240000000000 480 480 480 480 100");
        assertThat(instruments.get(0).tick()).isEqualTo(new Increment(1, -2));
        assertThat(findings.count(Finding.ROUNDED)).isEqualTo(5);
        assertThat(findings.places(Finding.ROUNDED)).contains(
            file + ":2: high=4.8100000000000005: rounded to 4.81",
            file + ":3: volume=0.30000000000000004: rounded to 0.3",
            file + ":4: low=4.6999999999999993: rounded to 4.7");
        assertThat(findings.isFaulty()).isFalse();
    }

    @Test
    void whatRoundsToFewDigitsIsNoiseWhateverTheOthersAre() throws IOException
    {
        final Path alone = file("A_1m.csv", HEADER, "60,4.8,4.8,4.8,4.8,1",
            "120,4.8100000000000005,4.8100000000000005,4.8100000000000005,4.8100000000000005,1");
        assertThat(read(alone)).containsExactly("0 bar 60000000000 480 480 480 480 1",
            "0 bar 120000000000 481 481 481 481 1");
        assertThat(findings.count(Finding.ROUNDED)).isEqualTo(4);
        final Path all = file("A_1m.csv", HEADER, "60,4.8100000000000005,4.8299999999999996,4.81,4.81,1");
        assertThat(read(all)).containsExactly("0 bar 60000000000 481 483 481 481 1");
    }

    @Test
    void allElseIsKeptAsItIsPrinted() throws IOException
    {
        final Path file = file("A_1m.csv", HEADER, "60,1.2345678901234567,2,1,1.5,123456789.12345678",
            "120,1,2,1,1.5,0.00000001");
        assertThat(read(file)).containsExactly(
            "0 bar 60000000000 12345678901234567 20000000000000000 10000000000000000 15000000000000000 12345678912345678",
            "0 bar 120000000000 10000000000000000 20000000000000000 10000000000000000 15000000000000000 1");
        assertThat(findings.count(Finding.ROUNDED)).isZero();
    }

    @Test
    void whatDoesNotFitIsRefusedWithItsLine() throws IOException
    {
        final Path prices = file("A_1m.csv", HEADER, "60,1.2345678901234567,2,1,1.5,1", "120,1,2000,1,1.5,1");
        assertThatThrownBy(() -> read(prices)).isInstanceOf(BadInputException.class).hasMessage(prices +
            ":3: high=2000: expected a decimal, not negative, of at most 63 bits in units of tick=0.0000000000000001");
        final Path quantities = file("B_1m.csv", HEADER, "60,1,2,1,1.5,0.00000001", "120,1,2,1,1.5,123456789012.5");
        assertThatThrownBy(() -> read(quantities)).isInstanceOf(BadInputException.class)
            .hasMessageStartingWith(quantities + ":3: volume=123456789012.5: expected a decimal");
        final Path decimals = file("C_1m.csv", HEADER, "60,1,2,1,1.5,1", "120,1,2,1,1.5,0.1234567890123456789");
        assertThatThrownBy(() -> read(decimals)).isInstanceOf(BadInputException.class)
            .hasMessage(decimals + ":3: volume=0.1234567890123456789: expected a decimal of at most 18 places");
    }

    @Test
    void aConfiguredTickRoundsNoiseAndRefusesOthers() throws IOException
    {
        final Path noise = file("A_1m.csv", HEADER, "60,4.8100000000000005,4.8299999999999996,4.81,4.81,1");
        assertThat(read(noise, configured("A", "0.01", "1"))).containsExactly("0 bar 60000000000 481 483 481 481 1");
        assertThat(findings.places(Finding.ROUNDED)).containsExactlyInAnyOrder(
            noise + ":2: open=4.8100000000000005: rounded to 4.81",
            noise + ":2: high=4.8299999999999996: rounded to 4.83");
        assertThatThrownBy(() -> read(noise, configured("A", "0.05", "1"))).isInstanceOf(BadInputException.class)
            .hasMessageContaining(":2: open=4.8100000000000005: expected a multiple of tick=0.05");
        final Path finer = file("B_1m.csv", HEADER, "60,4.811,4.82,4.81,4.81,1");
        assertThatThrownBy(() -> read(finer, configured("B", "0.01", "1"))).isInstanceOf(BadInputException.class)
            .hasMessageContaining(":2: open=4.811: expected a multiple of tick=0.01");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value =
    {
        "\"100.10000000000001\" | \"3.0000000000000004\"", "100.10000000000001 | 3.0000000000000004",
        "1.0010000000000001e2 | 30.000000000000004e-1"})
    void jsonIsRoundedTheSame(final String price, final String quantity) throws IOException
    {
        final Path file = file("a.txt", trade(1, "\"100.1\"", "\"3\"", ""), trade(2, price, quantity, ""),
            "1000000000003 {\"u\":12,\"s\":\"BTCUSDT\",\"b\":\"100.1\",\"B\":" + quantity + ",\"a\":\"100.2\",\"A\":1}",
            "1000000000004 {\"lastUpdateId\":1,\"bids\":[[" + price + ",\"1\"]],\"asks\":[[\"100.20\"," + quantity +
                "]]}");
        assertThat(read(file)).containsExactly("0 trade 1 BUY 3@1001", "0 trade 2 BUY 3@1001",
            "0 quote 12 1001x3 1002x1", "0 snapshot 1 1/1 1+1");
        assertThat(findings.count(Finding.ROUNDED)).isEqualTo(5);
    }

    @Test
    void aBarWithoutAPriceIsLeftOut() throws IOException
    {
        final Path file = file("A_1h.csv", HEADER, "3600,100,101,99,100,1000", "7200,0,0,0,0,0",
            "10800,100,101,0.000,100,5", "14400,100,101,99,100,1000");
        assertThat(read(file)).containsExactly("0 bar 3600000000000 100 101 99 100 1000",
            "0 bar 14400000000000 100 101 99 100 1000");
        assertThat(findings.places(Finding.ZERO_PRICE)).containsExactly(
            file + ":3: open=0 high=0 low=0 close=0 volume=0: left out",
            file + ":4: open=100 high=101 low=0.000 close=100 volume=5: left out");
        assertThat(findings.isFaulty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings =
    {"10,9,11,50", "10,12,11,11.5", "10,12,8,13", "10,12,8,7", "13,12,8,10", "7,12,8,10"})
    void aBarThatCannotBeIsLeftOut(final String prices) throws IOException
    {
        final Path file = file("A_1m.csv", HEADER, "60," + prices + ",1", "120,10,12,8,11,1");
        assertThat(read(file)).singleElement().asString().startsWith("0 bar 120000000000 ");
        assertThat(findings.count(Finding.INSANE)).isEqualTo(1);
        assertThat(findings.isFaulty()).isTrue();
    }

    @Test
    void ofBarsOfOneTimeTheFirstCounts() throws IOException
    {
        final Path file = file("A_1m.csv", HEADER, "60,10,12,8,11,1", "60,10,12.0,8,11,1", "60,10,12,8,9,1",
            "120,10,12,8,11,1", "120,10,12,8,11,1");
        assertThat(read(file)).containsExactly("0 bar 60000000000 10 12 8 11 1", "0 bar 120000000000 10 12 8 11 1");
        assertThat(findings.count(Finding.DUPLICATE)).isEqualTo(2);
        assertThat(findings.places(Finding.CONFLICT))
            .containsExactly(file + ":4: open=10 high=12 low=8 close=9 volume=1: left out");
    }

    @Test
    void filesThatOverlapAreOneSeries() throws IOException
    {
        final Path january = file("A_1h_a.csv", HEADER, "3600,1,1,1,1,1", "7200,2,2,2,2,1", "14400,4,4,4,4,1");
        final Path february = file("A_1h_b.csv", HEADER, "7200,2,2,2,2,1", "10800,3,3,3,3,1", "14400,4,4,4,4,1",
            "18000,5,5,5,5,1");
        assertThat(read(List.of(february, january), List.of())).containsExactly("0 bar 3600000000000 1 1 1 1 1",
            "0 bar 7200000000000 2 2 2 2 1", "0 bar 10800000000000 3 3 3 3 1", "0 bar 14400000000000 4 4 4 4 1",
            "0 bar 18000000000000 5 5 5 5 1");
        assertThat(findings.count(Finding.DUPLICATE)).isEqualTo(2);
    }

    @Test
    void barsThatAreNotInOrderAreSorted() throws IOException
    {
        final String[] bars = {"3600,1,1,1,1,1", "7200,2,2,2,2,1", "10800,3,3,3,3,1", "14400,4,4,4,4,1"};
        final List<String> sorted = read(file("A_1h.csv", HEADER, bars[0], bars[1], bars[2], bars[3]));
        assertThat(findings.count(Finding.OUT_OF_ORDER)).isZero();
        assertThat(read(file("A_1h.csv", HEADER, bars[3], bars[2], bars[1], bars[0]))).isEqualTo(sorted);
        assertThat(findings.count(Finding.OUT_OF_ORDER)).isEqualTo(3);
        final Path mixed = file("A_1h.csv", HEADER, bars[0], bars[2], bars[1], bars[3]);
        assertThat(read(mixed)).isEqualTo(sorted);
        assertThat(findings.places(Finding.OUT_OF_ORDER))
            .containsExactly(mixed + ":4: time=7200: before the bar above it, sorted by time");
        assertThat(findings.isFaulty()).isFalse();
    }

    @Test
    void aRecordingOfFramesThatGoesBackAllTheTimeIsRefused() throws IOException
    {
        final Path file = file("a.txt", trade(3, "\"1\"", "\"1\"", ""), trade(2, "\"1\"", "\"1\"", ""),
            trade(1, "\"1\"", "\"1\"", ""));
        assertThatThrownBy(() -> read(file)).isInstanceOf(BadInputException.class)
            .hasMessageContaining("all go back in time");
    }

    @Test
    void aTradeThatIsNoneIsLeftOut() throws IOException
    {
        final Path file = file("a.txt",
            trade(1, "\"100\"", "\"1\"", ",\"X\":\"MARKET\""), trade(2, "\"0\"", "\"0\"", ",\"X\":\"NA\""),
            trade(3, "\"100\"", "\"0.000\"", ""), trade(4, "\"0.00\"", "\"5\"", ""),
            trade(5, "\"100\"", "\"5\"", ",\"X\":\"NA\""), trade(6, "\"100\"", "\"1\"", ",\"X\":\"INSURANCE_FUND\""));
        assertThat(read(file)).containsExactly("0 trade 1 BUY 1@100", "0 trade 6 BUY 1@100");
        assertThat(findings.count(Finding.NO_TRADE)).isEqualTo(3);
        assertThat(findings.places(Finding.ZERO_PRICE)).containsExactly(file + ":4: p=0.00 q=5: no trade, left out");
    }

    @Test
    void levelsAndQuotesWithoutAPriceAreLeftOut() throws IOException
    {
        final Path file = file("a.txt",
            "1000000000001 {\"lastUpdateId\":10,\"bids\":[[\"99\",\"1\"],[\"0\",\"3\"]],\"asks\":[[\"0.0\",\"2\"]]}",
            "1000000000002 {\"u\":12,\"s\":\"BTCUSDT\",\"b\":\"0\",\"B\":\"0\",\"a\":\"101\",\"A\":\"1\"}",
            "1000000000003 {\"u\":13,\"s\":\"BTCUSDT\",\"b\":\"0\",\"B\":\"7\",\"a\":\"101\",\"A\":\"0\"}");
        assertThat(read(file)).containsExactly("0 snapshot 10 1/1 1+0", "0 quote 12 nullx0 101x1",
            "0 quote 13 nullx7 nullx0");
        assertThat(findings.count(Finding.ZERO_PRICE)).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings =
    {"60,NaN,2,1,1,1", "60,,2,1,1,1", "60,1,2,1,1,", "60,-1,2,1,1,1", "60,1,2,1,1,-1", "60,inf,2,1,1,1",
        "60,1,2,1,1,null"})
    void whatIsNoNumberIsRefused(final String line) throws IOException
    {
        final Path file = file("A_1m.csv", HEADER, line);
        assertThatThrownBy(() -> read(file)).isInstanceOf(BadInputException.class)
            .hasMessageStartingWith(file + ":2: ").hasMessageContaining("expected a decimal");
    }

    @Test
    void convertibleLinesAreThoseThatGoOut() throws IOException
    {
        final Path file = file("A_1m.csv", HEADER, "60,10,12,8,11,1", "60,10,12,8,11,1", "120,0,0,0,0,0",
            "180,9,8,7,8,1", "240,9,9,9,9,1");
        try (Recording recording = Recording.open(List.of(file), null, BadInputPolicy.REPORT, List.of()))
        {
            assertThat(recording.convertibleLines()).isEqualTo(2);
            try (MarketSource source = recording.source(instrument -> 0))
            {
                assertThat(RecordedMessages.drain(source)).hasSize(2);
            }
            assertThat(recording.findings().count(Finding.DUPLICATE)).isEqualTo(1);
        }
    }

    private static String trade(final int id, final String price, final String quantity, final String rest)
    {
        return "100000000000" + id + " {\"e\":\"trade\",\"s\":\"BTCUSDT\",\"t\":" + id + ",\"p\":" + price + ",\"q\":" +
            quantity + ",\"m\":false" + rest + "}";
    }

    private static List<Instrument> configured(final String symbol, final String tick, final String lot)
    {
        return List.of(Bars.instrument(symbol, Increment.parse(tick), Increment.parse(lot)));
    }

    private List<String> read(final Path file)
    {
        return read(List.of(file), List.of());
    }

    private List<String> read(final Path file, final List<Instrument> configured)
    {
        return read(List.of(file), configured);
    }

    private List<String> read(final List<Path> files, final List<Instrument> configured)
    {
        try (Recording recording = Recording.open(files, null, BadInputPolicy.REFUSE, configured);
            MarketSource source = recording.source(instrument -> 0))
        {
            findings = recording.findings();
            instruments = recording.instruments();
            return RecordedMessages.drain(source);
        }
    }

    private Path file(final String name, final String... lines) throws IOException
    {
        return Files.write(directory.resolve(name), new ArrayList<>(Arrays.asList(lines)));
    }
}
