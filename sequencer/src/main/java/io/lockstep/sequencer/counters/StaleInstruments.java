package io.lockstep.sequencer.counters;

import io.lockstep.core.TradingCore;
import org.agrona.collections.IntArrayList;

import java.util.Arrays;

/**
 * Counts the instruments whose market is stale, and those among them that a position or open orders make matter. It looks at some
 * in each turn, so that a node with ten thousand of them loses no time with it, and says what it has found when it has been
 * around. For the loop's thread; allocates when there are new instruments and when others have become stale.
 */
public final class StaleInstruments
{
    private static final int SLICE = 512;
    private static final int NAMES_MAX = 100;

    private final TradingCore core;
    private final NodeCounters counters;
    private final IntArrayList exposed = new IntArrayList();
    private final IntArrayList said = new IntArrayList();
    private long[] exposedSinceMs = new long[0];
    private int next;
    private int stale;
    private long oldestMs = Long.MAX_VALUE;

    public StaleInstruments(final TradingCore core, final NodeCounters counters)
    {
        this.core = core;
        this.counters = counters;
    }

    /**
     * Looks at the next instruments.
     *
     * @param nowMs wall clock.
     */
    public void look(final long nowMs)
    {
        final int count = core.instrumentCount();
        if (exposedSinceMs.length < count)
        {
            exposedSinceMs = Arrays.copyOf(exposedSinceMs, count);
        }
        final int end = Math.min(count, next + SLICE);
        for (int id = next; id < end; id++)
        {
            look(id, nowMs);
        }
        next = end;
        if (next == count)
        {
            publish();
        }
    }

    private void look(final int id, final long nowMs)
    {
        if (core.market(id).isLive())
        {
            exposedSinceMs[id] = 0;
            return;
        }
        stale++;
        if (core.position(id).netLots() == 0 && core.openOrders(id).count() == 0)
        {
            exposedSinceMs[id] = 0;
            return;
        }
        exposedSinceMs[id] = exposedSinceMs[id] == 0 ? nowMs : exposedSinceMs[id];
        oldestMs = Math.min(oldestMs, exposedSinceMs[id]);
        exposed.addInt(id);
    }

    private void publish()
    {
        counters.set(CounterType.STALE_INSTRUMENTS, stale);
        counters.set(CounterType.STALE_EXPOSED, exposed.size());
        counters.set(CounterType.STALE_EXPOSED_SINCE_MS, exposed.isEmpty() ? 0 : oldestMs);
        if (!exposed.equals(said))
        {
            said.clear();
            said.addAll(exposed);
            counters.note(CounterNote.STALE_EXPOSED, names());
        }
        next = 0;
        stale = 0;
        oldestMs = Long.MAX_VALUE;
        exposed.clear();
    }

    private String names()
    {
        final StringBuilder names = new StringBuilder();
        for (int i = 0; i < Math.min(exposed.size(), NAMES_MAX); i++)
        {
            final int id = exposed.getInt(i);
            names.append(i == 0 ? "" : ", ").append(core.instrument(id).name()).append(' ')
                .append(core.market(id).reason());
        }
        return names.append(exposed.size() > NAMES_MAX ? ", ..." : "").toString();
    }
}
