package io.lockstep.sequencer.node;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.AlertType;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.OperationalAlertDecoder;
import io.lockstep.sbe.TradingMode;
import io.lockstep.sequencer.ChildJvm;
import io.lockstep.sequencer.NodeException;
import io.lockstep.sequencer.NodeText;
import io.lockstep.sequencer.OfflineNode;
import io.lockstep.sequencer.TestDriver;
import io.lockstep.sequencer.TestGateway;
import io.lockstep.sequencer.counters.NodeCounters;
import io.lockstep.sequencer.journal.JournalCopy;
import io.lockstep.sequencer.journal.NodeDirectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * A node in a process of its own that stands still, or whose wall clock steps while the monotonic clock goes on, over the real
 * media driver.
 */
class ProcessClockTest
{
    private static final int FEED = 7;
    private static final long STOPPED_NS = 2_500_000_000L;

    @TempDir
    private Path path;
    private Path node;
    private Path log;

    @BeforeEach
    void name()
    {
        node = path.resolve("node");
        log = path.resolve("node.log");
    }

    /** The node until a file is there. */
    static final class FileNode
    {
        private FileNode()
        {
        }

        public static void main(final String[] args) throws IOException
        {
            final Path stop = Path.of(args[1]);
            try
            {
                new Node(NodeText.context(Files.readString(Path.of(args[0]))), new Node.Listener()
                {
                    @Override
                    public void onReady()
                    {
                        System.out.println("ready");
                    }

                    @Override
                    public void onStopping()
                    {
                        System.out.println("stopping");
                    }

                    @Override
                    public void onNotice(final String notice)
                    {
                        System.out.println(notice);
                    }
                }).run(() -> Files.exists(stop));
            }
            catch (final NodeException ex)
            {
                System.out.println(ex.getMessage());
                System.exit(ex.exitStatus());
            }
        }
    }

    private ChildJvm start(final String configuration, final Map<String, String> environment) throws IOException
    {
        final Path file = Files.writeString(path.resolve("node.yaml"), configuration);
        return ChildJvm.start(log, environment, FileNode.class, file.toString(), path.resolve("stop").toString());
    }

    private static void awaitSaid(final ChildJvm child, final String text)
    {
        TestDriver.await(() ->
        {
            assertThat(child.isAlive()).as(child.lastWords()).isTrue();
            return child.lastWords().contains(text);
        });
    }

    private void stop(final ChildJvm child) throws IOException, InterruptedException
    {
        Files.createFile(path.resolve("stop"));
        assertThat(child.awaitExit()).as(child.lastWords()).isZero();
        assertThat(OfflineNode.replay(node, true).divergence()).isNull();
    }

    private long count(final int templateId)
    {
        return JournalCopy.read(node).records().stream()
            .filter((record) -> RecordDescriptor.templateId(record, 0) == templateId).count();
    }

    private List<AlertType> alerts()
    {
        return JournalCopy.read(node).records().stream()
            .filter((record) -> RecordDescriptor.templateId(record, 0) == OperationalAlertDecoder.TEMPLATE_ID)
            .map((record) -> new OperationalAlertDecoder()
                .wrapAndApplyHeader(record, RecordDescriptor.HEADER_LENGTH, new MessageHeaderDecoder()).alertType())
            .toList();
    }

    private long counter(final String name)
    {
        return NodeCounters.read(new NodeDirectory(node).counters()).get(name);
    }

    /** For longer than its driver, in another process, waits for a client: what stood still is said, and the node goes on. */
    @Test
    void shouldConnectAnewWhenItStoodStillForLongerThanTheDriverWaits() throws IOException, InterruptedException
    {
        try (TestDriver driver = new TestDriver())
        {
            final String configuration = NodeText.of(node, ", onStop: keep, stopTimeout: 0",
                "embedded: false, directory: \"" + driver.directory() + "\"", "timerMs: 0");
            try (ChildJvm child = start(configuration, Map.of()))
            {
                awaitSaid(child, "ready");
                try (TestGateway feed = new TestGateway(driver.directory(), FEED, 70).link(false))
                {
                    feed.send(OfflineNode.trades(feed.records(), 2));
                    TestDriver.await(() -> counter("orders") == 2);
                }
                child.signal("STOP");
                final long stoppedNs = System.nanoTime();
                TestDriver.await(() -> System.nanoTime() - stoppedNs > STOPPED_NS);
                child.signal("CONT");

                awaitSaid(child, "connected anew to the media driver in " + driver.directory());
                assertThat(child.lastWords()).containsPattern("stood still.*(interval=|heartbeat)");
                try (TestGateway feed = new TestGateway(driver.directory(), FEED, 71).link(false))
                {
                    feed.send(OfflineNode.trades(feed.records(), 3));
                    TestDriver.await(() -> counter("orders") == 5);
                }
                stop(child);
            }
        }
        assertThat(count(NewOrderSingleDecoder.TEMPLATE_ID)).isEqualTo(5);
    }

    private static boolean compile(final Path library) throws InterruptedException
    {
        final Path source = Path.of(System.getProperty("lockstep.root"), "deploy", "test", "step-clock.c");
        try
        {
            return new ProcessBuilder("cc", "-shared", "-fPIC", "-O2", "-o", library.toString(), source.toString())
                .inheritIO().start().waitFor() == 0;
        }
        catch (final IOException ex)
        {
            return false;
        }
    }

    /** Its own media driver, a gateway of another process, and a wall clock that steps by so many seconds. */
    @ParameterizedTest
    @ValueSource(ints =
    {2, 60, 3_600, -3_600})
    void shouldHaltAndGoOnWhenTheWallClockSteps(final int seconds) throws IOException, InterruptedException
    {
        final Path library = path.resolve("step-clock.so");
        assumeThat(compile(library)).as("a C compiler for deploy/test/step-clock.c").isTrue();
        final Path step = Files.writeString(path.resolve("step"), "0");
        final String configuration = NodeText.of(node, ", onStop: keep, stopTimeout: 0", "embedded: true", "timerMs: 0")
            .replace("clockStepMax: 1h", "clockStepMax: 1s");
        try (ChildJvm child = start(
            configuration, Map.of("LD_PRELOAD", library.toString(), "STEP_FILE", step.toString())))
        {
            awaitSaid(child, "ready");
            final Path driver = NodeText.context(configuration).driverDirectory();
            try (TestGateway feed = new TestGateway(driver, FEED, 70).link(false))
            {
                feed.send(OfflineNode.trades(feed.records(), 2));
                TestDriver.await(() -> counter("orders") == 2);

                Files.writeString(step, Integer.toString(seconds));
                TestDriver.await(() -> counter("tradingMode") == TradingMode.HALTED.value());
                feed.send(OfflineNode.trades(feed.records(), 3));
                TestDriver.await(() -> counter("riskRejects") == 3);
            }
            stop(child);
            assertThat(child.lastWords()).as("the link went on").doesNotContain("connected anew");
        }
        assertThat(alerts()).startsWith(seconds > 0 ? AlertType.CLOCK_JUMP : AlertType.CLOCK_BACKWARDS);
        assertThat(alerts().contains(AlertType.CLOCK_BEHIND)).isEqualTo(seconds < 0);
    }
}
