package io.lockstep.sequencer.node;

import io.lockstep.core.TradingCore;
import io.lockstep.core.host.CoreHost;
import io.lockstep.sequencer.counters.CoreLines;
import io.lockstep.sequencer.counters.CounterNote;
import io.lockstep.sequencer.counters.CounterType;
import io.lockstep.sequencer.counters.InstanceLines;
import io.lockstep.sequencer.counters.NodeCounters;
import io.lockstep.sequencer.counters.StaleInstruments;
import io.lockstep.sequencer.counters.VenueLines;
import io.lockstep.sequencer.loop.SequencerMonitor;
import io.lockstep.sequencer.loop.Stage;
import org.HdrHistogram.Histogram;

import java.util.concurrent.TimeUnit;

/**
 * Puts what the loop sees into counters and the tick-to-trade histogram.
 */
final class NodeMonitor implements SequencerMonitor
{
    private static final long TICK_TO_TRADE_MAX_NS = TimeUnit.SECONDS.toNanos(60);

    private static final long LINES_INTERVAL_MS = TimeUnit.SECONDS.toMillis(1);

    private final NodeCounters counters;
    private final CoreHost host;
    private final SequencerMonitor observer;
    /** A node that nobody measures asks this four times a batch instead of making a call that the compiler cannot inline. */
    private final boolean isObserved;
    private final Histogram tickToTrade = new Histogram(TICK_TO_TRADE_MAX_NS, 3);
    private final StaleInstruments staleInstruments;
    /** The watchdog's. */
    private long writtenLinesMs;
    private long inputs;
    private long batches;
    private long sequencedTimeNs;
    private boolean isLookAheadFailureSaid;

    /**
     * @param host     what the counters tell of.
     * @param observer is told of stages and of what was sent, too.
     */
    NodeMonitor(
        final NodeCounters counters,
        final CoreHost host,
        final SequencerMonitor observer)
    {
        this.counters = counters;
        this.host = host;
        this.observer = observer;
        staleInstruments = new StaleInstruments(host.core(), counters);
        isObserved = observer != SequencerMonitor.NONE;
    }

    Histogram tickToTrade()
    {
        return tickToTrade;
    }

    long inputs()
    {
        return inputs;
    }

    @Override
    public void onStage(final Stage stage)
    {
        if (isObserved)
        {
            observer.onStage(stage);
        }
    }

    @Override
    public void onBatch(final int batchInputs, final CoreHost ofHost, final long sequence, final long timeNs)
    {
        inputs += batchInputs;
        batches++;
        sequencedTimeNs = timeNs;
        // What waits for the node to come to a sequence looks at it all the time.
        counters.set(CounterType.LAST_SEQUENCE, sequence);
    }

    /** Counters are for people, who look now and then: all but one are written now and then, and cost a batch nothing. */
    void publish()
    {
        final TradingCore core = host.core();
        sayLookAheadFailure();
        counters.set(CounterType.INPUTS, inputs);
        counters.set(CounterType.BATCHES, batches);
        counters.set(CounterType.DECISIONS, host.decisionCount());
        counters.set(CounterType.SEQUENCED_TIME_NS, sequencedTimeNs);
        counters.set(CounterType.ORDERS, host.ordersSent());
        counters.set(CounterType.RISK_REJECTS, host.riskRejects());
        counters.set(host.refusals());
        counters.set(CounterType.TRADING_MODE, core.mode().value());
        counters.set(CounterType.INSTRUMENTS, core.instrumentCount());
        counters.set(CounterType.UNKNOWN_INSTRUMENTS, core.unknownInstruments());
        counters.set(CounterType.UNKNOWN_ORDERS, core.unknownOrders());
        counters.set(CounterType.IMPOSSIBLE_ORDER_EVENTS, core.impossibleOrderEvents());
        counters.set(CounterType.UNCOUNTABLE_EXECUTIONS, core.uncountableExecutions());
        counters.set(CounterType.UNCONVERTED_AMOUNTS, core.rates().unconverted());
        counters.set(CounterType.TIMERS, host.timers().count());
        counters.set(CounterType.OPEN_ORDERS, core.openOrderCount());
        counters.set(CounterType.REPEATED_EXECUTIONS, core.repeatedExecutions());
        staleInstruments.look(System.currentTimeMillis());
    }

    /** Once: from there on nothing is read ahead. */
    private void sayLookAheadFailure()
    {
        if (!isLookAheadFailureSaid && host.lookAheadFailure() != null)
        {
            isLookAheadFailureSaid = true;
            counters.onError(host.lookAheadFailure());
        }
    }

    /** Writes what people read. On the watchdog's thread. */
    void writeNotes()
    {
        writeLines(System.currentTimeMillis());
    }

    /** Instances and venues, once a second. */
    private void writeLines(final long nowMs)
    {
        if (nowMs - writtenLinesMs < LINES_INTERVAL_MS)
        {
            return;
        }
        writtenLinesMs = nowMs;
        try
        {
            counters.note(CounterNote.STRATEGIES, InstanceLines.text(CoreLines.instances(host.core())));
            counters.note(CounterNote.VENUES, VenueLines.text(CoreLines.venues(host.core())));
        }
        catch (final RuntimeException ex)
        {
            // The loop goes on while this is read, and an instance may be half taken out: the look in a second has it whole.
        }
    }

    @Override
    public void onTickToTrade(final long durationNs)
    {
        tickToTrade.recordValue(Math.min(durationNs, TICK_TO_TRADE_MAX_NS));
        if (isObserved)
        {
            observer.onTickToTrade(durationNs);
        }
    }

    @Override
    public void onTimeBackwards(final long byNs)
    {
        counters.increment(CounterType.TIME_BACKWARDS);
    }
}
