package io.lockstep.core.host;

import io.lockstep.sbe.OrdRejReason;
import io.lockstep.sbe.RiskReason;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was refused, counted by reason: orders by the engine's own checks before they were sent, orders by the venue, and cancels and
 * replaces by the venue. Fixed tables, one number for each reason of the schema: counting allocates nothing. One thread.
 */
public final class Refusals
{
    private final long[] byRiskReason = new long[RiskReason.values().length];
    private final long[] orders = new long[OrdRejReason.values().length];
    private final long[] requests = new long[OrdRejReason.values().length];

    /** The engine refused an order or a replace. */
    void onRefused(final RiskReason reason)
    {
        byRiskReason[(reason == RiskReason.NULL_VAL ? RiskReason.SBE_UNKNOWN : reason).ordinal()]++;
    }

    /** The venue refused an order. */
    void onOrderRejected(final OrdRejReason reason)
    {
        orders[known(reason).ordinal()]++;
    }

    /** The venue refused a cancel or a replace. */
    void onRequestRejected(final OrdRejReason reason)
    {
        requests[known(reason).ordinal()]++;
    }

    private static OrdRejReason known(final OrdRejReason reason)
    {
        return reason == OrdRejReason.NULL_VAL ? OrdRejReason.SBE_UNKNOWN : reason;
    }

    /** What a reason is called; one that this schema does not know is {@code OTHER}. */
    public static String name(final Enum<?> reason)
    {
        return reason.name().equals("SBE_UNKNOWN") ? "OTHER" : reason.name();
    }

    /** Begins to count anew. */
    public void clear()
    {
        Arrays.fill(byRiskReason, 0);
        Arrays.fill(orders, 0);
        Arrays.fill(requests, 0);
    }

    /** Orders and replaces that the engine refused for this reason. */
    public long refused(final RiskReason reason)
    {
        return byRiskReason[reason.ordinal()];
    }

    /** Orders that the venue refused for this reason. */
    public long ordersRejected(final OrdRejReason reason)
    {
        return orders[reason.ordinal()];
    }

    /** Cancels and replaces that the venue refused for this reason. */
    public long requestsRejected(final OrdRejReason reason)
    {
        return requests[reason.ordinal()];
    }

    /** Counts above zero of what the engine refused, by the reason's name. Allocates. */
    public Map<String, Long> refused()
    {
        return above0(RiskReason.values(), byRiskReason);
    }

    /** Counts above zero of orders that the venue refused, by the reason's name. Allocates. */
    public Map<String, Long> ordersRejected()
    {
        return above0(OrdRejReason.values(), orders);
    }

    /** Counts above zero of cancels and replaces that the venue refused, by the reason's name. Allocates. */
    public Map<String, Long> requestsRejected()
    {
        return above0(OrdRejReason.values(), requests);
    }

    private static Map<String, Long> above0(final Enum<?>[] reasons, final long[] counts)
    {
        final Map<String, Long> countByReason = new TreeMap<>();
        for (final Enum<?> reason : reasons)
        {
            if (counts[reason.ordinal()] > 0)
            {
                countByReason.put(name(reason), counts[reason.ordinal()]);
            }
        }
        return countByReason;
    }
}
