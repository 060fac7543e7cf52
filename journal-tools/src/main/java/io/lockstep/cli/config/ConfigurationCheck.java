package io.lockstep.cli.config;

import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.host.CoreHost;
import io.lockstep.core.host.Outbox;
import io.lockstep.core.strategy.Parameters;
import io.lockstep.core.strategy.StrategyFactory;
import io.lockstep.journal.decode.RecordDecoder;
import io.lockstep.sbe.CommandReason;
import io.lockstep.sbe.ContractType;
import io.lockstep.sequencer.config.ConfigurationException;
import io.lockstep.sequencer.config.ConfiguredInstance;
import io.lockstep.sequencer.config.ConfiguredInstrument;
import io.lockstep.sequencer.config.ConfiguredStrategy;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.config.ParameterValue;
import io.lockstep.sequencer.config.SequencedTime;
import io.lockstep.sequencer.config.YamlSection;
import io.lockstep.sequencer.egress.Egress;
import io.lockstep.sequencer.ingress.Ingress;
import io.lockstep.sequencer.ingress.InputSink;
import io.lockstep.sequencer.journal.Journal;
import io.lockstep.sequencer.loop.Sequencer;
import io.lockstep.sequencer.loop.SequencerMonitor;
import io.lockstep.sequencer.node.Incarnation;
import io.lockstep.sequencer.node.Strategies;
import io.lockstep.sequencer.recovery.Predecessor;
import org.agrona.DirectBuffer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Gives a configuration to a core that is thrown away. A running core answers a limit or a strategy that it cannot use with a
 * refusal in the journal and goes on without; whoever starts one is to hear of it before anything has begun.
 */
public final class ConfigurationCheck implements Ingress, Egress
{
    /** Stands for the instruments of a recording that nobody has opened yet. */
    private static final ConfiguredInstrument ANY_INSTRUMENT = new ConfiguredInstrument(
        new Instrument(Nulls.NULL_INSTRUMENT_ID, "ANY", "ANY", ContractType.LINEAR, new Increment(1, -2),
            new Increment(1, -8), 1, 1, new Increment(1, 0), "ANY", "USD", "USD"),
        List.of());

    private final YamlSection root;

    private ConfigurationCheck(final YamlSection root)
    {
        this.root = root;
    }

    /**
     * @param root    of the configuration, for the places.
     * @param context read from it: the node's, one of its shards', or with the instruments of a recording.
     * @throws io.lockstep.sequencer.config.ConfigurationException naming what a core refuses, unless problems are collected.
     */
    public static void run(final YamlSection root, final NodeContext context)
    {
        final ConfigurationCheck check = new ConfigurationCheck(root);
        final int problems = root.problems().count();
        final List<StrategyFactory> strategies = check.load(context);
        if (root.problems().count() == problems)
        {
            context.strategies().forEach((strategy) -> check.create(context, strategies, strategy));
        }
        if (root.problems().count() > problems)
        {
            return;
        }
        final CoreHost host = new CoreHost(strategies, Outbox.MUTED);
        final Sequencer sequencer = new Sequencer(host, check, Journal.NONE, check, () -> 0, SequencedTime.RECORDED,
            SequencerMonitor.NONE, context.shard(), 1, 0);
        final Incarnation incarnation = new Incarnation(host, sequencer);
        incarnation.begin(context, 1, Predecessor.NONE);
        incarnation.configure(context);
    }

    /** As far as it can be told without the recordings that instruments come from where none are configured. */
    public static void runAhead(final YamlSection root, final NodeContext context)
    {
        if (!context.shards().isEmpty())
        {
            context.shardContexts().forEach((shard) -> run(root, shard));
        }
        else if (!context.instruments().isEmpty())
        {
            run(root, context);
        }
        else
        {
            final ConfigurationCheck check = new ConfigurationCheck(root);
            final int problems = root.problems().count();
            final List<StrategyFactory> strategies = check.load(context);
            if (root.problems().count() == problems)
            {
                final NodeContext any = context.withInstruments(List.of(ANY_INSTRUMENT));
                context.strategies().forEach((strategy) -> check.create(any, strategies, strategy));
            }
        }
    }

    private List<StrategyFactory> load(final NodeContext context)
    {
        final List<StrategyFactory> factories = new ArrayList<>();
        for (final ConfiguredStrategy strategy : context.strategies())
        {
            try
            {
                factories.addAll(Strategies.load(List.of(strategy)));
            }
            catch (final ConfigurationException ex)
            {
                final YamlSection section = section(strategy);
                final String key = strategy.className() != null
                    ? "class"
                    : section.has("strategy") ? "strategy" : "name";
                section.refuse(key, strategy.className() != null ? strategy.className() : strategy.strategy(),
                    ex.getMessage().substring(ex.getMessage().indexOf("expected ") + "expected ".length()));
            }
        }
        if (context.strategies().isEmpty())
        {
            factories.addAll(Strategies.load(List.of()));
        }
        return factories;
    }

    private YamlSection section(final ConfiguredStrategy strategy)
    {
        return root.sections("strategies").stream()
            .filter((section) -> section.text("name", "").equals(strategy.name())).findFirst().orElse(root);
    }

    /** The factory itself says what is wrong; the core's refusal would only say that something is. */
    private void create(
        final NodeContext context, final List<StrategyFactory> factories, final ConfiguredStrategy strategy)
    {
        final List<String> names = context.instruments().stream().map((configured) -> configured.instrument().name())
            .toList();
        for (final ConfiguredInstance instance : strategy.instances(names))
        {
            final List<Instrument> legs = instance.legs().stream().flatMap((leg) -> context.instruments().stream()
                .filter((configured) -> configured == ANY_INSTRUMENT || leg.equals(configured.instrument().name()))
                .map(ConfiguredInstrument::instrument)).toList();
            // An instrument that is not configured has been refused by its name.
            if (legs.size() == instance.legs().size())
            {
                create(legs, parameters(instance, names), factories, strategy, instance);
            }
        }
    }

    private static Parameters parameters(final ConfiguredInstance instance, final List<String> names)
    {
        final Parameters parameters = new Parameters();
        instance.parameters().forEach((name, given) ->
        {
            final ParameterValue value = given.among(names);
            switch (value.type())
            {
                case DECIMAL -> parameters.put(name, value.value());
                case DURATION -> parameters.putDuration(name, value.value().mantissa());
                case INSTRUMENT -> parameters.putInstrument(name, names.indexOf(value.text()));
                case TEXT -> parameters.putText(name, value.text());
                case NULL_VAL, SBE_UNKNOWN -> throw new IllegalStateException("parameter=" + name + " without a type");
            }
        });
        return parameters;
    }

    private void create(
        final List<Instrument> legs,
        final Parameters parameters,
        final List<StrategyFactory> factories,
        final ConfiguredStrategy strategy,
        final ConfiguredInstance instance)
    {
        try
        {
            factories.stream().filter((factory) -> factory.name().equals(instance.strategy())).findFirst().orElseThrow()
                .create(legs, parameters);
        }
        catch (final IllegalArgumentException ex)
        {
            final String problem = String.valueOf(ex.getMessage());
            final String named = instance.parameters().keySet().stream()
                .filter((name) -> problem.matches(".*\\b" + Pattern.quote(name) + "\\b.*")).findFirst().orElse(null);
            section(strategy).refuse(named == null ? "parameters" : "parameters." + named,
                named == null ? "" : instance.parameters().get(named),
                "parameters of " + instance.strategy() + " for " + String.join(", ", instance.legs()) + ": " + problem);
        }
    }

    @Override
    public void onApplied(final DirectBuffer buffer, final int offset, final CommandReason reason)
    {
        if (reason != CommandReason.NULL_VAL && reason != CommandReason.ACCEPTED && reason != CommandReason.NO_CHANGE)
        {
            final Map<String, Object> record = new RecordDecoder().decode(buffer, offset);
            final String template = String.valueOf(record.get("template"));
            final String key = template.endsWith("Limit")
                ? "limits"
                : template.endsWith("Strategy") ? "strategies" : "instruments";
            root.refuse(key, template + " " + record.get("message"), "what the core accepts, it answers " + reason);
        }
    }

    @Override
    public int poll(final InputSink sink, final int limit, final long wallTimeNs)
    {
        return 0;
    }

    @Override
    public void onJournaled(final boolean idle)
    {
    }

    @Override
    public void flush()
    {
    }

    @Override
    public int doWork(final long wallTimeNs)
    {
        return 0;
    }
}
