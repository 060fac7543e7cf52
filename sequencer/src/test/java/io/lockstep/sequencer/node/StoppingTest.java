package io.lockstep.sequencer.node;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.NodeStoppedDecoder;
import io.lockstep.sbe.NodeStoppingDecoder;
import io.lockstep.sbe.OrderCancelRequestDecoder;
import io.lockstep.sbe.OrderRefusedDecoder;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sbe.RiskReason;
import io.lockstep.sequencer.NodeText;
import io.lockstep.sequencer.OfflineNode;
import io.lockstep.sequencer.TestDriver;
import io.lockstep.sequencer.TestGateway;
import io.lockstep.sequencer.counters.NodeCounters;
import io.lockstep.sequencer.journal.JournalCopy;
import io.lockstep.sequencer.journal.NodeDirectory;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** From being told to stop to the clean end: what is open, what comes meanwhile, and a venue that says nothing. */
class StoppingTest
{
    private static final int FEED = 7;
    private static final int ORDERS = 2;
    private static final int TRADES = 2;

    @TempDir
    private Path path;
    private Path node;

    private String configuration(final String keys)
    {
        node = path.resolve("node");
        return NodeText.of(node, ", idle: yield" + keys, "embedded: true", "timerMs: 0");
    }

    private static TestGateway gateway(final String configuration, final int sourceId, final int session)
    {
        return new TestGateway(NodeText.context(configuration).driverDirectory(), sourceId, session);
    }

    private List<Integer> templates()
    {
        return JournalCopy.read(node).records().stream().map((record) -> RecordDescriptor.templateId(record, 0))
            .toList();
    }

    private long count(final int templateId)
    {
        return templates().stream().filter((template) -> template == templateId).count();
    }

    private void assertEnded(final Node.Result result)
    {
        final List<UnsafeBuffer> records = JournalCopy.read(node).records();
        final UnsafeBuffer last = records.get(records.size() - 1);
        assertThat(result.cleanEnd()).isTrue();
        assertThat(RecordDescriptor.kind(last, 0)).isEqualTo(RecordKind.CLEAN_END.value());
        final List<Integer> ends = new ArrayList<>(templates());
        ends.retainAll(List.of(NodeStoppingDecoder.TEMPLATE_ID, NodeStoppedDecoder.TEMPLATE_ID));
        assertThat(ends).containsExactly(NodeStoppingDecoder.TEMPLATE_ID, NodeStoppedDecoder.TEMPLATE_ID);
        assertThat(NodeCounters.read(new NodeDirectory(node).counters()).get("snapshotSequence"))
            .as("the last snapshot")
            .isEqualTo(result.lastSequence());
        assertThat(OfflineNode.replay(node, true).divergence()).isNull();
    }

    @Test
    void shouldCancelWhatIsOpenRefuseWhatComesAndEndWhenTheVenueHasAnswered()
    {
        final String configuration = configuration(", onStop: cancel, stopTimeout: 1h");
        final Node.Result result;
        try (NodeRun run = new NodeRun(configuration).awaitReady();
            TestGateway feed = gateway(configuration, FEED, 70).link(false);
            TestGateway orders = gateway(configuration, ORDERS, 20).link(true))
        {
            feed.send(OfflineNode.trades(feed.records(), TRADES));
            orders.awaitDecisions(TRADES);
            run.tellToStop();
            orders.awaitDecisions(2 * TRADES);
            feed.send(feed.records().trade(0, 100, 1));
            assertThat(run.isRunning()).as("the venue has not answered").isTrue();
            for (final UnsafeBuffer order : List.copyOf(orders.decisions()).subList(0, TRADES))
            {
                orders.send(orders.records().report(order, ExecType.CANCELED));
            }
            orders.add(orders.records().acknowledgement(2 * TRADES));
            TestDriver.await(() ->
            {
                orders.poll();
                return !run.isRunning();
            });
            result = run.result();
        }
        assertEnded(result);
        assertThat(count(NewOrderSingleDecoder.TEMPLATE_ID)).isEqualTo(TRADES);
        assertThat(count(OrderCancelRequestDecoder.TEMPLATE_ID)).isEqualTo(TRADES);
        assertThat(refusals()).containsExactly(RiskReason.STOPPING);
    }

    private List<RiskReason> refusals()
    {
        return JournalCopy.read(node).records().stream()
            .filter((record) -> RecordDescriptor.templateId(record, 0) == OrderRefusedDecoder.TEMPLATE_ID)
            .map((record) ->
            {
                final OrderRefusedDecoder refused = new OrderRefusedDecoder();
                refused.wrapAndApplyHeader(record, RecordDescriptor.HEADER_LENGTH, new MessageHeaderDecoder());
                return refused.reason();
            }).toList();
    }

    @Test
    void shouldKeepWhatIsOpenWhenToldSo()
    {
        final String configuration = configuration(", onStop: keep, stopTimeout: 1h");
        final Node.Result result;
        try (NodeRun run = new NodeRun(configuration).awaitReady();
            TestGateway feed = gateway(configuration, FEED, 70).link(false);
            TestGateway orders = gateway(configuration, ORDERS, 20).link(true))
        {
            feed.send(OfflineNode.trades(feed.records(), TRADES));
            orders.awaitDecisions(TRADES);
            orders.send(orders.records().acknowledgement(TRADES));
            result = run.stop();
        }
        assertEnded(result);
        assertThat(count(OrderCancelRequestDecoder.TEMPLATE_ID)).isZero();
        assertThat(OfflineNode.replay(node, true).host().core().openOrderCount()).isEqualTo(TRADES);
    }

    @Test
    void shouldNotWaitLongerThanToldForAVenueThatDoesNotAnswer()
    {
        final String configuration = configuration(", onStop: cancel, stopTimeout: 300ms");
        final Node.Result result;
        try (NodeRun run = new NodeRun(configuration).awaitReady();
            TestGateway feed = gateway(configuration, FEED, 70).link(false);
            TestGateway orders = gateway(configuration, ORDERS, 20).link(true))
        {
            feed.send(OfflineNode.trades(feed.records(), TRADES));
            orders.awaitDecisions(TRADES);
            result = run.stop();
        }
        assertEnded(result);
        assertThat(count(OrderCancelRequestDecoder.TEMPLATE_ID)).isEqualTo(TRADES);
        assertThat(OfflineNode.replay(node, true).host().core().openOrderCount()).isEqualTo(TRADES);
    }
}
