package io.lockstep.cli.status;

import io.lockstep.sequencer.counters.CounterType;
import io.lockstep.sequencer.counters.NodeCounters;
import io.lockstep.sequencer.journal.NodeDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Counters, and what they say of a node. */
class NodeHealthTest
{
    private static final long NOW_MS = 1_000_000;
    private static final long STALE_MAX_MS = 5_000;

    private final Map<CounterType, Long> counters = new EnumMap<>(Map.of(
        CounterType.PROCESS_ID, 42L, CounterType.HEARTBEAT_MS, NOW_MS - 2_000, CounterType.TRADING_MODE, 0L,
        CounterType.GATEWAYS, 2L, CounterType.SILENT_GATEWAYS, 0L, CounterType.VENUE_READY, 1L,
        CounterType.ERRORS, 3L));
    private boolean isProcessThere = true;
    private String staleExposed = "";

    private NodeHealth health()
    {
        final Map<String, Long> byLabel = new HashMap<>();
        counters.forEach((type, value) -> byLabel.put(type.label(), value));
        return new NodeHealth(byLabel, isProcessThere, staleExposed, NOW_MS);
    }

    private static List<String> failed(final List<NodeHealth.Check> checks)
    {
        return checks.stream().filter((check) -> !check.ok()).map(NodeHealth.Check::name).toList();
    }

    private List<String> notReadyWith(final CounterType type, final long value)
    {
        final Long before = counters.put(type, value);
        final List<String> failed = failed(health().ready(STALE_MAX_MS));
        counters.put(type, before);
        return failed;
    }

    @Test
    void shouldBeAliveAndReady()
    {
        assertThat(failed(health().alive(2_000))).isEmpty();
        assertThat(failed(health().ready(STALE_MAX_MS))).isEmpty();
        assertThat(health().errors(3).ok()).isTrue();
    }

    @Test
    void shouldBeDeadWithoutAProcessOrAHeartbeat()
    {
        assertThat(failed(health().alive(1_999))).containsExactly("heartbeat");
        isProcessThere = false;
        assertThat(failed(health().alive(2_000))).containsExactly("process");
        isProcessThere = true;
        counters.put(CounterType.HEARTBEAT_MS, 0L);
        assertThat(failed(health().alive(Long.MAX_VALUE))).containsExactly("heartbeat");
    }

    @Test
    void shouldNotBeReadyForOneReasonEach()
    {
        assertThat(notReadyWith(CounterType.TRADING_MODE, 2)).containsExactly("tradingMode");
        assertThat(notReadyWith(CounterType.GATEWAYS, 0)).containsExactly("gateways");
        assertThat(notReadyWith(CounterType.SILENT_GATEWAYS, 1)).containsExactly("gateways");
        assertThat(notReadyWith(CounterType.VENUE_READY, 0)).containsExactly("venue");
        assertThat(health().errors(2).ok()).isFalse();
    }

    @Test
    void shouldNotBeReadyWhileTheMarketOfAPositionIsStaleForLong()
    {
        counters.put(CounterType.INSTRUMENTS, 3L);
        counters.put(CounterType.STALE_INSTRUMENTS, 2L);
        assertThat(failed(health().ready(0))).as("none matters").isEmpty();
        counters.put(CounterType.STALE_EXPOSED, 1L);
        counters.put(CounterType.STALE_EXPOSED_SINCE_MS, NOW_MS - STALE_MAX_MS);
        staleExposed = "A.SIM GAP";
        assertThat(failed(health().ready(STALE_MAX_MS))).isEmpty();
        assertThat(failed(health().ready(STALE_MAX_MS - 1))).containsExactly("market");
        assertThat(health().ready(0)).extracting(NodeHealth.Check::found)
            .contains("2 of 3 instruments stale, 1 with a position or orders since 5000 ms: A.SIM GAP");
    }

    @Test
    void shouldKnowNothingOfADirectoryWithoutCounters(@TempDir final Path directory)
    {
        final NodeHealth health = NodeHealth.of(new NodeDirectory(directory.resolve("none")), NOW_MS);
        assertThat(failed(health.alive(1))).containsExactly("process", "heartbeat");
        assertThat(failed(health.ready(STALE_MAX_MS))).containsExactly("tradingMode", "gateways", "venue");
    }

    @Test
    void shouldReadTheCountersOfANode(@TempDir final Path directory)
    {
        final NodeDirectory node = new NodeDirectory(directory);
        try (NodeCounters written = new NodeCounters(node.counters().toFile(), node.errors().toFile()))
        {
            written.set(CounterType.PROCESS_ID, ProcessHandle.current().pid());
            written.set(CounterType.HEARTBEAT_MS, NOW_MS - 5);
            assertThat(failed(NodeHealth.of(node, NOW_MS).alive(5))).isEmpty();
            assertThat(failed(NodeHealth.of(node, NOW_MS).alive(4))).containsExactly("heartbeat");
            assertThat(failed(NodeHealth.of(node, NOW_MS).ready(STALE_MAX_MS))).containsExactly("gateways", "venue");
        }
    }
}
