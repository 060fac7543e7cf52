package io.lockstep.sequencer.node;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.AlertType;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.CommandReason;
import io.lockstep.sbe.CommandResultDecoder;
import io.lockstep.sbe.FeedCondition;
import io.lockstep.sbe.FeedReason;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.MarketConditionDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.OperationalAlertDecoder;
import io.lockstep.sbe.OrderCancelRequestDecoder;
import io.lockstep.sbe.OrderRefusedDecoder;
import io.lockstep.sbe.RiskReason;
import io.lockstep.sbe.SetTradingModeEncoder;
import io.lockstep.sbe.TradingMode;
import io.lockstep.sbe.VenueStatusDecoder;
import io.lockstep.sequencer.NodeText;
import io.lockstep.sequencer.OfflineNode;
import io.lockstep.sequencer.TestDriver;
import io.lockstep.sequencer.TestGateway;
import io.lockstep.sequencer.WireRecords;
import io.lockstep.sequencer.counters.NodeCounters;
import io.lockstep.sequencer.journal.JournalCopy;
import io.lockstep.sequencer.journal.NodeDirectory;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** What a running node does about what goes wrong around it: from what its own watch sees to what is in the journal. */
class FailSafeTest
{
    private static final int FEED = 7;
    private static final int ORDERS = 2;

    @TempDir
    private Path path;
    private Path node;

    private String configuration(final String keys, final String journal)
    {
        node = path.resolve("node");
        return NodeText.of(node, ", idle: yield, onStop: keep, stopTimeout: 0", "embedded: true", "timerMs: 0")
            .replace("gatewayTimeout: 0, stallMax: 1h", keys)
            .replace("segmentSize: 4MiB", "segmentSize: 4MiB" + journal);
    }

    private static TestGateway gateway(final String configuration, final int sourceId, final int session)
    {
        return new TestGateway(NodeText.context(configuration).driverDirectory(), sourceId, session);
    }

    private Stream<UnsafeBuffer> records(final int templateId)
    {
        return JournalCopy.read(node).records().stream()
            .filter((record) -> RecordDescriptor.templateId(record, 0) == templateId);
    }

    private List<String> alerts()
    {
        return records(OperationalAlertDecoder.TEMPLATE_ID).map((record) ->
        {
            final OperationalAlertDecoder alert = new OperationalAlertDecoder();
            alert.wrapAndApplyHeader(record, RecordDescriptor.HEADER_LENGTH, new MessageHeaderDecoder());
            return alert.alertType() + " " + alert.mode() + " " + (alert.cancelOrders() == BooleanType.TRUE);
        }).toList();
    }

    private List<String> conditions()
    {
        return records(MarketConditionDecoder.TEMPLATE_ID).map((record) ->
        {
            final MarketConditionDecoder condition = new MarketConditionDecoder();
            condition.wrapAndApplyHeader(record, RecordDescriptor.HEADER_LENGTH, new MessageHeaderDecoder());
            return condition.condition() == FeedCondition.LIVE ? "LIVE" : "STALE " + condition.reason();
        }).toList();
    }

    private List<BooleanType> venueStatus()
    {
        return records(VenueStatusDecoder.TEMPLATE_ID).map((record) ->
        {
            final VenueStatusDecoder status = new VenueStatusDecoder();
            status.wrapAndApplyHeader(record, RecordDescriptor.HEADER_LENGTH, new MessageHeaderDecoder());
            return status.connected();
        }).toList();
    }

    private List<RiskReason> refusals()
    {
        return records(OrderRefusedDecoder.TEMPLATE_ID).map((record) ->
        {
            final OrderRefusedDecoder refused = new OrderRefusedDecoder();
            refused.wrapAndApplyHeader(record, RecordDescriptor.HEADER_LENGTH, new MessageHeaderDecoder());
            return refused.reason();
        }).toList();
    }

    private long counter(final String name)
    {
        return NodeCounters.read(new NodeDirectory(node).counters()).get(name);
    }

    @AfterEach
    void assertReplays()
    {
        assertThat(OfflineNode.replay(node, true).divergence()).isNull();
    }

    /** Orders of a life before are open when the disk is found nearly full. */
    @Test
    void shouldHaltAndCancelWhenTheDiskIsNearlyFull()
    {
        final String roomy = configuration("gatewayTimeout: 0, stallMax: 1h", "");
        try (NodeRun run = new NodeRun(roomy).awaitReady();
            TestGateway feed = gateway(roomy, FEED, 70).link(false))
        {
            feed.send(OfflineNode.trades(feed.records(), 2));
            run.stop();
        }
        final String full = configuration("gatewayTimeout: 0, stallMax: 1h", ", minFreeSpace: 1000000GiB");
        try (NodeRun run = new NodeRun(full).awaitReady();
            TestGateway orders = gateway(full, ORDERS, 20).link(true);
            TestGateway feed = gateway(full, FEED, 71).link(false))
        {
            TestDriver.await(() -> counter("tradingMode") == TradingMode.HALTED.value());
            orders.awaitDecisions(4);
            assertThat(orders.decisions()).extracting((record) -> RecordDescriptor.templateId(record, 0))
                .containsExactly(NewOrderSingleDecoder.TEMPLATE_ID, NewOrderSingleDecoder.TEMPLATE_ID,
                    OrderCancelRequestDecoder.TEMPLATE_ID, OrderCancelRequestDecoder.TEMPLATE_ID);
            feed.send(OfflineNode.trades(feed.records(), 1));
            run.stop();
        }
        assertThat(alerts()).as("said once while it lasts")
            .containsExactly(AlertType.DISK_NEARLY_FULL + " " + TradingMode.HALTED + " true");
        assertThat(refusals()).containsExactly(RiskReason.HALTED);
    }

    /** A journal of the future, or a clock of the past. */
    @Test
    void shouldComeUpHaltedWhenTheClockIsBehindTheJournalAndRefuseToResume()
    {
        final String configuration = configuration("gatewayTimeout: 0, stallMax: 1h", "");
        final long hourNs = 3_600_000_000_000L;
        new OfflineNode(node, "timerMs: 0", System.currentTimeMillis() * 1_000_000 + hourNs)
            .run(true, OfflineNode.trades(new WireRecords(FEED, 70), 2));
        try (NodeRun run = new NodeRun(configuration).awaitReady();
            TestGateway operator = gateway(configuration, 3, 30).link(false))
        {
            TestDriver.await(() -> counter("tradingMode") == TradingMode.HALTED.value());
            operator.send(operator.records().input(
                operator.records().begin(new SetTradingModeEncoder()).mode(TradingMode.RUNNING).scope(LimitScope.NODE)
                    .flatten(BooleanType.FALSE).scopedId(SetTradingModeEncoder.scopedIdNullValue()).user("")));
            run.stop();
            assertThat(run.notices()).anyMatch((notice) -> notice.matches(
                "the clock is 3[56]\\d\\d\\.\\d+ s behind the journal's last time.*halted.*resume' is refused.*"));
        }
        assertThat(alerts()).containsExactly("CLOCK_BEHIND HALTED true");
        assertThat(records(CommandResultDecoder.TEMPLATE_ID).map((record) -> new CommandResultDecoder()
            .wrapAndApplyHeader(record, RecordDescriptor.HEADER_LENGTH, new MessageHeaderDecoder()).reason()))
            .endsWith(CommandReason.CLOCK_BEHIND);
    }

    @Test
    void shouldTakeTheInstrumentsOfASilentFeedForStaleUntilItIsHeard()
    {
        final String configuration = configuration("gatewayTimeout: 300ms, stallMax: 1h", "");
        try (NodeRun run = new NodeRun(configuration).awaitReady();
            TestGateway feed = gateway(configuration, FEED, 70).link(false))
        {
            feed.send(feed.records().quote(0, 99, 101));
            TestDriver.await(() -> conditions().size() == 2);
            feed.send(feed.records().quote(0, 99, 102));
            TestDriver.await(() -> conditions().size() >= 3);
            run.stop();
        }
        assertThat(conditions().subList(0, 3)).containsExactly("LIVE", "STALE " + FeedReason.SILENT, "LIVE");
    }

    @Test
    void shouldRefuseOrdersWhileTheOrderGatewayIsSilentUntilItIsHeard()
    {
        final String configuration = configuration("gatewayTimeout: 300ms, stallMax: 1h", "");
        try (NodeRun run = new NodeRun(configuration).awaitReady();
            TestGateway orders = gateway(configuration, ORDERS, 20).link(true))
        {
            TestDriver.await(() -> !venueStatus().isEmpty());
            try (TestGateway feed = gateway(configuration, FEED, 70).link(false))
            {
                feed.send(OfflineNode.trades(feed.records(), 1));
                orders.send(orders.records().acknowledgement(0));
                feed.send(OfflineNode.trades(feed.records(), 1));
            }
            run.stop();
        }
        assertThat(venueStatus().subList(0, 2)).containsExactly(BooleanType.FALSE, BooleanType.TRUE);
        assertThat(refusals()).first().isEqualTo(RiskReason.VENUE_UNAVAILABLE);
    }

    /** Market data waits for a loop that is held for longer than data may be old, and every timeout is above that. */
    @Test
    void shouldRefuseOrdersOnDataThatHasWaitedForTheLoop()
    {
        final String configuration = configuration("gatewayTimeout: 0, stallMax: 1h", "")
            .replace("limits: {", "limits: {maxMarketDataAgeMs: 250, ");
        final AtomicBoolean mustHold = new AtomicBoolean();
        final AtomicBoolean isHeld = new AtomicBoolean();
        try (NodeRun run = new NodeRun(configuration, () -> hold(mustHold, isHeld)).awaitReady();
            TestGateway feed = gateway(configuration, FEED, 70).link(false))
        {
            mustHold.set(true);
            TestDriver.await(isHeld::get);
            final SystemEpochNanoClock clock = new SystemEpochNanoClock();
            final long receivedNs = clock.nanoTime();
            feed.records().timeNs(receivedNs);
            List.of(OfflineNode.trades(feed.records(), 1)).forEach(feed::add);
            TestDriver.await(() ->
            {
                feed.poll();
                return clock.nanoTime() - receivedNs > 300_000_000;
            });
            mustHold.set(false);
            feed.awaitAcknowledged();
            run.stop();
        }
        assertThat(refusals()).containsExactly(RiskReason.STALE_MARKET_DATA);
        assertThat(alerts()).isEmpty();
    }

    private static void hold(final AtomicBoolean mustHold, final AtomicBoolean isHeld)
    {
        isHeld.set(mustHold.get());
        TestDriver.await(() -> !mustHold.get());
    }

    /** The loop is held until the watchdog has seen it. */
    @Test
    void shouldSayThatItWasStalledAndGoOn()
    {
        final String configuration = configuration("gatewayTimeout: 0, stallMax: 200ms", "");
        final AtomicBoolean isHeld = new AtomicBoolean(true);
        try (NodeRun run = new NodeRun(configuration, () ->
        {
            if (isHeld.get())
            {
                TestDriver.await(() -> counter("stalls") > 0);
                isHeld.set(false);
            }
        }).awaitReady())
        {
            TestDriver.await(() -> !isHeld.get() && !alerts().isEmpty());
            run.stop();
        }
        assertThat(alerts()).first().isEqualTo(AlertType.SEQUENCER_STALLED + " " + TradingMode.NULL_VAL + " false");
        assertThat(counter("stalls")).isPositive();
        assertThat(counter("tradingMode")).isEqualTo(TradingMode.RUNNING.value());
    }
}
