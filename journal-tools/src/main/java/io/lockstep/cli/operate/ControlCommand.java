package io.lockstep.cli.operate;

import io.aeron.CommonContext;
import io.lockstep.cli.argument.NodeFinder;
import io.lockstep.cli.argument.UsageException;
import io.lockstep.cli.link.GatewayLinks;
import io.lockstep.cli.output.ExitStatus;
import io.lockstep.cli.output.ValuesPrinter;
import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.text.Amount;
import io.lockstep.codecs.text.Escapes;
import io.lockstep.codecs.text.InstrumentText;
import io.lockstep.codecs.text.LimitText;
import io.lockstep.codecs.transport.MessageSender;
import io.lockstep.gateways.control.ControlClient;
import io.lockstep.gateways.link.LinkEndedException;
import io.lockstep.journal.text.Json;
import io.lockstep.sbe.CommandReason;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.TradingMode;
import io.lockstep.sequencer.NodeException;
import io.lockstep.sequencer.aeron.DriverAccess;
import io.lockstep.sequencer.aeron.DriverConnection;
import io.lockstep.sequencer.aeron.DriverGoneException;
import io.lockstep.sequencer.config.Limit;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.counters.LimitLines;
import io.lockstep.sequencer.counters.NodeCounters;
import io.lockstep.sequencer.journal.NodeDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * Operator's commands to a running node.
 */
@Command(name = "control", description = {
    "Sends an operator's command to a running node; it is a journaled input like any other. Commands:",
    "  halt                   no new orders, cancels pass",
    "  resume                 trade again after halt, reduce-only or kill",
    "  reduce-only            only orders that make positions smaller",
    "  kill                   cancel every open order and send no new ones",
    "  limit NAME VALUE       set a pre-trade limit, for all instruments or that of --instrument; it stays until the",
    "                         configured value changes or it is taken back",
    "  unset NAME             take back what an operator has set: what is configured holds again, or no limit",
    "  limits                 list all limits, with who has set each and what is configured",
    "  strategy NAME start|stop",
    "  snapshot               have the state after this command written to a snapshot"
}, mixinStandardHelpOptions = true, footer =
{"", "Example: lockstep control --dir node limit maxOrdersPerSecond 5"})
final class ControlCommand implements Callable<Integer>
{
    private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(5);
    private static final long RETRY_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(20);

    @Spec
    private CommandSpec spec;

    @Option(names = {"--dir",
        "--journal"}, paramLabel = "DIR", defaultValue = "node", description = "The node's directory, or that of one with shards, for all of them. Default: ${DEFAULT-VALUE}.")
    private Path directory;

    @Option(names = "--instrument", paramLabel = "NAME", description = "For limit and unset: only this one, e.g. BTCUSDT.BINANCE_USDM.")
    private String instrument;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Parameters(arity = "1..*", paramLabel = "COMMAND", description = "The command and its arguments.")
    private List<String> words;

    private String quoteCurrency = "";
    private InstrumentText limited;

    @Override
    public Integer call()
    {
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

    /** One that does not answer keeps the command from none of the others. */
    private int sendToAll(
        final Map<Integer, NodeDirectory> shards, final Function<ControlClient, ControlClient.Outcome> command)
    {
        if (words.get(0).equals("limit") || words.get(0).equals("unset"))
        {
            throw new UsageException("--dir=" + directory +
                ": expected the directory of one shard, such as " + shards.values().iterator().next().path() +
                ", for a limit is one shard's");
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
        final NodeContext context = NodeFinder.context(node);
        try (DriverConnection connection = connect(context))
        {
            final ControlClient client = client(context, connection);
            if (!client.awaitLinked(TIMEOUT_NS))
            {
                throw new NodeException(NodeException.CANNOT_RUN, "--dir=" + node + ": no node answers there");
            }
            final ControlClient.Outcome outcome = command.apply(client);
            quoteCurrency = client.quoteCurrency();
            limited = instrument == null ? null : new InstrumentText(client.instrument(instrument));
            if (outcome == null)
            {
                throw new NodeException(NodeException.CANNOT_RUN,
                    "--dir=" + node + ": the node did not answer in time; the command may have reached it");
            }
            return outcome;
        }
        catch (final LinkEndedException | DriverGoneException ex)
        {
            throw new NodeException(NodeException.CANNOT_RUN, "--dir=" + node +
                ": the node's media driver has gone; the command may have reached the node");
        }
    }

    /** Nothing has been sent yet, so streams that the driver did not give in time are asked for again. */
    private ControlClient client(final NodeContext context, final DriverConnection connection)
    {
        final long deadlineNs = System.nanoTime() + TIMEOUT_NS;
        MessageSender sender = null;
        while (true)
        {
            try
            {
                if (sender == null)
                {
                    sender = connection.sender(
                        context.ingress().get(0).uri(), context.ingress().get(0).streamId());
                }
                return new ControlClient(sender,
                    connection.receiver(heardHere(context.egress().uri()), context.egress().streamId()),
                    connection::check, GatewayLinks.newSession());
            }
            catch (final DriverGoneException ex)
            {
                throw ex;
            }
            catch (final RuntimeException ex)
            {
                // Aeron's client that ends in the middle of a request throws whatever comes of it.
                if (System.nanoTime() - deadlineNs >= 0)
                {
                    throw new NodeException(NodeException.CANNOT_RUN, "--dir=" + context.directory() +
                        ": the media driver in " + context.driverDirectory() + " gives no streams in " +
                        TimeUnit.NANOSECONDS.toSeconds(TIMEOUT_NS) + " s: " + ex.getMessage(), ex);
                }
                connection.check();
                LockSupport.parkNanos(RETRY_INTERVAL_NS);
            }
        }
    }

    /** What the node says to gateways on another host is heard here on its way out of the driver. */
    private static String heardHere(final String egress)
    {
        return egress.startsWith(CommonContext.UDP_CHANNEL) ? CommonContext.SPY_PREFIX + egress : egress;
    }

    /** Made anew while the driver lives: on a busy machine the driver takes a command for dead that waits for its turn. */
    private DriverConnection connect(final NodeContext context)
    {
        DriverAccess.require(context.driverDirectory());
        try
        {
            return new DriverConnection(context.driverDirectory(), TIMEOUT_NS,
                (error) ->
                {
                    // What it comes to is said by the command's end: an answer, or none.
                },
                (notice) ->
                {
                });
        }
        catch (final RuntimeException ex)
        {
            throw new NodeException(NodeException.CANNOT_RUN, "--dir=" + context.directory() +
                ": no node runs there: aeron.directory=" + context.driverDirectory() + ": " + ex.getMessage());
        }
    }

    private Function<ControlClient, ControlClient.Outcome> parse()
    {
        return switch (words.get(0))
        {
            case "halt" -> mode(TradingMode.HALTED);
            case "resume" -> mode(TradingMode.RUNNING);
            case "reduce-only" -> mode(TradingMode.REDUCE_ONLY);
            case "kill" -> mode(TradingMode.KILLED);
            case "limit" -> limit();
            case "unset" -> unset();
            case "strategy" -> strategy();
            case "snapshot" -> snapshot();
            default -> throw new UsageException("command=" + words.get(0) +
                ": expected halt, resume, reduce-only, kill, limit, unset, limits, strategy or snapshot");
        };
    }

    private Function<ControlClient, ControlClient.Outcome> mode(final TradingMode mode)
    {
        arguments(1, words.get(0));
        return (client) -> client.mode(mode, TIMEOUT_NS);
    }

    private Function<ControlClient, ControlClient.Outcome> limit()
    {
        arguments(3, "limit NAME VALUE");
        final LimitType type = limitType();
        final Decimal value;
        try
        {
            value = Decimal.parse(words.get(2));
        }
        catch (final IllegalArgumentException ex)
        {
            throw new UsageException("value=" + words.get(2) + ": " + ex.getMessage());
        }
        return (client) -> client.limit(known(client), type, value, TIMEOUT_NS);
    }

    private Function<ControlClient, ControlClient.Outcome> unset()
    {
        arguments(2, "unset NAME");
        final LimitType type = limitType();
        return (client) -> client.unset(known(client), type, TIMEOUT_NS);
    }

    private LimitType limitType()
    {
        return Limit.types().stream()
            .filter((candidate) -> Limit.name(candidate).equals(words.get(1)))
            .findFirst()
            .orElseThrow(() -> new UsageException("limit=" + words.get(1) + ": expected one of " +
                Limit.types().stream().map(Limit::name).toList()));
    }

    private Instrument known(final ControlClient client)
    {
        if (instrument != null && client.instrument(instrument) == null)
        {
            throw new UsageException("--instrument=" + instrument + ": expected an instrument the node has defined");
        }
        return instrument == null ? null : client.instrument(instrument);
    }

    private Function<ControlClient, ControlClient.Outcome> strategy()
    {
        arguments(3, "strategy NAME start|stop");
        final boolean running = words.get(2).equals("start");
        if (!running && !words.get(2).equals("stop"))
        {
            throw new UsageException("strategy=" + words.get(2) + ": expected start or stop");
        }
        return (client) -> client.strategy(words.get(1), running, TIMEOUT_NS);
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
                    + outcome.sequence() + (isLimit() ? ": " + change(outcome) : ""));
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

    private boolean isLimit()
    {
        return words.get(0).equals("limit") || words.get(0).equals("unset");
    }

    /** Old and new with their unit; a refused command has changed nothing. */
    private String change(final ControlClient.Outcome outcome)
    {
        return words.get(1) + " of " + (instrument == null ? LimitLines.ALL : Escapes.line(instrument)) + " was " +
            text(outcome.previous()) + ", is " + text(outcome.current());
    }

    private String text(final Decimal limit)
    {
        return limit == null ? "no limit" : amount(limit).toString();
    }

    private Amount amount(final Decimal limit)
    {
        return limited == null
            ? LimitText.ofSet(limitType(), limit.value(), quoteCurrency)
            : limited.limit(limitType(), limit.value());
    }

    private Map<String, Object> values(final ControlClient.Outcome outcome)
    {
        final Map<String, Object> values = new LinkedHashMap<>();
        values.put("sequence", outcome.sequence());
        values.put("accepted", outcome.accepted());
        values.put("reason", outcome.reason().name());
        if (isLimit())
        {
            values.put("limit", words.get(1));
            values.put("instrument", instrument == null ? LimitLines.ALL : instrument);
            values.put("previous", outcome.previous() == null ? null : outcome.previous().value().toPlainString());
            values.put("value", outcome.current() == null ? null : outcome.current().value().toPlainString());
            values.put("previousText", text(outcome.previous()));
            values.put("valueText", text(outcome.current()));
        }
        return values;
    }
}
