package io.lockstep.sequencer.node;

import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.text.Escapes;
import io.lockstep.codecs.text.InstrumentText;
import io.lockstep.codecs.text.LimitText;
import io.lockstep.core.instance.Leg;
import io.lockstep.core.instance.StrategyInstance;
import io.lockstep.core.TradingCore;
import io.lockstep.core.risk.LimitOrigins;
import io.lockstep.core.risk.LimitOrigins.Origin;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.TradingMode;
import io.lockstep.sequencer.apply.CoreConfiguration;
import io.lockstep.sequencer.apply.InstrumentIds;
import io.lockstep.sequencer.apply.RunningInstance;
import io.lockstep.sequencer.config.ConfiguredInstance;
import io.lockstep.sequencer.config.ConfiguredInstrument;
import io.lockstep.sequencer.config.Limit;
import io.lockstep.sequencer.config.NodeContext;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a start makes of the differences between what ran and what is configured, a line each: what it has changed, what it leaves
 * as an operator has set it, and what the core cannot do. To be made before the inputs of the start and asked behind them.
 */
final class ConfigurationDifferences
{
    private static final int FIRST_VERSION_WITH_ORIGINS = 4;

    private final TradingCore core;
    private final NodeContext context;
    private final boolean isFirstStart;
    private final boolean isUpgrade;
    private final Map<Scope, Values> before = new LinkedHashMap<>();
    private final Map<String, String> strategyBefore = new LinkedHashMap<>();
    private final int instrumentsBefore;
    private final List<String> lines = new ArrayList<>();
    private final List<String> standing = new ArrayList<>();

    /**
     * What a limit is of.
     *
     * @param strategy name of an instance; empty for a limit of the instrument.
     */
    private record Scope(String strategy, int instrumentId, LimitType type)
    {
        static Scope of(final int instrumentId, final LimitType type)
        {
            return new Scope("", instrumentId, type);
        }
    }

    /** Of one scope; null where there is none. */
    private record Values(BigDecimal configured, BigDecimal operator, long operatorSequence)
    {
        static final Values NONE = new Values(null, null, 0);
    }

    /**
     * @param logicVersion that the journal's newest incarnation had, 0 for none.
     */
    ConfigurationDifferences(final TradingCore core, final NodeContext context, final int logicVersion)
    {
        this.core = core;
        this.context = context;
        isFirstStart = core.lastSequence() == 0;
        isUpgrade = !isFirstStart && logicVersion < FIRST_VERSION_WITH_ORIGINS;
        instrumentsBefore = core.instrumentCount();
        before.putAll(limits());
        for (final RunningInstance instance : new CoreConfiguration(core).instances())
        {
            strategyBefore.put(instance.name(), String.valueOf(core.instances().find(instance.id()).definition()));
        }
    }

    private Map<Scope, Values> limits()
    {
        final Map<Scope, Values> limits = new LinkedHashMap<>();
        addLimits("", Nulls.NULL_INSTRUMENT_ID, core.limitOrigins(Nulls.NULL_INSTRUMENT_ID), limits);
        for (int id = 0; id < core.instrumentCount(); id++)
        {
            addLimits("", id, core.limitOrigins(id), limits);
        }
        for (int id = 1; id < core.instances().count(); id++)
        {
            final StrategyInstance instance = core.instances().find(id);
            for (int i = 0; instance.isPresent() && i < instance.legCount(); i++)
            {
                addLimits(instance.name(), instance.leg(i), limits);
            }
        }
        return limits;
    }

    private static void addLimits(final String strategy, final Leg leg, final Map<Scope, Values> limits)
    {
        if (leg.isLimited())
        {
            addLimits(strategy, leg.slot().id(), leg.limits().origins(), limits);
        }
    }

    private static void addLimits(
        final String strategy, final int instrumentId, final LimitOrigins origins, final Map<Scope, Values> limits)
    {
        for (final LimitType type : Limit.types())
        {
            if (origins.isSet(type))
            {
                limits.put(new Scope(strategy, instrumentId, type), new Values(value(origins, Origin.CONFIGURED, type),
                    value(origins, Origin.OPERATOR, type), origins.sequence(Origin.OPERATOR, type)));
            }
        }
    }

    private static BigDecimal value(final LimitOrigins origins, final Origin origin, final LimitType type)
    {
        return origins.isSet(origin, type)
            ? new Decimal(origins.mantissa(origin, type), origins.exponent(origin, type)).value()
            : null;
    }

    /** Looks at what has become of it; nothing at the first start of a directory. */
    void conclude()
    {
        if (isFirstStart)
        {
            return;
        }
        if (isUpgrade)
        {
            lines.add("limits are as configured: the version before kept no record of what an operator had set");
        }
        concludeLimits();
        concludeStrategies();
        concludeInstruments();
        if (core.mode() != TradingMode.RUNNING)
        {
            stand("trading mode " + core.mode() + " stays, whatever set it; 'control resume' ends it");
        }
    }

    /** A line for each difference. */
    List<String> lines()
    {
        return lines;
    }

    /** Those that are still there. */
    List<String> standing()
    {
        return standing;
    }

    private void stand(final String line)
    {
        lines.add(line);
        standing.add(line);
    }

    private void concludeLimits()
    {
        final Map<Scope, Values> after = limits();
        final Map<Scope, BigDecimal> wanted = wanted();
        final Map<Scope, Values> all = new LinkedHashMap<>(before);
        after.forEach(all::putIfAbsent);
        all.forEach((scope, ignored) -> concludeLimit(scope, before.getOrDefault(scope, Values.NONE),
            after.getOrDefault(scope, Values.NONE)));
        wanted.forEach((scope, value) ->
        {
            final BigDecimal configured = after.getOrDefault(scope, Values.NONE).configured;
            if (configured == null || configured.compareTo(value) != 0)
            {
                stand(name(scope) + ": configured " + text(scope, value) + " is NOT in force, the core refuses it");
            }
        });
    }

    private Map<Scope, BigDecimal> wanted()
    {
        final Map<Scope, BigDecimal> wanted = new LinkedHashMap<>();
        context.limits().forEach((limit) -> wanted.put(
            Scope.of(Nulls.NULL_INSTRUMENT_ID, limit.type()), limit.value().value()));
        context.allocations().forEach((allocation) -> wanted.put(
            Scope.of(Nulls.NULL_INSTRUMENT_ID, allocation.type()), allocation.share().value()));
        final InstrumentIds ids = new InstrumentIds(new CoreConfiguration(core));
        for (final ConfiguredInstrument configured : context.instruments())
        {
            configured.limits().forEach((limit) -> wanted.put(
                Scope.of(ids.id(configured.instrument().name()), limit.type()), limit.value().value()));
        }
        // Of one that is not there yet it is said that it is not.
        context.instances().stream().filter((instance) -> core.instances().find(instance.name()) != null)
            .forEach((instance) -> instance.legs().forEach((leg) -> instance.limits().forEach((limit) -> wanted.put(
                new Scope(instance.name(), ids.id(leg), limit.type()), limit.value().value()))));
        return wanted;
    }

    private void concludeLimit(final Scope scope, final Values was, final Values is)
    {
        final String operator = was.operator == null
            ? ""
            : "an operator's " + text(scope, was.operator) + " (sequence " + was.operatorSequence + ")";
        final boolean isChanged = is.configured != null &&
            (was.configured == null || was.configured.compareTo(is.configured) != 0);
        if (isChanged)
        {
            lines.add(name(scope) + ": " + text(scope, is.configured) + " as configured, before " +
                (was.configured == null ? "none" : text(scope, was.configured)) +
                (operator.isEmpty() ? "" : "; " + operator + " ends with that"));
        }
        else if (was.configured != null && is.configured == null)
        {
            lines.add(name(scope) + ": configured no more, " + text(scope, was.configured) + " is taken back");
        }
        if (is.operator != null)
        {
            stand(name(scope) + ": " + operator + " stays, " +
                (is.configured == null ? "nothing is configured" : "configured is " + text(scope, is.configured)) +
                "; 'control unset " + Limit.name(scope.type) + options(scope) + "' takes it back");
        }
    }

    private String options(final Scope scope)
    {
        return (scope.instrumentId == Nulls.NULL_INSTRUMENT_ID ? "" : " --instrument " + instrument(scope.instrumentId))
            +
            (scope.strategy.isEmpty() ? "" : " --strategy " + Escapes.line(scope.strategy));
    }

    private String name(final Scope scope)
    {
        return "limit " + Limit.name(scope.type) + " of " +
            (scope.strategy.isEmpty() ? "" : Escapes.line(scope.strategy) + " on ")
            + (scope.instrumentId == Nulls.NULL_INSTRUMENT_ID
                ? "all"
                : instrument(scope.instrumentId));
    }

    private String instrument(final int id)
    {
        return Escapes.line(core.instrument(id).name());
    }

    private String text(final Scope scope, final BigDecimal value)
    {
        if (scope.instrumentId != Nulls.NULL_INSTRUMENT_ID)
        {
            return new InstrumentText(core.instrument(scope.instrumentId)).limit(scope.type, value).toString();
        }
        return LimitText.ofSet(scope.type, value,
            core.instrumentCount() > 0 ? core.instrument(0).quoteCurrency() : "").toString();
    }

    private void concludeStrategies()
    {
        final Set<String> wanted = context.instances().stream().map(ConfiguredInstance::name)
            .collect(Collectors.toSet());
        for (int id = 1; id < core.instances().count(); id++)
        {
            final StrategyInstance instance = core.instances().find(id);
            if (instance.isPresent())
            {
                concludeStrategy(instance);
            }
        }
        for (final String name : strategyBefore.keySet())
        {
            if (core.instances().find(name) == null)
            {
                lines.add("strategy " + name + ": configured no more, before " + strategyBefore.get(name));
            }
        }
        for (final String name : wanted)
        {
            if (core.instances().find(name) == null)
            {
                stand("strategy " + name + ": configured, and NOT there; the next start tries again");
            }
        }
    }

    private void concludeStrategy(final StrategyInstance instance)
    {
        final String name = "strategy " + instance.name() + ": ";
        final String was = strategyBefore.get(instance.name());
        final String runs = instance.definition().toString();
        if (instance.isClosing())
        {
            stand(name
                + "configured no more; it opens nothing, and is taken out when it has neither position nor orders");
        }
        else if (instance.pending() != null)
        {
            stand(name + "configured " + instance.pending() + " is NOT in force yet, " + runs +
                " goes on while it has a position or open orders");
        }
        else if (!runs.equals(was))
        {
            lines.add(name + runs + " as configured, before " + (was == null ? "none" : was));
        }
        if (instance.isSuspended())
        {
            stand(name + "is suspended, for it failed; 'control strategy " + instance.name() + " resume' ends that");
        }
        else if (instance.isStopped())
        {
            stand(name + "was stopped by an operator and stays stopped; 'control strategy " + instance.name() +
                " start' ends that");
        }
    }

    private void concludeInstruments()
    {
        final Set<String> configured = context.instruments().stream()
            .map((instrument) -> instrument.instrument().name()).collect(Collectors.toSet());
        for (int id = 0; id < instrumentsBefore && !configured.isEmpty(); id++)
        {
            if (!configured.contains(core.instrument(id).name()))
            {
                stand("instrument " + instrument(id) + ": configured no more and still known, for none can be removed");
            }
        }
        for (int id = instrumentsBefore; id < core.instrumentCount(); id++)
        {
            lines.add("instrument " + instrument(id) + ": new");
        }
    }
}
