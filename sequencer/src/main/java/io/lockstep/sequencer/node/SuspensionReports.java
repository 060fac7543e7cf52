package io.lockstep.sequencer.node;

import io.lockstep.core.TradingCore;
import io.lockstep.core.host.SuspensionText;
import io.lockstep.core.instance.Leg;
import io.lockstep.core.instance.StrategyInstance;
import io.lockstep.core.instance.SuspensionListener;
import io.lockstep.core.strategy.Strategy;
import io.lockstep.sbe.StrategyCallback;
import io.lockstep.sequencer.log.ProcessLog;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;

import java.util.function.Consumer;

/**
 * What strategies threw, for the log and the operator: the decision in the journal names the class of the exception alone. The loop's
 * thread makes the text, for it happens once until an operator resumes the instance; the watchdog's thread writes it.
 */
final class SuspensionReports implements SuspensionListener
{
    private static final int WAITING_MAX = 64;

    private final TradingCore core;
    private final ProcessLog log;
    private final Consumer<String> notices;
    private final OneToOneConcurrentArrayQueue<String> texts = new OneToOneConcurrentArrayQueue<>(WAITING_MAX);

    SuspensionReports(final TradingCore core, final ProcessLog log, final Consumer<String> notices)
    {
        this.core = core;
        this.log = log;
        this.notices = notices;
    }

    /** One that finds no room is in the journal all the same. */
    @Override
    public void onSuspended(
        final StrategyInstance instance,
        final Leg leg,
        final StrategyCallback callback,
        final Strategy strategy,
        final RuntimeException failure)
    {
        texts.offer(SuspensionText.of(instance, leg, callback, strategy.getClass(), core.lastSequence(), failure));
    }

    /** On the watchdog's thread. */
    void write()
    {
        for (String text = texts.poll(); text != null; text = texts.poll())
        {
            log.error("strategy", text);
            notices.accept(text);
        }
    }
}
