package io.lockstep.cli.operate;

import io.lockstep.cli.argument.NodeFinder;
import io.lockstep.cli.argument.UsageException;
import io.lockstep.cli.output.ExitStatus;
import io.lockstep.cli.output.ValuesPrinter;
import io.lockstep.codecs.text.Nearest;
import io.lockstep.gateways.control.CommandScope;
import io.lockstep.gateways.control.ControlClient;
import io.lockstep.journal.text.Json;
import io.lockstep.sbe.CommandReason;
import io.lockstep.sbe.TradingMode;
import io.lockstep.sequencer.NodeException;
import io.lockstep.sequencer.counters.NodeCounters;
import io.lockstep.sequencer.journal.NodeDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;

/**
 * Operator's commands to a running node.
 */
@Command(name = "control", description = {
    "Sends an operator's command to a running node; it is a journaled input like any other. Commands:",
    "  halt                   no new orders, cancels pass",
    "  resume                 trade again after halt, reduce-only or kill",
    "  reduce-only            only orders that make positions smaller",
    "  kill                   cancel every open order and send no new ones; with",
    "                         --flatten close the positions, too. Each of these",
    "                         is for the node, or with --strategy, --instrument,",
    "                         --venue or --account for that alone; the strictest",
    "                         holds",
    "  limit NAME VALUE       set a pre-trade limit: for all instruments, or with",
    "                         the same options for one of these, and with",
    "                         --strategy and --instrument for an instance on",
    "                         it. It stays until the configured value changes or",
    "                         it is taken back",
    "  unset NAME             take back what an operator has set, with the same",
    "                         options: what is configured holds again, or none",
    "  limits                 list all limits, who has set each, and what is",
    "                         configured",
    "  snapshot               have the state after this command in a snapshot",
    "and those below, which have options of their own."
}, mixinStandardHelpOptions = true, subcommands =
{
    ApplyCommand.class, OrderCommand.class, CancelCommand.class, FlattenCommand.class, TransferCommand.class,
    StrategyCommand.class, AllocateCommand.class, AccountCommand.class, BreakerCommand.class,
    SignalCommand.class}, footer =
    {"", "Example: lockstep control --dir node limit maxOrdersPerSecond 5",
        "         lockstep control --dir node limit maxPositionQuantity 3 --strategy pair --instrument BTCUSDT.SIM",
        "         lockstep control --dir node limit maxGrossExposure 50000 --venue SIM",
        "         lockstep control --dir node kill --strategy pair --flatten",
        "         lockstep control --dir node apply node.yaml --dry-run"})
final class ControlCommand implements Callable<Integer>
{
    private static final long TIMEOUT_NS = ControlLink.TIMEOUT_NS;
    private static final List<String> WORDS = List.of(
        "halt", "resume", "reduce-only", "kill", "limit", "unset", "limits", "snapshot");

    private static final Map<String, TradingMode> MODES = Map.of("halt", TradingMode.HALTED,
        "resume", TradingMode.RUNNING, "reduce-only", TradingMode.REDUCE_ONLY, "kill", TradingMode.KILLED);

    @Spec
    private CommandSpec spec;

    @Option(names = {"--dir",
        "--journal"}, paramLabel = "DIR", defaultValue = "node", scope = ScopeType.INHERIT, description = "The node's directory, or that of one with shards, for all of them. Default: ${DEFAULT-VALUE}.")
    private Path directory;

    @Mixin
    private ScopeOptions scope;

    @Option(names = "--flatten", description = "For kill: close the positions, too, by market orders.")
    private boolean flatten;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print one JSON object.")
    private boolean json;

    @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "The command and its arguments.")
    private List<String> words = List.of();

    /** Null for other commands. */
    private LimitWords limit;

    @Override
    public Integer call()
    {
        if (words.isEmpty())
        {
            throw new UsageException("command=: expected " + names());
        }
        requireScope();
        if (words.get(0).equals("limits"))
        {
            arguments(1, "limits");
            new LimitListing(spec.commandLine().getOut(), json).print(directory);
            return ExitStatus.DONE;
        }
        final Function<ControlClient, ControlClient.Outcome> command = parse();
        final Map<Integer, NodeDirectory> shards = NodeFinder.shards(directory);
        return shards.isEmpty() ? print(send(directory, command)) : sendToAll(shards, command);
    }

    private void requireScope()
    {
        final String word = words.get(0);
        if (!LimitWords.isOne(word) && !MODES.containsKey(word))
        {
            scope.requireNone("expected with limit, unset or a trading mode, not with " + word);
        }
        if (flatten && !word.equals("kill"))
        {
            throw new UsageException("--flatten: expected with kill, not with " + word);
        }
    }

    /** One that does not answer keeps the command from none of the others. */
    private int sendToAll(
        final Map<Integer, NodeDirectory> shards, final Function<ControlClient, ControlClient.Outcome> command)
    {
        if (limit != null || scope.isGiven())
        {
            throw new UsageException("--dir=" + directory +
                ": expected the directory of one shard, such as " + shards.values().iterator().next().path() +
                ", for " + (limit == null ? "what is named" : "a limit") + " is one shard's");
        }
        final Map<Integer, Map<String, Object>> valuesByShard = new TreeMap<>();
        int status = ExitStatus.DONE;
        for (final Map.Entry<Integer, NodeDirectory> shard : shards.entrySet())
        {
            try
            {
                final ControlClient.Outcome outcome = send(shard.getValue().path(), command);
                valuesByShard.put(shard.getKey(), values(outcome));
                status = Math.max(status, outcome.accepted() ? ExitStatus.DONE : ExitStatus.CHECK_FAILED);
            }
            catch (final NodeException ex)
            {
                valuesByShard.put(shard.getKey(), Map.of("problem", ex.getMessage()));
                status = ExitStatus.CANNOT_RUN;
            }
        }
        new ValuesPrinter(spec.commandLine().getOut(), json).printShards(valuesByShard);
        return status;
    }

    private ControlClient.Outcome send(
        final Path node, final Function<ControlClient, ControlClient.Outcome> command)
    {
        // Limits are of instruments, or amounts of their currency.
        return ControlLink.with(node, limit != null || scope.isGiven(), command);
    }

    private Function<ControlClient, ControlClient.Outcome> parse()
    {
        return switch (words.get(0))
        {
            case "halt", "resume", "reduce-only", "kill" -> mode(MODES.get(words.get(0)));
            case "limit", "unset" -> limit();
            case "snapshot" -> snapshot();
            default -> throw new UsageException("command=" + words.get(0) + ": expected " + names() +
                "; did you mean '" + Nearest.of(words.get(0), allNames()) + "'?");
        };
    }

    private String names()
    {
        return "one of " + String.join(", ", allNames());
    }

    private List<String> allNames()
    {
        final List<String> names = new ArrayList<>(WORDS);
        names.addAll(spec.subcommands().keySet());
        return names;
    }

    /** Of the node, or of one with shards. */
    Path directory()
    {
        scope.requireNone("expected behind the command that it is for");
        return directory;
    }

    boolean isJson()
    {
        return json;
    }

    private Function<ControlClient, ControlClient.Outcome> mode(final TradingMode mode)
    {
        arguments(1, words.get(0));
        scope.requireOne(false);
        return (client) -> client.mode(scope(client), mode, flatten, TIMEOUT_NS);
    }

    private CommandScope scope(final ControlClient client)
    {
        try
        {
            return scope.find(new NodeNames(new NodeDirectory(directory), client));
        }
        catch (final UnknownNameException ex)
        {
            throw new UsageException(ex.getMessage());
        }
    }

    private Function<ControlClient, ControlClient.Outcome> limit()
    {
        limit = LimitWords.parse(words, scope);
        return (client) -> limit.send(new NodeDirectory(directory), client);
    }

    private Function<ControlClient, ControlClient.Outcome> snapshot()
    {
        arguments(1, "snapshot");
        return (client) -> client.snapshot(TIMEOUT_NS);
    }

    private void arguments(final int count, final String form)
    {
        if (words.size() != count)
        {
            throw new UsageException("command=" + String.join(" ", words) + ": expected '" + form + "'");
        }
    }

    private int print(final ControlClient.Outcome outcome)
    {
        spec.commandLine().getOut()
            .println(json
                ? Json.text(values(outcome))
                : (outcome.accepted() ? "accepted" : "refused") + ": " + outcome.reason() + ", sequence "
                    + outcome.sequence() + (limit == null ? "" : ": " + limit.change(outcome)));
        if (outcome.reason() == CommandReason.CLOCK_BEHIND)
        {
            spec.commandLine().getErr().println("lockstep: " + clockBehind());
        }
        return outcome.accepted() ? ExitStatus.DONE : ExitStatus.CHECK_FAILED;
    }

    /** The node's counters have the time that its clock must pass. */
    private String clockBehind()
    {
        final Instant passed = Instant.EPOCH.plusNanos(
            NodeCounters.read(new NodeDirectory(directory).counters()).get("sequencedTimeNs"));
        return "the node's clock is behind its journal, so time stands still there: it must pass " + passed + ", in " +
            Math.max(0, Duration.between(Instant.now(), passed).toMillis()) / 1e3 + " s; then try again";
    }

    private Map<String, Object> values(final ControlClient.Outcome outcome)
    {
        final Map<String, Object> values = new LinkedHashMap<>();
        values.put("sequence", outcome.sequence());
        values.put("accepted", outcome.accepted());
        values.put("reason", outcome.reason().name());
        if (limit != null)
        {
            limit.putInto(values, outcome);
        }
        return values;
    }
}
