package io.lockstep.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.ThreadMXBean;
import io.lockstep.cli.LockstepCommand;
import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.core.TradingCore;
import io.lockstep.core.strategy.Parameters;
import io.lockstep.sbe.AssignStrategyEncoder;
import io.lockstep.sbe.BestBidOfferEncoder;
import io.lockstep.sbe.ContractType;
import io.lockstep.sbe.InstrumentDefinitionEncoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.RecordKind;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The strategy that docs/writing-a-strategy.md shows is this source, and it does what the document says.
 */
class BuyTheDipTest
{
    private static final String ROOT = System.getProperty("lockstep.root");
    private static final Instrument INSTRUMENT = new Instrument(0, "DIPUSD", "TEST", ContractType.LINEAR,
        new Increment(1, -2), new Increment(1, -1), 1, 1, new Increment(1, 0), "DIP", "USD", "USD");

    @TempDir
    private Path directory;

    @Test
    void shouldBeTheSourceThatTheDocumentShows() throws IOException
    {
        final String source = Files.readString(
            Path.of(ROOT, "research/src/test/java/io/lockstep/examples/BuyTheDip.java"));

        assertThat(document()).contains("```java\n" + source + "```\n");
    }

    @Test
    void shouldTradeInABacktestAndReplayToTheSameDecisions() throws IOException
    {
        final Path out = directory.resolve("run");

        final JsonNode backtest = run("backtest", "--json", "--config", configuration().toString(),
            "--data", recording().toString(), "--out", out.toString());
        final JsonNode replay = run("replay", "--json", "--verify", "--journal", out.toString());

        assertThat(backtest.get("orders").asLong()).isGreaterThan(4);
        assertThat(backtest.get("fills").asLong()).isGreaterThan(4);
        assertThat(replay.get("divergences").asLong()).isZero();
        assertThat(replay.get("decisionHash")).isEqualTo(backtest.get("decisionHash"));
        assertThat(replay.get("stateHash")).isEqualTo(backtest.get("stateHash"));
    }

    @Test
    void shouldSayInTheJournalWhyItBuys() throws IOException
    {
        final Path out = directory.resolve("run");
        run("backtest", "--json", "--config", configuration().toString(), "--data", recording().toString(), "--out",
            out.toString());

        final List<String> causes = print("journal", "print", "--template", "OrderCause", "--format", "json",
            out.toString()).lines().toList();

        assertThat(causes).isNotEmpty()
            .allSatisfy((cause) -> assertThat(cause).contains("\"signalCode\":1", "\"featureCode\":1"));
    }

    @Test
    void shouldRefuseAParameterThatItDoesNotKnow()
    {
        final Parameters parameters = new Parameters().put("depth", new Decimal(1, 0));

        assertThatThrownBy(() -> new BuyTheDip.Factory().create(INSTRUMENT, parameters))
            .isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("unknown parameter depth");
    }

    @Test
    void shouldAllocateNothingInSteadyState()
    {
        final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
        final long[] decisions = new long[1];
        final TradingCore core = new TradingCore(
            (sequence, ordinal, buffer, offset, length) -> decisions[0]++, List.of(new BuyTheDip.Factory()));
        final Quotes quotes = new Quotes();
        quotes.configure(core);
        quotes.feed(core, 50_000);

        long least = Long.MAX_VALUE;
        for (int run = 0; run < 5; run++)
        {
            final long decisionsBefore = decisions[0];
            final long before = threads.getCurrentThreadAllocatedBytes();
            quotes.feed(core, 10_000);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            assertThat(decisions[0]).as("the strategy acts while it is measured").isGreaterThan(decisionsBefore);
        }

        assertThat(least).isZero();
    }

    /** What an outsider does: the page's source and configuration in an empty directory, the engine's jars, a JDK. */
    @Test
    void shouldBuildAndRunInAnEmptyDirectoryAsTheDocumentSays() throws IOException, InterruptedException
    {
        final Path source = directory.resolve("src/main/java/io/lockstep/examples/BuyTheDip.java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, block("java"));
        final Path classes = directory.resolve("classes");
        final String engine = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter((entry) -> !entry.contains("test-classes")).collect(Collectors.joining(File.pathSeparator));
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, "--release", "17", "-cp", engine, "-d",
            classes.toString(), source.toString())).isZero();

        final Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "@" + Path.of(ROOT, "config", "jvm.options"), "-cp", classes + File.pathSeparator + engine,
            LockstepCommand.class.getName(), "backtest", "--json", "--config", configuration().toString(),
            "--data", recording().toString(), "--out", directory.resolve("outside").toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        final JsonNode backtest = new ObjectMapper().readTree(process.getInputStream());
        assertThat(process.waitFor()).isZero();
        assertThat(backtest.get("fills").asLong()).isGreaterThan(4);
    }

    /** The versions that the page tells an outsider to use are those of this build. */
    @Test
    void shouldNameTheVersionOfTheBuildInItsPom() throws IOException
    {
        final String parent = Files.readString(Path.of(ROOT, "pom.xml"));
        final String version = parent.substring(parent.indexOf("<version>") + "<version>".length(),
            parent.indexOf("</version>"));

        assertThat(block("xml")).contains("<artifactId>lockstep-strategy-core</artifactId>\n      <version>" + version +
            "</version>");
    }

    private static String block(final String language) throws IOException
    {
        final String document = document();
        final String opening = "```" + language + "\n";
        final int begin = document.indexOf(opening) + opening.length();
        return document.substring(begin, document.indexOf("```", begin));
    }

    private static String document() throws IOException
    {
        return Files.readString(Path.of(ROOT, "docs/writing-a-strategy.md"));
    }

    /** The one in the document. */
    private Path configuration() throws IOException
    {
        return Files.writeString(directory.resolve("dip.yaml"), block("yaml"));
    }

    /** Bars of a minute whose price swings by two per cent every two hours. */
    private Path recording() throws IOException
    {
        final StringBuilder bars = new StringBuilder("timestamp,open,high,low,close,volume\n");
        for (long minute = 0; minute < 2_000; minute++)
        {
            final long cents = 10_000 + Math.abs(minute % 120 - 60) * 4;
            final String price = cents / 100 + "." + String.format("%02d", cents % 100);
            bars.append(1_700_000_000_000L + minute * 60_000).append(',').append(price).append(',').append(price)
                .append(',').append(price).append(',').append(price).append(",100.5\n");
        }
        return Files.writeString(directory.resolve("DIPUSD_1m.csv"), bars);
    }

    private static JsonNode run(final String... arguments) throws IOException
    {
        return new ObjectMapper().readTree(print(arguments));
    }

    private static String print(final String... arguments)
    {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final ByteArrayOutputStream err = new ByteArrayOutputStream();
        final int status = LockstepCommand.execute(
            new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8),
            arguments);

        assertThat(status).as(err.toString(StandardCharsets.UTF_8)).isZero();
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Quotes whose price falls and rises again; no venue answers, so an order stays on its way for ever. */
    private static final class Quotes
    {
        private final MutableDirectBuffer buffer = new ExpandableArrayBuffer(1 << 10);
        private final MessageHeaderEncoder header = new MessageHeaderEncoder();
        private final BestBidOfferEncoder quote = new BestBidOfferEncoder();
        private long sequence;

        void configure(final TradingCore core)
        {
            final InstrumentDefinitionEncoder definition = new InstrumentDefinitionEncoder();
            INSTRUMENT.encode(definition.wrapAndApplyHeader(buffer, RecordDescriptor.HEADER_LENGTH, header));
            give(core, definition);
            final AssignStrategyEncoder assign = new AssignStrategyEncoder();
            assign.wrapAndApplyHeader(buffer, RecordDescriptor.HEADER_LENGTH, header).instrumentId(0);
            // Less than one lot: each attempt is refused by the pre-trade check, and so made again and again.
            final AssignStrategyEncoder.ParametersEncoder parameter = assign.parametersCount(1).next();
            parameter.name("orderNotional");
            parameter.value().mantissa(1).exponent((byte)-2);
            assign.strategyName("buy-the-dip");
            give(core, assign);
        }

        void feed(final TradingCore core, final int count)
        {
            for (int i = 0; i < count; i++)
            {
                final long ticks = 10_000 + Math.abs(sequence % 400 - 200);
                quote.wrapAndApplyHeader(buffer, RecordDescriptor.HEADER_LENGTH, header).instrumentId(0)
                    .updateId(sequence).bidPriceTicks(ticks).bidQuantityLots(5).askPriceTicks(ticks + 1)
                    .askQuantityLots(5);
                give(core, quote);
            }
        }

        private void give(final TradingCore core, final MessageEncoderFlyweight message)
        {
            RecordDescriptor.begin(
                buffer, 0, RecordKind.INPUT, MessageHeaderEncoder.ENCODED_LENGTH + message.encodedLength());
            RecordDescriptor.sequence(buffer, 0, ++sequence);
            RecordDescriptor.incarnation(buffer, 0, 1);
            RecordDescriptor.sequencerTimeNs(buffer, 0, sequence * 1_000_000_000L);
            core.onInput(buffer, 0);
        }
    }
}
