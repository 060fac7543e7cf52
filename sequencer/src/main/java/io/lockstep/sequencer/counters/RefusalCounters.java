package io.lockstep.sequencer.counters;

import io.lockstep.core.host.Refusals;
import io.lockstep.sbe.OrdRejReason;
import io.lockstep.sbe.RiskReason;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersManager;

import java.util.Arrays;

/**
 * A counter for each reason that something was refused for, named {@code refusals.}, {@code venueRefusals.} or
 * {@code requestRefusals.} and the reason.
 */
final class RefusalCounters
{
    private static final RiskReason[] RISK_REASONS = Arrays.stream(RiskReason.values())
        .filter((reason) -> reason != RiskReason.NONE && reason != RiskReason.NULL_VAL).toArray(RiskReason[]::new);
    private static final OrdRejReason[] VENUE_REASONS = Arrays.stream(OrdRejReason.values())
        .filter((reason) -> reason != OrdRejReason.NULL_VAL).toArray(OrdRejReason[]::new);
    static final int COUNT = RISK_REASONS.length + 2 * VENUE_REASONS.length;

    private final AtomicCounter[] refused = new AtomicCounter[RISK_REASONS.length];
    private final AtomicCounter[] orders = new AtomicCounter[VENUE_REASONS.length];
    private final AtomicCounter[] requests = new AtomicCounter[VENUE_REASONS.length];

    /**
     * @param firstTypeId of the counters, which have consecutive ones.
     */
    RefusalCounters(final CountersManager manager, final int firstTypeId)
    {
        make(manager, "refusals.", RISK_REASONS, refused, firstTypeId);
        make(manager, "venueRefusals.", VENUE_REASONS, orders, firstTypeId + refused.length);
        make(manager, "requestRefusals.", VENUE_REASONS, requests, firstTypeId + refused.length + orders.length);
    }

    private static void make(
        final CountersManager manager,
        final String prefix,
        final Enum<?>[] reasons,
        final AtomicCounter[] counters,
        final int firstTypeId)
    {
        for (int i = 0; i < reasons.length; i++)
        {
            counters[i] = manager.newCounter(prefix + Refusals.name(reasons[i]), firstTypeId + i);
        }
    }

    void set(final Refusals counts)
    {
        for (int i = 0; i < refused.length; i++)
        {
            refused[i].setRelease(counts.refused(RISK_REASONS[i]));
        }
        for (int i = 0; i < orders.length; i++)
        {
            orders[i].setRelease(counts.ordersRejected(VENUE_REASONS[i]));
            requests[i].setRelease(counts.requestsRejected(VENUE_REASONS[i]));
        }
    }
}
