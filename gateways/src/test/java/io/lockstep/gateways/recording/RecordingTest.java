package io.lockstep.gateways.recording;

import com.sun.management.ThreadMXBean;
import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.gateways.feed.MarketSource;
import io.lockstep.gateways.recording.SyntheticRecording.Product;
import io.lockstep.gateways.recording.finding.BadInputException;
import io.lockstep.gateways.recording.finding.BadInputPolicy;
import io.lockstep.gateways.recording.scan.BinanceProduct;
import io.lockstep.sbe.ContractType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import static io.lockstep.gateways.recording.finding.BadInputPolicy.REFUSE;
import static io.lockstep.gateways.recording.finding.BadInputPolicy.REPORT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RecordingTest
{
    private static final String SNAPSHOT = "1000000000001 {\"lastUpdateId\":10," +
        "\"bids\":[[\"99.5\",\"1\"]],\"asks\":[[\"100.50\",\"2.0\"]]}";

    @TempDir
    private Path directory;

    @Test
    void convertsEachLineToOneEvent() throws IOException
    {
        final Path file = file("a.txt",
            depth(1, 8, 10, "[[\"99.5\",\"1\"]]", "[]"),
            SNAPSHOT,
            depth(2, 11, 12, "[[\"99.25\",\"0\"]]", "[[\"101\",\"3.125\"]]"),
            "1000000000003 {\"stream\":\"btcusdt@bookTicker\",\"data\":{\"u\":12,\"s\":\"BTCUSDT\",\"b\":\"99.50\"," +
                "\"B\":\"1\",\"a\":\"0.00\",\"A\":\"0\"}}",
            "1000000000004 {\"e\":\"trade\",\"E\":1000000000000,\"s\":\"BTCUSDT\",\"t\":77,\"p\":\"100\",\"q\":\"0.5\","
                +
                "\"b\":5,\"a\":6,\"m\":true,\"M\":true}",
            "1000000000005 {\"e\":\"aggTrade\",\"s\":\"BTCUSDT\",\"a\":78,\"p\":\"100.25\",\"q\":\"1\",\"m\":false}");
        try (Recording recording = open(REFUSE, file); MarketSource source = recording.source(instrument -> 7))
        {
            assertThat(RecordedMessages.drain(source)).containsExactly(
                "7 update null->10 b9950x1000",
                "7 snapshot 10 1/1 1+1",
                "7 update 10->12 b9925x0 a10100x3125",
                "7 quote 12 9950x1000 nullx0",
                "7 trade 77 SELL 500@10000",
                "7 trade 78 BUY 1000@10025");
            assertThat(recording.convertibleLines()).isEqualTo(6);
            assertThat(recording.instruments()).singleElement().satisfies(instrument ->
            {
                assertThat(instrument.name()).isEqualTo("BTCUSDT.BINANCE_SPOT");
                assertThat(instrument.tick()).isEqualTo(new Increment(1, -2));
                assertThat(instrument.lot()).isEqualTo(new Increment(1, -3));
                assertThat(instrument.settlementCurrency()).isEqualTo("USDT");
            });
        }
    }

    @ParameterizedTest
    @CsvSource(
    {
        "SPOT,BTCUSDT,BTCUSDT.BINANCE_SPOT,LINEAR,1,BTC,USDT,USDT",
        "USDM,ETHUSDT_250926,ETHUSDT_250926.BINANCE_USDM,LINEAR,1,ETH,USDT,USDT",
        "COINM,BTCUSD_PERP,BTCUSD_PERP.BINANCE_COINM,INVERSE,100,BTC,USD,BTC",
        "COINM,ETHUSD_250926,ETHUSD_250926.BINANCE_COINM,INVERSE,10,ETH,USD,ETH"})
    void derivesInstruments(
        final Product product,
        final String symbol,
        final String name,
        final ContractType contractType,
        final long multiplier,
        final String base,
        final String quote,
        final String settlement) throws IOException
    {
        final Path file = SyntheticRecording.write(
            directory.resolve("x.gz"), SyntheticRecording.lines(product, symbol, 1, 30));
        try (Recording recording = open(REFUSE, file))
        {
            final Instrument instrument = recording.instruments().get(0);
            assertThat(instrument.name()).isEqualTo(name);
            assertThat(instrument.contractType()).isEqualTo(contractType);
            assertThat(instrument.multiplier()).isEqualTo(new Increment(multiplier, 0));
            assertThat(instrument.tick()).isEqualTo(new Increment(1, -1));
            assertThat(instrument.lot()).isEqualTo(new Increment(1, -3));
            assertThat(List.of(instrument.baseCurrency(), instrument.quoteCurrency(), instrument.settlementCurrency()))
                .containsExactly(base, quote, settlement);
        }
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void oneEventForEachConvertibleLineAndTimesThatNeverDecrease(final Product product) throws IOException
    {
        final String symbol = product == Product.COINM ? "BTCUSD_PERP" : "BTCUSDT";
        final Path file = SyntheticRecording.write(directory.resolve("x"),
            SyntheticRecording.lines(product, symbol, 5, 2_000));
        try (Recording recording = open(REFUSE, file); MarketSource source = recording.source(instrument -> 0))
        {
            long events = 0;
            long timeNs = 0;
            long heldBack = 0;
            while (source.next())
            {
                events += source.isEventEnd() ? 1 : 0;
                assertThat(source.timeNs()).isGreaterThanOrEqualTo(timeNs);
                assertThat(source.gatewayTimeNs()).isLessThanOrEqualTo(source.timeNs());
                heldBack += source.gatewayTimeNs() < source.timeNs() ? 1 : 0;
                timeNs = source.timeNs();
            }
            assertThat(events).isEqualTo(recording.convertibleLines());
            assertThat(heldBack).isPositive();
        }
    }

    @Test
    void largeSnapshotComesInChunksThatAreOneEvent() throws IOException
    {
        final StringBuilder bids = new StringBuilder();
        final StringBuilder asks = new StringBuilder();
        for (int i = 0; i < 1_300; i++)
        {
            bids.append(i == 0 ? "" : ",").append("[\"").append(5_000 - i).append("\",\"1\"]");
            asks.append(i == 0 ? "" : ",").append("[\"").append(5_001 + i).append("\",\"1\"]");
        }
        final Path file = file("a", "1000000000000 {\"lastUpdateId\":5,\"symbol\":\"BTCUSDT\",\"bids\":[" + bids +
            "],\"asks\":[" + asks + "]}");
        try (Recording recording = open(REFUSE, file); MarketSource source = recording.source(instrument -> 0))
        {
            final List<Boolean> ends = new ArrayList<>();
            final List<String> texts = new ArrayList<>();
            while (source.next())
            {
                ends.add(source.isEventEnd());
                texts.add(RecordedMessages.text(source.buffer(), source.offset()));
            }
            assertThat(texts).containsExactly(
                "0 snapshot 5 1/3 1000+0", "0 snapshot 5 2/3 300+700", "0 snapshot 5 3/3 0+600");
            assertThat(ends).containsExactly(false, false, true);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value =
    {
        "oops                                                             | :3: time=oops: expected",
        "1000000000009 {\"e\":\"depthUpdate\"                             | :3: json=end of line: expected",
        "1000000000009 {\"e\":\"trade\",\"s\":\"BTCUSDT\",\"t\":\"x\",\"p\":\"1\",\"q\":\"1\",\"m\":true} | :3: t=x: expected a whole number",
        "1000000000009 {\"e\":\"trade\",\"s\":\"BTCUSDT\",\"t\":5,\"p\":\"abc\",\"q\":\"1\",\"m\":true} | :3: p=abc: expected a decimal",
        "1000000000009 {\"e\":\"trade\",\"s\":\"BTCUSDT\",\"t\":5,\"p\":\"1\",\"q\":\"-1\",\"m\":true} | :3: q=-1: expected a decimal, not negative",
        "1000000000009 {\"e\":\"trade\",\"s\":\"BTCUSDT\",\"t\":5,\"p\":\"1\",\"q\":\"1\",\"m\":0} | :3: m=0: expected true or false",
        "1000000000009 {\"e\":\"depthUpdate\",\"s\":\"BTCUSDT\",\"U\":20,\"u\":19,\"b\":[],\"a\":[]} | :3: u=19: expected at least U=20",
        "1000000000009 {\"e\":\"depthUpdate\",\"s\":\"BTCUSDT\",\"U\":11,\"u\":19,\"b\":[[\"1\"]],\"a\":[]} | :3: b=[[\"1\"]]: expected an array",
        "1000000000009 {\"e\":\"depthUpdate\",\"s\":\"BTCUSDT\",\"U\":11,\"u\":19,\"b\":[[\"1\",\"x\"]],\"a\":[]} | :3: bids[0].quantity=x: expected a decimal",
        "1000000000009 {\"lastUpdateId\":11,\"asks\":[]} | :3: bids=: expected an array"})
    void refusesAndSaysWhere(final String badLine, final String message) throws IOException
    {
        final Path file = file("a", depth(0, 11, 11, "[]", "[]"), SNAPSHOT, badLine);
        assertThatThrownBy(() -> drain(open(REFUSE, file)))
            .isInstanceOf(BadInputException.class)
            .hasMessageContaining(file + message);
    }

    @Test
    void refusesATruncatedArchive() throws IOException
    {
        final Path whole = SyntheticRecording.write(
            directory.resolve("whole.gz"), SyntheticRecording.lines(Product.SPOT, "BTCUSDT", 1, 500));
        final byte[] bytes = Files.readAllBytes(whole);
        for (final int length : new int[]{0, 1, 5, bytes.length / 2, bytes.length - 4})
        {
            final Path cut = Files.write(directory.resolve("cut.gz"), Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> drain(open(REFUSE, cut))).as("length=" + length)
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("cut.gz:")
                .hasMessageContaining("truncated");
        }
    }

    @Test
    void reportsATruncatedArchiveAfterTheLinesBeforeIt() throws IOException
    {
        final Path whole = SyntheticRecording.write(
            directory.resolve("whole.gz"), SyntheticRecording.lines(Product.SPOT, "BTCUSDT", 1, 2_000));
        final byte[] bytes = Files.readAllBytes(whole);
        final Path cut = Files.write(directory.resolve("cut.gz"), Arrays.copyOf(bytes, bytes.length / 2));
        try (Recording recording = open(REPORT, cut); MarketSource source = recording.source(instrument -> 0))
        {
            final List<String> messages = RecordedMessages.drain(source);
            assertThat(messages).hasSizeGreaterThan(100);
            assertThat(messages.get(messages.size() - 1)).isEqualTo("0 STALE BAD_INPUT null null");
            assertThat(recording.badLines()).isEqualTo(1);
        }
    }

    @Test
    void reportMakesTheInstrumentStaleAndTheNextChangeThatFollowsLive() throws IOException
    {
        final Path file = file("a",
            SNAPSHOT,
            depth(2, 11, 12, "[]", "[]"),
            "1000000000003 {\"e\":\"trade\",\"s\":\"BTCUSDT\",\"t\":5,\"p\":\"x\",\"q\":\"1\",\"m\":true}",
            "not even a time",
            depth(4, 13, 13, "[]", "[]"),
            depth(5, 14, 14, "[[\"1\",\"broken\"]]", "[]"),
            depth(6, 15, 15, "[]", "[]"));
        try (Recording recording = open(REPORT, file); MarketSource source = recording.source(instrument -> 0))
        {
            assertThat(RecordedMessages.drain(source)).containsExactly(
                "0 snapshot 10 1/1 1+1",
                "0 update 10->12",
                "0 STALE BAD_INPUT null null",
                "0 LIVE NONE null null",
                "0 update 12->13",
                "0 STALE BAD_INPUT null null",
                "0 STALE SEQUENCE_GAP 14 15",
                "0 STALE NO_SNAPSHOT null null",
                "0 update null->15");
            assertThat(recording.badLines()).isEqualTo(3);
        }
    }

    @Test
    void configuredTickAndLotAreChecked() throws IOException
    {
        final Path file = file("a", SNAPSHOT, depth(2, 11, 12, "[[\"99.25\",\"1\"]]", "[]"));
        final List<Instrument> configured = List
            .of(BinanceProduct.SPOT.instrument("BTCUSDT", Increment.parse("0.5"), Increment.parse("0.001")));
        assertThatThrownBy(() -> drain(Recording.open(List.of(file), null, REFUSE, configured)))
            .isInstanceOf(BadInputException.class)
            .hasMessage(file + ":2: bids[0].price=99.25: expected a multiple of tick=0.5 of BTCUSDT.BINANCE_SPOT");
        try (Recording recording = Recording.open(List.of(file), null, REPORT, configured);
            MarketSource source = recording.source(instrument -> 0))
        {
            assertThat(RecordedMessages.drain(source))
                .containsExactly("0 snapshot 10 1/1 1+1", "0 STALE OFF_GRID null null");
        }
    }

    @Test
    void unknownSymbolIsRefusedOrPassedOver() throws IOException
    {
        final Path file = file("a", depth(0, 1, 1, "[]", "[]"),
            depth(0, 1, 1, "[]", "[]").replace("BTCUSDT", "ETHUSDT"));
        final List<Instrument> configured = List
            .of(BinanceProduct.SPOT.instrument("BTCUSDT", Increment.parse("0.5"), Increment.parse("0.001")));
        assertThatThrownBy(() -> Recording.open(List.of(file), null, REFUSE, configured))
            .isInstanceOf(BadInputException.class)
            .hasMessageContaining(file + ":2: symbol=ETHUSDT (ETHUSDT.BINANCE_SPOT): expected one of")
            .hasMessageContaining("BTCUSDT.BINANCE_SPOT");
        try (Recording recording = Recording.open(List.of(file), null, REPORT, configured);
            MarketSource source = recording.source(instrument -> 0))
        {
            assertThat(RecordedMessages.drain(source))
                .containsExactly("0 STALE NO_SNAPSHOT null null", "0 update null->1");
            assertThat(recording.badLines()).isEqualTo(1);
        }
    }

    @Test
    void lineWithoutASymbolNeedsAFileWithOne() throws IOException
    {
        final String other = depth(2, 11, 12, "[]", "[]").replace("BTCUSDT", "ETHUSDT");
        final Path file = file("a", depth(1, 8, 10, "[]", "[]"), SNAPSHOT, other);
        assertThatThrownBy(() -> open(REFUSE, file))
            .isInstanceOf(BadInputException.class)
            .hasMessageContaining(file + ":2: symbol=: expected a symbol")
            .hasMessageContaining("2 of them");
        try (Recording recording = open(REPORT, file); MarketSource source = recording.source(idByName(recording)::get))
        {
            assertThat(RecordedMessages.drain(source)).startsWith(
                "0 STALE BAD_INPUT null null", "1 STALE BAD_INPUT null null");
        }
    }

    @Test
    void severalSymbolsInOneFileAreSeveralInstruments() throws IOException
    {
        final String named = SNAPSHOT.replace("\"bids\"", "\"symbol\":\"ETHUSDT\",\"bids\"");
        final Path file = file("a", depth(0, 8, 10, "[]", "[]"),
            depth(0, 8, 10, "[]", "[]").replace("BTCUSDT", "ETHUSDT"),
            named, depth(2, 11, 12, "[]", "[]").replace("BTCUSDT", "ETHUSDT"));
        try (Recording recording = open(REFUSE, file); MarketSource source = recording.source(idByName(recording)::get))
        {
            assertThat(RecordedMessages.drain(source)).containsExactly(
                "1 update null->10", "1 snapshot 10 1/1 1+1", "1 update 10->12",
                "0 STALE NO_SNAPSHOT null null", "0 update null->10");
        }
    }

    @Test
    void unknownStreamsAreCountedByName() throws IOException
    {
        final String kline = "1000000000001 {\"stream\":\"btcusdt@kline_1m\"," +
            "\"data\":{\"e\":\"kline\",\"s\":\"ETHUSDT\"}}";
        final Path file = file("a", SNAPSHOT, kline, kline, depth(2, 11, 12, "[]", "[]"), "1000000000009 {\"id\":1}");
        try (Recording recording = open(REFUSE, file))
        {
            assertThat(recording.unknownStreams())
                .isEqualTo(Map.of("btcusdt@kline_1m", 2L, "(neither stream nor event type)", 1L));
            assertThat(recording.convertibleLines()).isEqualTo(2);
        }
    }

    @Test
    void filesOfOneInstrumentFollowOneAnotherWhateverOrderTheyAreGivenIn() throws IOException
    {
        final List<String> lines = SyntheticRecording.lines(Product.USDM, "BTCUSDT", 9, 300);
        final Path whole = SyntheticRecording.write(directory.resolve("whole"), lines);
        final Path first = SyntheticRecording.write(directory.resolve("z.gz"), lines.subList(0, 200));
        final Path second = SyntheticRecording.write(directory.resolve("a"), lines.subList(200, lines.size()));
        assertThat(drain(open(REFUSE, second, first))).isEqualTo(drain(open(REFUSE, whole)));
    }

    @Test
    void instrumentsOfDifferentFilesAreMergedByTime() throws IOException
    {
        final Path spot = SyntheticRecording.write(
            directory.resolve("spot"), SyntheticRecording.lines(Product.SPOT, "BTCUSDT", 9, 300));
        final Path futures = SyntheticRecording.write(
            directory.resolve("futures"), SyntheticRecording.lines(Product.USDM, "BTCUSDT", 10, 300));
        try (Recording recording = open(REFUSE, spot, futures);
            MarketSource source = recording.source(idByName(recording)::get))
        {
            assertThat(recording.instruments()).extracting(Instrument::name)
                .containsExactly("BTCUSDT.BINANCE_SPOT", "BTCUSDT.BINANCE_USDM");
            final List<String> spotMessages = new ArrayList<>();
            final List<String> futuresMessages = new ArrayList<>();
            int changesOfSide = 0;
            boolean wasSpot = false;
            long timeNs = 0;
            while (source.next())
            {
                assertThat(source.timeNs()).isGreaterThanOrEqualTo(timeNs);
                timeNs = source.timeNs();
                final String text = RecordedMessages.text(source.buffer(), source.offset());
                final boolean isSpot = text.startsWith("0");
                (isSpot ? spotMessages : futuresMessages).add("0" + text.substring(1));
                changesOfSide += isSpot != wasSpot ? 1 : 0;
                wasSpot = isSpot;
            }
            assertThat(changesOfSide).isGreaterThan(100);
            assertThat(spotMessages).isEqualTo(drain(open(REFUSE, spot)));
            assertThat(futuresMessages).isEqualTo(drain(open(REFUSE, futures)));
        }
    }

    @Test
    void fileWithSeveralSymbolsIsFollowedByFilesOfEach() throws IOException
    {
        final String eth = "\"ETHUSDT\"";
        final Path both = file("both", depth(0, 1, 10, "[]", "[]"),
            depth(1, 1, 10, "[]", "[]").replace("\"BTCUSDT\"", eth));
        final Path btc = file("btc", depth(2, 11, 11, "[]", "[]"), SNAPSHOT.replace("001 {", "004 {"));
        final Path ethOnly = file("eth", depth(3, 11, 11, "[]", "[]").replace("\"BTCUSDT\"", eth),
            SNAPSHOT.replace("001 {", "005 {"));
        try (Recording recording = open(REFUSE, both, btc, ethOnly);
            MarketSource source = recording.source(idByName(recording)::get))
        {
            assertThat(RecordedMessages.drain(source)).containsExactly(
                "0 update null->10", "0 snapshot 10 1/1 1+1", "0 update 10->11",
                "1 update null->10", "1 snapshot 10 1/1 1+1", "1 update 10->11");
        }
    }

    @Test
    void clockThatGoesBackIsCountedAndClamped() throws IOException
    {
        final Path file = file("a", SNAPSHOT.replace("001 {", "900 {"), depth(2, 11, 12, "[]", "[]"));
        try (Recording recording = open(REFUSE, file); MarketSource source = recording.source(instrument -> 0))
        {
            assertThat(source.next()).isTrue();
            assertThat(source.next()).isTrue();
            assertThat(source.timeNs()).isEqualTo(1_000_000_000_900_000_000L);
            assertThat(source.gatewayTimeNs()).isEqualTo(1_000_000_000_002_000_000L);
            assertThat(source.next()).isFalse();
            assertThat(recording.clockBackwards()).isEqualTo(1);
        }
    }

    @Test
    void readsZipAndTextWithoutAFinalNewlineAlike() throws IOException
    {
        final Path text = directory.resolve("a");
        Files.writeString(text, SNAPSHOT + "\r\n\n" + depth(2, 11, 12, "[]", "[]").replace("BTCUSDT", "X"));
        final Path zip = directory.resolve("a.zip");
        try (ZipOutputStream output = new ZipOutputStream(Files.newOutputStream(zip)))
        {
            output.putNextEntry(new ZipEntry("a.txt"));
            output.write(Files.readAllBytes(text));
        }
        assertThat(drain(open(REFUSE, zip))).isEqualTo(drain(open(REFUSE, text))).hasSize(2);
        final byte[] bytes = Files.readAllBytes(zip);
        final Path cut = Files.write(directory.resolve("cut.zip"), Arrays.copyOf(bytes, bytes.length - 10));
        assertThatThrownBy(() -> open(REFUSE, cut)).isInstanceOf(BadInputException.class)
            .hasMessageContaining("truncated");
    }

    @Test
    void refusesWhatIsNoRecording() throws IOException
    {
        final Path file = file("a", "hello", "world");
        assertThatThrownBy(() -> open(REFUSE, file)).isInstanceOf(BadInputException.class)
            .hasMessageContaining("binance-ws");
        assertThatThrownBy(() -> open(REFUSE, directory.resolve("missing"))).isInstanceOf(BadInputException.class)
            .hasMessageContaining("expected an existing file");
        assertThatThrownBy(() -> open(REFUSE, file("empty"))).isInstanceOf(BadInputException.class);
    }

    @Test
    void readingAllocatesNothingForALineOnceBuffersAreGrown() throws IOException
    {
        final Path file = SyntheticRecording.write(directory.resolve("a"),
            SyntheticRecording.lines(Product.USDM, "BTCUSDT", 2, 20_000));
        final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
        final long thread = Thread.currentThread().getId();
        try (Recording recording = open(REFUSE, file); MarketSource source = recording.source(instrument -> 0))
        {
            for (int i = 0; i < 10_000; i++)
            {
                assertThat(source.next()).isTrue();
            }
            final long before = threads.getThreadAllocatedBytes(thread);
            for (int i = 0; i < 20_000; i++)
            {
                source.next();
            }
            final long allocated = threads.getThreadAllocatedBytes(thread) - before;
            assertThat(allocated / 20_000).as("bytes a message").isLessThan(4);
            final String[] control = new String[1_000];
            for (int i = 0; i < control.length; i++)
            {
                control[i] = new String(new char[100]);
            }
            assertThat(threads.getThreadAllocatedBytes(thread) - before - allocated).isGreaterThan(100_000);
        }
    }

    private static String depth(
        final int offsetMs, final long firstUpdateId, final long lastUpdateId, final String bids, final String asks)
    {
        return "100000000000" + offsetMs + " {\"stream\":\"btcusdt@depth\",\"data\":{\"e\":\"depthUpdate\"," +
            "\"E\":1000000000000,\"s\":\"BTCUSDT\",\"U\":" + firstUpdateId + ",\"u\":" + lastUpdateId + ",\"b\":" + bids
            +
            ",\"a\":" + asks + "}}";
    }

    private static Map<Instrument, Integer> idByName(final Recording recording)
    {
        final Map<Instrument, Integer> ids = new HashMap<>();
        recording.instruments().forEach(instrument -> ids.put(instrument, ids.size()));
        return ids;
    }

    private static List<String> drain(final Recording opened)
    {
        try (opened; MarketSource source = opened.source(instrument -> 0))
        {
            return RecordedMessages.drain(source);
        }
    }

    private static Recording open(final BadInputPolicy policy, final Path... files)
    {
        return Recording.open(List.of(files), null, policy, List.of());
    }

    private Path file(final String name, final String... lines) throws IOException
    {
        final Path file = directory.resolve(name);
        return Files.write(file, List.of(lines), StandardCharsets.UTF_8);
    }
}
