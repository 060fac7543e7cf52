package io.lockstep.sequencer.node;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.codecs.text.Escapes;
import io.lockstep.core.TradingCore;
import io.lockstep.core.host.CoreHost;
import io.lockstep.sequencer.SequencerMonitor;
import io.lockstep.sequencer.Stage;
import io.lockstep.sequencer.ingress.IngressMonitor;
import io.lockstep.sequencer.log.ProcessLog;
import org.HdrHistogram.Histogram;
import org.agrona.DirectBuffer;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Puts what the loop sees into counters, the error log and the tick-to-trade histogram.
 */
final class NodeMonitor implements SequencerMonitor, IngressMonitor
{
    private static final long TICK_TO_TRADE_MAX_NS = TimeUnit.SECONDS.toNanos(60);

    private final NodeCounters counters;
    private final CoreHost host;
    private final Consumer<String> notices;
    private final SequencerMonitor observer;
    /** A node that nobody measures asks this four times a batch instead of making a call that the compiler cannot inline. */
    private final boolean isObserved;
    private final Histogram tickToTrade = new Histogram(TICK_TO_TRADE_MAX_NS, 3);
    private final StaleInstruments staleInstruments;
    private final ProcessLog log;
    private volatile long limitChanges = -1;
    /** The watchdog's. */
    private long writtenLimits = -1;
    private long inputs;
    private long batches;
    private long sequencedTimeNs;

    /**
     * @param host     what the counters tell of.
     * @param notices  told what an operator should read.
     * @param log      has a line for each gateway that comes.
     * @param observer is told of stages and of what was sent, too.
     */
    NodeMonitor(
        final NodeCounters counters,
        final CoreHost host,
        final Consumer<String> notices,
        final ProcessLog log,
        final SequencerMonitor observer)
    {
        this.log = log;
        this.notices = notices;
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
        counters.set(CounterType.TIMERS, host.timers().count());
        counters.set(CounterType.OPEN_ORDERS, core.openOrderCount());
        counters.set(CounterType.REPEATED_EXECUTIONS, core.repeatedExecutions());
        staleInstruments.look(System.currentTimeMillis());
        limitChanges = core.limitChanges();
    }

    /**
     * Writes the limits for people when they have changed. On the watchdog's thread, for the text is an allocation: what it
     * reads is at least as new as the count that was published, and what changes meanwhile is written at the next look.
     */
    void writeLimits()
    {
        final long changes = limitChanges;
        if (changes != writtenLimits)
        {
            counters.note(CounterNote.LIMITS, LimitLines.of(host.core()));
            writtenLimits = changes;
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

    @Override
    public void onRejected(
        final String problem, final DirectBuffer buffer, final int offset, final int length, final int sessionId)
    {
        counters.increment(CounterType.REJECTED_MESSAGES);
        final boolean hasHeader = length >= RecordDescriptor.BODY_OFFSET;
        counters.onError(new IllegalArgumentException("message refused: " + problem + ": session=" +
            sessionId + " length=" + length + (hasHeader
                ? " sourceId=" +
                    RecordDescriptor.sourceId(buffer, offset) + " schemaId=" + RecordDescriptor.schemaId(buffer, offset)
                    +
                    " version=" + RecordDescriptor.version(buffer, offset) + " templateId=" +
                    RecordDescriptor.templateId(buffer, offset)
                : "")));
    }

    @Override
    public void onRepeat(final int sourceId, final long sequence)
    {
        counters.increment(CounterType.REPEATED_MESSAGES);
    }

    @Override
    public void onLinked(final int sourceId, final int session, final String process)
    {
        log.info("link", "a gateway comes: sourceId=" + sourceId + " process=" + name(process, session));
    }

    @Override
    public void onSourceHeld(
        final int sourceId, final int session, final String process, final int holderSession,
        final String holderProcess)
    {
        notices.accept("a gateway is refused: sourceId=" + sourceId + " is held by another whose link lives: holder=" +
            name(holderProcess, holderSession) + " refused=" + name(process, session));
    }

    @Override
    public void onTakeOver(
        final int sourceId, final int session, final String process, final int silentSession,
        final String silentProcess, final long silentNs)
    {
        notices.accept("a gateway takes over: sourceId=" + sourceId + " from=" + name(silentProcess, silentSession) +
            " silent for " + TimeUnit.NANOSECONDS.toMillis(silentNs) + " ms, to=" + name(process, session));
    }

    /** The text is another process's own. */
    private static String name(final String process, final int session)
    {
        return (process.isEmpty() ? "unknown process" : Escapes.line(process)) + " (session " + session + ")";
    }

    @Override
    public void onGap(final int sourceId, final long expected, final long actual)
    {
        counters.increment(CounterType.SOURCE_GAPS);
        counters
            .onError(new IllegalStateException("source gap: sourceId=" + sourceId + " expectedSequence=" + expected +
                " actualSequence=" + actual));
    }
}
