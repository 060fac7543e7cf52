package io.lockstep.sequencer.apply;

import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.text.Numbers;
import io.lockstep.core.instance.StrategyDefinition;
import io.lockstep.sbe.AllocateStrategyEncoder;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.Decimal64Encoder;
import io.lockstep.sbe.StrategyDefinitionEncoder;
import io.lockstep.sbe.UnassignStrategyEncoder;
import io.lockstep.sequencer.config.ConfiguredInstance;
import io.lockstep.sequencer.config.NodeContext;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Strategies' instances: those that are configured no more are taken out, new ones get the next id, and known ones get other
 * parameters or code where those are others. An instance over other legs, or of another strategy, is another one: the one before is taken
 * out, and the next start or application makes it anew when that is done.
 */
final class StrategyChanges
{
    private static final String REASON = "configuration";
    /** The weight that an instance has when nothing is said of it. */
    private static final Decimal UNCHANGED = new Decimal(0, Decimal64Encoder.exponentNullValue());
    private static final Decimal UNBOUNDED = new Decimal(-1, 0);

    private final NodeContext context;
    private final RunningConfiguration running;
    private final ToLongFunction<String> codeHash;
    private final InstrumentIds ids;
    private final ChangeList changes;
    private final Map<String, RunningInstance> runningByName = new HashMap<>();
    private final InstanceLimitChanges limits;
    private final ScopedLimitChanges scopedLimits;
    private final Map<String, Integer> idByName = new HashMap<>();
    private int nextId;

    StrategyChanges(
        final NodeContext context,
        final RunningConfiguration running,
        final ToLongFunction<String> codeHash,
        final InstrumentIds ids,
        final ScopedLimitChanges scopedLimits,
        final ChangeList changes)
    {
        this.context = context;
        this.running = running;
        this.codeHash = codeHash;
        this.ids = ids;
        this.changes = changes;
        running.instances().forEach((instance) -> runningByName.put(instance.name(), instance));
        limits = new InstanceLimitChanges(running, ids, changes);
        this.scopedLimits = scopedLimits;
        nextId = running.nextStrategyId();
    }

    void add()
    {
        final List<ConfiguredInstance> wanted = context.instances();
        final Set<String> names = wanted.stream().map(ConfiguredInstance::name).collect(Collectors.toSet());
        final Set<String> others = new HashSet<>();
        for (final ConfiguredInstance instance : wanted)
        {
            final RunningInstance known = runningByName.get(instance.name());
            if (known != null && !isOneWith(known, instance))
            {
                others.add(instance.name());
            }
        }
        running.instances().stream()
            .filter((known) -> !known.isClosing() && (!names.contains(known.name()) || others.contains(known.name())))
            .forEach(this::unassign);
        wanted.stream().filter((instance) -> !others.contains(instance.name())).forEach(this::define);
        // Last, for one whose name is not free yet is refused, and with it those whose ids would follow.
        wanted.stream().filter((instance) -> others.contains(instance.name())).forEach(this::defineAnew);
    }

    /** Of a configured instance, once all are added; below 0 when there is none. */
    int idOf(final String name)
    {
        return idByName.getOrDefault(name, -1);
    }

    private static boolean isOneWith(final RunningInstance known, final ConfiguredInstance instance)
    {
        return known.strategy().equals(instance.strategy()) && known.legs().equals(instance.legs());
    }

    private void unassign(final RunningInstance known)
    {
        final UnassignStrategyEncoder unassign = new UnassignStrategyEncoder();
        unassign.wrapAndApplyHeader(changes.buffer(), 0, changes.header()).strategyId(known.id()).user(changes.user());
        changes.add(ConfigurationChange.Kind.STRATEGY, known.name(), text(known), null, unassign);
    }

    private void define(final ConfiguredInstance instance)
    {
        final RunningInstance known = runningByName.get(instance.name());
        if (known == null)
        {
            defineAnew(instance);
            return;
        }
        final Map<String, RunningParameter> wanted = parameters(instance);
        if (known.isClosing())
        {
            define(known.id(), instance, "being taken out", text(instance));
        }
        else if (!isSame(known, instance))
        {
            define(known.id(), instance,
                difference(known.parameters(), wanted, known.keepOrders()) + code(instance, known, known.codeHash()),
                difference(wanted, known.parameters(), instance.keepOrders()) +
                    code(instance, known, codeHash(instance)));
        }
        idByName.put(instance.name(), known.id());
        allocate(known.id(), instance, known.weight(), known.capital());
        limits.add(known.id(), instance);
        scopedLimits.want(known.id(), instance);
    }

    private void defineAnew(final ConfiguredInstance instance)
    {
        final int id = nextId++;
        idByName.put(instance.name(), id);
        define(id, instance, null, text(instance));
        allocate(id, instance, UNCHANGED, UNBOUNDED);
        limits.add(id, instance);
        scopedLimits.want(id, instance);
    }

    private void define(final int id, final ConfiguredInstance instance, final String before, final String after)
    {
        final Map<String, RunningParameter> typed = parameters(instance);
        final StrategyDefinitionEncoder definition = new StrategyDefinitionEncoder();
        definition.wrapAndApplyHeader(changes.buffer(), 0, changes.header())
            .strategyId(id)
            .codeHash(codeHash(instance))
            .keepOrders(instance.keepOrders() ? BooleanType.TRUE : BooleanType.FALSE);
        final StrategyDefinitionEncoder.LegsEncoder legs = definition.legsCount(instance.legs().size());
        instance.legs().forEach((leg) -> legs.next().instrumentId(ids.id(leg)));
        final StrategyDefinitionEncoder.ParametersEncoder group = definition.parametersCount(typed.size());
        typed.forEach((name, parameter) ->
        {
            group.next().parameterType(parameter.type());
            group.value().mantissa(parameter.value().mantissa()).exponent((byte)parameter.value().exponent());
            group.name(name).text(parameter.text());
        });
        definition.name(instance.name()).strategyName(instance.strategy()).user(changes.user());
        changes.add(ConfigurationChange.Kind.STRATEGY, instance.name(), before, after, definition);
    }

    private Map<String, RunningParameter> parameters(final ConfiguredInstance instance)
    {
        final Map<String, RunningParameter> typed = new LinkedHashMap<>();
        instance.parameters().forEach((name, value) -> typed.put(name, RunningParameter.of(value, ids)));
        return typed;
    }

    private boolean isSame(final RunningInstance known, final ConfiguredInstance instance)
    {
        final Map<String, RunningParameter> wanted = parameters(instance);
        return known.keepOrders() == instance.keepOrders() && known.codeHash() == codeHash(instance) &&
            known.parameters().keySet().equals(wanted.keySet()) &&
            wanted.entrySet().stream()
                .allMatch((entry) -> entry.getValue().isSame(known.parameters().get(entry.getKey())));
    }

    private long codeHash(final ConfiguredInstance instance)
    {
        return codeHash.applyAsLong(instance.strategy());
    }

    /** Nothing where the code is the same. */
    private String code(final ConfiguredInstance instance, final RunningInstance known, final long hash)
    {
        return known.codeHash() == codeHash(instance)
            ? ""
            : ", code " + (hash == StrategyDefinition.UNKNOWN_CODE ? "unknown" : Numbers.hex(hash));
    }

    /** What the configuration does not say stays what it is. */
    private void allocate(
        final int id, final ConfiguredInstance instance, final Decimal weight, final Decimal capital)
    {
        final boolean isOtherWeight = instance.weight() != null && !instance.weight().isSameNumber(weight);
        final boolean isOtherCapital = instance.capital() != null && !instance.capital().isSameNumber(capital);
        if (!isOtherWeight && !isOtherCapital)
        {
            return;
        }
        final Decimal newWeight = isOtherWeight ? instance.weight() : weight;
        final Decimal newCapital = isOtherCapital ? instance.capital() : capital;
        final AllocateStrategyEncoder allocate = new AllocateStrategyEncoder();
        allocate.wrapAndApplyHeader(changes.buffer(), 0, changes.header()).strategyId(id);
        allocate.weight().mantissa(newWeight.mantissa()).exponent((byte)newWeight.exponent());
        allocate.capital().mantissa(newCapital.mantissa()).exponent((byte)newCapital.exponent());
        allocate.reason(REASON).user(changes.user());
        changes.add(ConfigurationChange.Kind.ALLOCATION, instance.name(), text(weight, capital),
            text(newWeight, newCapital), allocate);
    }

    private static String text(final Decimal weight, final Decimal capital)
    {
        return "weight " + (weight == UNCHANGED ? "1" : weight) + ", capital " +
            (capital.mantissa() < 0 ? "unbounded" : capital);
    }

    private String text(final RunningInstance known)
    {
        return text(known.strategy(), known.legs(), known.parameters(), known.keepOrders());
    }

    private String text(final ConfiguredInstance instance)
    {
        return text(instance.strategy(), instance.legs(), parameters(instance), instance.keepOrders());
    }

    /** Those of the parameters that the others do not have, or have with another value. */
    private String difference(
        final Map<String, RunningParameter> parameters,
        final Map<String, RunningParameter> others,
        final boolean keepOrders)
    {
        final Map<String, RunningParameter> different = new LinkedHashMap<>(parameters);
        others.forEach((name, other) -> different.computeIfPresent(
            name, (ignored, parameter) -> parameter.isSame(other) ? null : parameter));
        return text(different) + ", onFailure " + (keepOrders ? "keep" : "cancel");
    }

    private String text(
        final String strategy,
        final List<String> legs,
        final Map<String, RunningParameter> parameters,
        final boolean keepOrders)
    {
        return strategy + " on " + String.join(", ", legs) + " " + text(parameters) +
            (keepOrders ? ", onFailure keep" : "");
    }

    private String text(final Map<String, RunningParameter> parameters)
    {
        return parameters.entrySet().stream().map((entry) -> entry.getKey() + "=" + entry.getValue().text(ids))
            .collect(Collectors.joining(", ", "{", "}"));
    }
}
