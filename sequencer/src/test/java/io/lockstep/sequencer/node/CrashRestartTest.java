package io.lockstep.sequencer.node;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.FeedStatusDecoder;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sequencer.ChildJvm;
import io.lockstep.sequencer.NodeText;
import io.lockstep.sequencer.OfflineNode;
import io.lockstep.sequencer.TestDriver;
import io.lockstep.sequencer.TestGateway;
import io.lockstep.sequencer.journal.JournalCopy;
import io.lockstep.sequencer.replay.Replayer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A node in a process of its own is killed in mid-flight, twice, while the driver, the feed and the order gateway live on: every
 * message of the feed is in the journal once, and every order is with the gateway once.
 */
class CrashRestartTest
{
    private static final int PER_LIFE = 1_500;
    private static final int AHEAD_MAX = 400;

    @TempDir
    private Path path;
    private TestGateway feed;
    private TestGateway orders;
    private long acknowledgedDecisions;

    /** A node until SIGTERM. */
    static final class NodeMain
    {
        private NodeMain()
        {
        }

        public static void main(final String[] args) throws IOException
        {
            final AtomicBoolean stop = new AtomicBoolean();
            final CountDownLatch stopped = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(() ->
            {
                stop.set(true);
                try
                {
                    stopped.await();
                }
                catch (final InterruptedException ex)
                {
                    Thread.currentThread().interrupt();
                }
            }));
            new Node(NodeText.context(Files.readString(Path.of(args[0]))), new Node.Listener()
            {
                @Override
                public void onReady()
                {
                    // The gateways notice.
                }

                @Override
                public void onStopping()
                {
                    // They notice as well.
                }
            }).run(stop::get);
            stopped.countDown();
        }
    }

    @Test
    void shouldNeitherLoseNorRepeatWhenItIsKilled() throws IOException, InterruptedException
    {
        final Path node = path.resolve("node");
        final Path config = path.resolve("node.yaml");
        final Path log = path.resolve("node.log");
        try (TestDriver driver = new TestDriver())
        {
            Files.writeString(config, NodeText.of(node, ", idle: yield, stateHashInterval: 100",
                "embedded: false, directory: \"" + driver.directory() + "\"", "timerMs: 1"));
            feed = new TestGateway(driver.directory(), 7, 70);
            orders = new TestGateway(driver.directory(), 2, 20);
            feed.add(feed.records().quote(0, 99, 101));
            for (int life = 1; life <= 3; life++)
            {
                try (ChildJvm child = ChildJvm.start(log, NodeMain.class, config.toString()))
                {
                    linkBoth(life, child);
                    load((long)PER_LIFE * life, child);
                    if (life < 3)
                    {
                        // In mid-flight: what was sent last is neither journaled nor acknowledged yet.
                        child.kill();
                    }
                    else
                    {
                        feed.awaitAcknowledged();
                        child.terminate();
                        TestDriver.await(() ->
                        {
                            orders.poll();
                            return !child.isAlive();
                        });
                    }
                }
            }
            feed.close();
            orders.close();
        }

        assertJournal(node);
    }

    private void linkBoth(final int incarnation, final ChildJvm child)
    {
        TestDriver.await(() ->
        {
            assertThat(child.isAlive()).as(child::lastWords).isTrue();
            feed.link(false);
            orders.link(true);
            return feed.incarnation() == incarnation && orders.incarnation() == incarnation;
        });
    }

    /** Sends trades, some ahead of what is acknowledged, until so many of the feed's messages are in the journal. */
    private void load(final long acknowledged, final ChildJvm child)
    {
        TestDriver.await(() ->
        {
            if (feed.sent() - feed.acknowledged() < AHEAD_MAX)
            {
                feed.add(feed.records().trade(0, 100, 1));
            }
            poll();
            assertThat(child.isAlive()).as(child::lastWords).isTrue();
            return feed.acknowledged() >= acknowledged;
        });
    }

    private void poll()
    {
        feed.poll();
        orders.poll();
        if (orders.decisions().size() > acknowledgedDecisions + 50)
        {
            acknowledgedDecisions = orders.decisions().size();
            orders.add(orders.records().acknowledgement(acknowledgedDecisions));
        }
    }

    private void assertJournal(final Path node)
    {
        final List<UnsafeBuffer> records = JournalCopy.read(node).records();
        assertThat(records.stream().filter((record) -> isInputOf(record, 7))
            .map((record) -> RecordDescriptor.sourceSequence(record, 0)))
            .containsExactlyElementsOf(LongStream.rangeClosed(1, feed.sent()).boxed().toList());
        assertThat(records).noneMatch(
            (record) -> RecordDescriptor.templateId(record, 0) == FeedStatusDecoder.TEMPLATE_ID);
        assertThat(records.stream().filter(
            (record) -> RecordDescriptor.templateId(record, 0) == NewOrderSingleDecoder.TEMPLATE_ID)
            .map(CrashRestartTest::clOrdId))
            .hasSizeGreaterThan(3 * PER_LIFE - 2)
            .doesNotHaveDuplicates()
            .containsExactlyElementsOf(orders.decisions().stream().filter(
                (record) -> RecordDescriptor.templateId(record, 0) == NewOrderSingleDecoder.TEMPLATE_ID)
                .map(CrashRestartTest::clOrdId).toList());
        assertThat(records.get(records.size() - 1)).satisfies(
            (record) -> assertThat(RecordDescriptor.incarnation(record, 0)).isEqualTo(3));
        final Replayer replayer = OfflineNode.replay(node, true);
        assertThat(replayer.divergence()).isNull();
        assertThat(replayer.cutOff().isEmpty()).isTrue();
    }

    private static boolean isInputOf(final UnsafeBuffer record, final int sourceId)
    {
        return JournalCopy.isInput(record) && RecordDescriptor.sourceId(record, 0) == sourceId;
    }

    private static String clOrdId(final UnsafeBuffer record)
    {
        return ClOrdIds.text(record, RecordDescriptor.BODY_OFFSET);
    }
}
