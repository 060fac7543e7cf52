package io.lockstep.journal.read;

import io.lockstep.core.StrategyView;
import io.lockstep.core.TradingCore;
import io.lockstep.core.instance.StrategyInstance;
import io.lockstep.core.instrument.InstrumentSlot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Says why a run has not traded: from no strategy to no signal, as far as the run can tell.
 *
 * @param core     at the end of the run.
 * @param activity of the run's records.
 * @param orders   that were sent.
 * @param refused  by the engine's own checks, by reason.
 * @param rejected by the venue, by reason.
 */
public record NothingTraded(
    TradingCore core, Activity activity, long orders, Map<String, Long> refused, Map<String, Long> rejected)
{
    private static final int INSTRUMENTS_NAMED_MAX = 5;

    /** Sentences, the whole run first. */
    public List<String> reasons()
    {
        final List<String> reasons = new ArrayList<>();
        if (assigned() == 0)
        {
            reasons.add("nothing was traded: no strategy is assigned to any instrument");
            return reasons;
        }
        reasons.add("nothing was traded: " + ofOrders());
        final Map<String, List<String>> instrumentsByReason = new LinkedHashMap<>();
        for (int id = 0; id < core.instrumentCount(); id++)
        {
            final String reason = ofInstrument(id);
            if (reason != null)
            {
                instrumentsByReason.computeIfAbsent(reason, (key) -> new ArrayList<>()).add(core.instrument(id).name());
            }
        }
        instrumentsByReason.forEach((reason, names) -> reasons.add(named(names) + " " + reason));
        return reasons;
    }

    private int assigned()
    {
        int count = 0;
        for (int id = 1; id < core.instances().count(); id++)
        {
            count += core.instances().find(id).isPresent() ? 1 : 0;
        }
        return count;
    }

    private String ofOrders()
    {
        final long refusedCount = sum(refused);
        final long rejectedCount = sum(rejected);
        final String beside = refusedCount == 0
            ? ""
            : ", and " + refusedCount + " more were refused by the engine's own checks: " + counts(refused);
        if (orders == 0)
        {
            return refusedCount == 0
                ? "the strategies asked for no order"
                : "all " + refusedCount + " orders were refused by the engine's own checks: " + counts(refused);
        }
        if (rejectedCount >= orders)
        {
            return "the venue refused all " + orders + " orders: " + counts(rejected) + beside;
        }
        return "none of " + orders + " orders was filled, " + core.openOrderCount() + " of them open at the end" +
            (rejectedCount == 0 ? "" : ", " + rejectedCount + " refused by the venue: " + counts(rejected)) + beside;
    }

    /** Null when there is nothing to say of it. */
    private String ofInstrument(final int id)
    {
        final Activity.Market market = activity.of(id);
        if (!hasStrategy(id))
        {
            return "has no strategy";
        }
        if (market.events() == 0)
        {
            return "had no market data";
        }
        if (!market.wasLive)
        {
            return "was never tradable: " + whyNeverLive(id, market);
        }
        return ofStrategies(core.slot(id));
    }

    private boolean hasStrategy(final int id)
    {
        final InstrumentSlot slot = core.slot(id);
        for (int i = 0; i < slot.legCount(); i++)
        {
            if (!slot.leg(i).instance().isNobody())
            {
                return true;
            }
        }
        return false;
    }

    /** Of the first that is suspended, or has not seen enough yet; null when there is none. */
    private String ofStrategies(final InstrumentSlot slot)
    {
        for (int i = 0; i < slot.legCount(); i++)
        {
            final StrategyInstance instance = slot.leg(i).instance();
            final StrategyView strategy = core.strategy(instance.id());
            if (instance.isSuspended())
            {
                return "has " + instance.name() + ", which was suspended, for it failed";
            }
            if (strategy != null && strategy.warmUpSeen() < strategy.warmUpNeeded())
            {
                return "gave " + strategy.strategyName() + " " + strategy.warmUpSeen() + " of the " +
                    strategy.warmUpNeeded() + " prices that it needs before its first signal";
            }
        }
        return null;
    }

    private String whyNeverLive(final int id, final Activity.Market market)
    {
        if (market.depthChanges > 0 && market.snapshots == 0)
        {
            return "its " + market.depthChanges + " depth changes had no snapshot to apply to";
        }
        return "reason=" + core.market(id).reason() + " at the end; it had depthChanges=" + market.depthChanges +
            " snapshots=" + market.snapshots + " quotes=" + market.quotes + " trades=" + market.trades + " bars=" +
            market.bars;
    }

    private static String named(final List<String> names)
    {
        return String.join(", ", names.subList(0, Math.min(INSTRUMENTS_NAMED_MAX, names.size()))) +
            (names.size() > INSTRUMENTS_NAMED_MAX ? " and " + (names.size() - INSTRUMENTS_NAMED_MAX) + " others" : "");
    }

    private static long sum(final Map<String, Long> countByReason)
    {
        return countByReason.values().stream().mapToLong(Long::longValue).sum();
    }

    private static String counts(final Map<String, Long> countByReason)
    {
        return countByReason.entrySet().stream().map((entry) -> entry.getKey() + " " + entry.getValue())
            .collect(Collectors.joining(", "));
    }
}
