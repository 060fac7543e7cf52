package io.lockstep.sequencer.config;

import java.util.concurrent.TimeUnit;

/**
 * What a node does about things that go wrong, and how it stops; keys of the section {@code node}.
 *
 * @param reconcile        whether orders wait until their venue's order gateway has reported how its orders stand.
 * @param gatewayTimeoutNs after which a gateway that says nothing is taken for gone; 0 for never.
 * @param requestAgeMaxNs  after which a new order or replace that the gateway has not had is not sent; 0 for never.
 * @param clockStepMaxNs   the largest step of the wall clock that is let pass.
 * @param clockBehindMaxNs how far the wall clock may be behind the journal's last time at a start that does not halt.
 * @param stallMaxNs       the longest time between two turns of the loop that is let pass.
 * @param onStop           what becomes of open orders when the node is told to stop.
 * @param stopTimeoutNs    how long a stop waits for the venues.
 */
public record SafetyContext(
    boolean reconcile,
    long gatewayTimeoutNs,
    long requestAgeMaxNs,
    long clockStepMaxNs,
    long clockBehindMaxNs,
    long stallMaxNs,
    OnStop onStop,
    long stopTimeoutNs)
{
    /** What becomes of open orders when a node is told to stop. */
    public enum OnStop
    {
        /** They are cancelled. */
        CANCEL,
        /** They stay open at the venue. */
        KEEP
    }

    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long HOUR_NS = TimeUnit.HOURS.toNanos(1);

    static SafetyContext read(final YamlSection node)
    {
        return new SafetyContext(
            node.flag("reconcile", true),
            node.durationNs("gatewayTimeout", SECOND_NS, 0, HOUR_NS),
            node.durationNs("requestAgeMax", 5 * SECOND_NS, 0, Long.MAX_VALUE),
            node.durationNs("clockStepMax", SECOND_NS, TimeUnit.MILLISECONDS.toNanos(1), Long.MAX_VALUE),
            node.durationNs("clockBehindMax", SECOND_NS, 0, Long.MAX_VALUE),
            node.durationNs("stallMax", SECOND_NS, TimeUnit.MILLISECONDS.toNanos(200), HOUR_NS),
            node.constant("onStop", OnStop.class, OnStop.CANCEL),
            node.durationNs("stopTimeout", 5 * SECOND_NS, 0, HOUR_NS));
    }

    /** The same for a run whose venue is within it, so that there is nothing to reconcile. */
    SafetyContext withoutReconciliation()
    {
        return new SafetyContext(
            false, gatewayTimeoutNs, requestAgeMaxNs, clockStepMaxNs, clockBehindMaxNs, stallMaxNs, onStop,
            stopTimeoutNs);
    }
}
