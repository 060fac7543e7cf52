package io.lockstep.cli.status;

import io.lockstep.codecs.text.Escapes;
import io.lockstep.sbe.TradingMode;
import io.lockstep.sequencer.counters.CounterNote;
import io.lockstep.sequencer.counters.CounterType;
import io.lockstep.sequencer.counters.NodeCounters;
import io.lockstep.sequencer.journal.NodeDirectory;

import java.util.List;
import java.util.Map;

/**
 * How a node does, by its counters and at one moment.
 */
public final class NodeHealth
{
    /**
     * One thing that must be so.
     */
    public record Check(String name, boolean ok, String found, String wanted)
    {
        /** The same by another name. */
        public Check named(final String newName)
        {
            return new Check(newName, ok, found, wanted);
        }
    }

    private static final short RUNNING = TradingMode.RUNNING.value();

    private final Map<String, Long> counters;
    private final boolean isProcessThere;
    private final String staleExposed;
    private final long nowMs;

    /**
     * @param counters       of the node, empty where it has none.
     * @param isProcessThere whether its process is.
     * @param staleExposed   names of the stale instruments that have a position or open orders.
     * @param nowMs          wall clock.
     */
    NodeHealth(
        final Map<String, Long> counters, final boolean isProcessThere, final String staleExposed, final long nowMs)
    {
        this.staleExposed = staleExposed;
        this.counters = counters;
        this.isProcessThere = isProcessThere;
        this.nowMs = nowMs;
    }

    /** Of a directory where a node may or may not run. */
    public static NodeHealth of(final NodeDirectory directory, final long nowMs)
    {
        // A node that starts makes the file in one go, but not its length.
        final Map<String, Long> counters = directory.counters().toFile().length() == 0
            ? Map.of()
            : NodeCounters.read(directory.counters());
        final long pid = counters.getOrDefault(CounterType.PROCESS_ID.label(), 0L);
        return new NodeHealth(counters, pid > 0 && ProcessHandle.of(pid).isPresent(),
            counters.isEmpty() ? "" : NodeCounters.readNote(directory.counters(), CounterNote.STALE_EXPOSED), nowMs);
    }

    /** What a node that lives shows. */
    public List<Check> alive(final long heartbeatMaxMs)
    {
        // The heart may have beaten since the time was taken.
        final long ageMs = Math.max(0, nowMs - value(CounterType.HEARTBEAT_MS));
        final boolean hasHeartbeat = value(CounterType.HEARTBEAT_MS) > 0;
        return List.of(
            new Check("process", isProcessThere, "pid " + value(CounterType.PROCESS_ID) +
                (isProcessThere ? "" : " is not there"), "one that runs"),
            new Check("heartbeat", hasHeartbeat && ageMs <= heartbeatMaxMs,
                hasHeartbeat ? "age " + ageMs + " ms" : "none yet", heartbeatMaxMs + " ms or less"));
    }

    /**
     * What a node that trades shows besides.
     *
     * @param staleMaxMs how long the market of a position or of open orders may be stale.
     */
    public List<Check> ready(final long staleMaxMs)
    {
        final long mode = value(CounterType.TRADING_MODE);
        final long gateways = value(CounterType.GATEWAYS);
        final long silent = value(CounterType.SILENT_GATEWAYS);
        final boolean isVenueReady = value(CounterType.VENUE_READY) == 1;
        return List.of(
            new Check("tradingMode", mode == RUNNING && !counters.isEmpty(),
                counters.isEmpty() ? "unknown" : TradingMode.get((short)mode).name(), TradingMode.RUNNING.name()),
            new Check("gateways", gateways > 0 && silent == 0, gateways + " linked, " + silent + " silent",
                "some linked, none silent"),
            new Check("venue", isVenueReady, isVenueReady ? "reconciled" : "not reconciled", "reconciled"),
            market(staleMaxMs));
    }

    private Check market(final long staleMaxMs)
    {
        final long exposed = value(CounterType.STALE_EXPOSED);
        final long sinceMs = value(CounterType.STALE_EXPOSED_SINCE_MS);
        final long ageMs = exposed == 0 ? 0 : Math.max(0, nowMs - sinceMs);
        return new Check("market", ageMs <= staleMaxMs, value(CounterType.STALE_INSTRUMENTS) + " of " +
            value(CounterType.INSTRUMENTS) + " instruments stale, " + exposed + " with a position or orders" +
            (exposed == 0 ? "" : " since " + ageMs + " ms: " + Escapes.line(staleExposed)),
            "none with a position or orders for more than " + staleMaxMs + " ms");
    }

    /** Whether there were no more errors than this. */
    public Check errors(final long max)
    {
        final long errors = value(CounterType.ERRORS);
        return new Check("errors", errors <= max, String.valueOf(errors), max + " or less");
    }

    private long value(final CounterType type)
    {
        return counters.getOrDefault(type.label(), 0L);
    }
}
