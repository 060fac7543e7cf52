package io.lockstep.sequencer.safety;

import io.lockstep.sequencer.counters.CounterType;
import io.lockstep.sequencer.counters.NodeCounters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** Once for each stall, with the place where the loop stands. */
class WatchdogTest
{
    private static final long STALL_MAX_NS = 1_000;

    @TempDir
    private Path path;
    private NodeCounters counters;
    private long nowNs = 50_000;
    private Watchdog watchdog;

    @BeforeEach
    void watch()
    {
        counters = new NodeCounters(path.resolve("counters").toFile(), path.resolve("errors").toFile());
        watchdog = new Watchdog(counters, () -> nowNs, Thread.currentThread(), STALL_MAX_NS, new DirectoryWatch(),
            () ->
            {
            });
    }

    @AfterEach
    void close()
    {
        counters.close();
    }

    private long stallsAfter(final long ns)
    {
        nowNs += ns;
        watchdog.doWork();
        return counters.counter(CounterType.STALLS).get();
    }

    private String errors()
    {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        NodeCounters.printErrors(path.resolve("errors"), new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void shouldBeSilentWhileTheLoopTurns()
    {
        assertThat(stallsAfter(STALL_MAX_NS)).as("from the beginning").isZero();
        for (int i = 0; i < 10; i++)
        {
            watchdog.onTurn(nowNs);
            assertThat(stallsAfter(STALL_MAX_NS)).isZero();
        }
        assertThat(errors()).isEmpty();
    }

    @Test
    void shouldSayOnceForEachStallWhereTheLoopStands()
    {
        assertThat(stallsAfter(STALL_MAX_NS + 1)).as("it never turned").isEqualTo(1);
        assertThat(stallsAfter(1_000_000)).as("the same stall").isEqualTo(1);
        watchdog.onTurn(nowNs);
        assertThat(stallsAfter(STALL_MAX_NS)).isEqualTo(1);
        assertThat(stallsAfter(1)).as("another").isEqualTo(2);

        assertThat(errors()).contains("the loop makes no turn: stalledNs=" + (STALL_MAX_NS + 1))
            .contains("thread=" + Thread.currentThread().getName())
            .contains("WatchdogTest.shouldSayOnceForEachStallWhereTheLoopStands");
    }
}
