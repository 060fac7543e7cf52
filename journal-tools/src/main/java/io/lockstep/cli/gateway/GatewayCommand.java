package io.lockstep.cli.gateway;

import io.lockstep.cli.argument.LogOption;
import io.lockstep.cli.config.ConfigurationFile;
import io.lockstep.cli.config.GatewayContext;
import io.lockstep.cli.config.GatewaySettings;
import io.lockstep.cli.output.ExitStatus;
import io.lockstep.cli.output.RecordingReport;
import io.lockstep.cli.output.StopSignal;
import io.lockstep.cli.output.ValuesPrinter;
import io.lockstep.codecs.text.Escapes;
import io.lockstep.gateways.orders.OrderGateway;
import io.lockstep.gateways.recording.Recording;
import io.lockstep.gateways.recording.finding.BadInputPolicy;
import io.lockstep.gateways.simulated.SimulatedVenue;
import io.lockstep.gateways.simulated.VenueLedger;
import io.lockstep.sequencer.NodeException;
import io.lockstep.sequencer.aeron.DriverAccess;
import io.lockstep.sequencer.aeron.DriverConnection;
import io.lockstep.sequencer.aeron.DriverGoneException;
import io.lockstep.sequencer.log.ProcessLog;
import org.agrona.concurrent.SystemEpochNanoClock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * Gateways in a process of their own, until they are told to stop.
 */
@Command(name = "gateway", description = {
    "Runs a feed, a simulated venue, an order gateway, or several of them until SIGTERM or SIGINT, for a node in another",
    "process or on another host. The node may be killed and started again; without its media driver the process ends with",
    "status 3. So it does when an order gateway's log is damaged, another venue's, or behind the node: nothing is sent then."
}, mixinStandardHelpOptions = true, footer =
{"", "Example: lockstep config --example gateway > gateway.yaml && lockstep gateway --config gateway.yaml"})
final class GatewayCommand implements Callable<Integer>
{
    private static final long LOOK_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(20);
    /** Beyond what the configuration lets a stop wait for the node. */
    private static final long STOP_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(10);
    private static final int SETTLED_LOOKS = 3;

    @Spec
    private CommandSpec spec;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "YAML; see 'lockstep config --example gateway'.")
    private Path config;

    @Option(names = "--accept-new-log", description = "For this start, take up an order gateway's log where the node stands, though it ends before that or is new. What was handed to the venue since is not known then: look at its open orders first.")
    private boolean acceptNewLog;

    @Option(names = "--json", description = "Print one JSON object when it has stopped.")
    private boolean json;

    @Mixin
    private LogOption logOption;

    private ProcessLog log = ProcessLog.NONE;

    @Override
    public Integer call() throws InterruptedException
    {
        final GatewayContext context = ConfigurationFile.gateway(config);
        final GatewaySettings settings = acceptNewLog
            ? context.settings().withAcceptedNewLog()
            : context.settings();
        try (Recording recording = settings.recordings().isEmpty()
            ? null
            : Recording.open(settings.recordings(), settings.format(), BadInputPolicy.REPORT, context.instruments()))
        {
            if (recording != null)
            {
                RecordingReport.print(recording, spec.commandLine().getErr());
            }
            return runLogged(context, new MarketPlayer(context.time(), context.instruments(), settings, recording));
        }
    }

    private int runLogged(final GatewayContext context, final MarketPlayer player) throws InterruptedException
    {
        try (ProcessLog opened = logOption.open(context.log(), config, spec.commandLine().getErr()))
        {
            log = opened;
            log.info("gateway",
                "starts: pid=" + ProcessHandle.current().pid() + " driver=" + context.driverDirectory());
            return log.untilEnd("gateway", () -> run(context, player));
        }
    }

    private int run(final GatewayContext context, final MarketPlayer player) throws InterruptedException
    {
        try (StopSignal stop = new StopSignal(context.stopTimeoutNs() + STOP_TIMEOUT_NS);
            DriverConnection connection = connect(context))
        {
            // Ids of an earlier life must not come again, and the clock is all that outlives it.
            final GatewayHost gateways = new GatewayHost(
                connection, context.links(), player, context.idle(), new SystemEpochNanoClock().nanoTime(),
                new PrintedNotices(log, this::say));
            try (gateways)
            {
                sayRunning(context);
                while (!stop.await(LOOK_INTERVAL_NS))
                {
                    requireHealthy(context, connection, gateways);
                }
                settle(context, connection, gateways);
            }
            print(gateways);
            stop.stoppedClean();
            return ExitStatus.DONE;
        }
    }

    private DriverConnection connect(final GatewayContext context)
    {
        DriverAccess.require(context.driverDirectory());
        try
        {
            return new DriverConnection(
                context.driverDirectory(), context.driverTimeoutNs(), this::onError, this::onNotice);
        }
        catch (final RuntimeException ex)
        {
            throw new NodeException(NodeException.CANNOT_RUN, "aeron.directory=" + context.driverDirectory() +
                ": expected a live media driver: " + ex.getMessage());
        }
    }

    private void onError(final Throwable error)
    {
        log.warn("aeron", Escapes.line(error.toString()));
        say("gateway: " + error);
    }

    private void onNotice(final String notice)
    {
        log.warn("aeron", Escapes.line(notice));
        say("gateway: " + notice);
    }

    private static void requireHealthy(
        final GatewayContext context, final DriverConnection connection, final GatewayHost gateways)
    {
        try
        {
            connection.check();
        }
        catch (final DriverGoneException ex)
        {
            throw new NodeException(NodeException.CANNOT_RUN,
                "aeron.directory=" + context.driverDirectory() + ": " + ex.getMessage(), ex);
        }
        gateways.requireHealthy();
    }

    /** The market ends here; what venue and node have under way may still arrive. */
    private static void settle(final GatewayContext context, final DriverConnection connection,
        final GatewayHost gateways)
        throws InterruptedException
    {
        gateways.closeFeed();
        final long deadlineNs = System.nanoTime() + context.stopTimeoutNs();
        int settled = 0;
        while (gateways.answersOrders() && settled < SETTLED_LOOKS && System.nanoTime() - deadlineNs < 0)
        {
            requireHealthy(context, connection, gateways);
            settled = gateways.areOrdersSettled() ? settled + 1 : 0;
            TimeUnit.NANOSECONDS.sleep(LOOK_INTERVAL_NS);
        }
    }

    private void sayRunning(final GatewayContext context)
    {
        say("gateways running on " + context.driverDirectory() + ", pid " + ProcessHandle.current().pid() +
            "; stop them with SIGTERM or Ctrl-C");
    }

    private synchronized void say(final String text)
    {
        final PrintWriter err = spec.commandLine().getErr();
        err.println("lockstep: " + text);
        err.flush();
    }

    /** Both have ended, so their figures stand still. */
    private void print(final GatewayHost gateways)
    {
        final Map<String, Object> values = new LinkedHashMap<>();
        if (gateways.feed() != null)
        {
            values.put("marketEvents", gateways.marketEvents());
            values.put("feedOffered", gateways.feed().offered());
            values.put("feedAcknowledged", gateways.feed().acknowledged());
        }
        if (gateways.venue() != null)
        {
            putVenue(values, gateways.venue().venue(), gateways.venue().isSettled());
        }
        if (gateways.server() != null)
        {
            putVenue(values, gateways.server().venue(), gateways.server().isSettled());
            values.put("sessions", gateways.server().sessions());
        }
        if (gateways.orders() != null)
        {
            putOrders(values, gateways.orders());
        }
        final PrintWriter out = spec.commandLine().getOut();
        new ValuesPrinter(out, json).print(values);
        out.flush();
    }

    private static void putVenue(
        final Map<String, Object> values, final SimulatedVenue venue, final boolean isSettled)
    {
        values.put("venueSettled", isSettled);
        values.put("orders", venue.orders());
        values.put("rejects", venue.rejects());
        values.put("openOrders", venue.openOrders());
        values.put("fills", venue.fills());
        values.put("accounts", accounts(venue));
    }

    private static void putOrders(final Map<String, Object> values, final OrderGateway orders)
    {
        values.put("ordersSettled", orders.isSettled());
        values.put("requestsHandedOver", orders.counters().handedOver());
        values.put("requestsInDoubt", orders.counters().inDoubt());
        values.put("requestsAskedAbout", orders.counters().inquiries());
        values.put("requestsNotSent", orders.counters().notSent());
        values.put("requestsRepeated", orders.counters().repeats());
        values.put("requestsInConflict", orders.counters().conflicts() + orders.counters().stale());
        values.put("cancelsUnlogged", orders.counters().unlogged());
        values.put("executionsMissing", orders.counters().executionsMissing());
    }

    /** Of each instrument, in the same units and by the same names as the engine's {@code PositionSection}. */
    private static List<Map<String, Object>> accounts(final SimulatedVenue venue)
    {
        final List<Map<String, Object>> accounts = new ArrayList<>();
        for (int id = 0; venue.ledger(id) != null; id++)
        {
            final VenueLedger ledger = venue.ledger(id);
            final Map<String, Object> account = new LinkedHashMap<>();
            account.put("instrumentId", id);
            account.put("netLots", ledger.positionLots());
            account.put("cash", ledger.cash().toBigInteger());
            account.put("fees", ledger.fees().toBigInteger());
            account.put("fills", ledger.fills());
            accounts.add(account);
        }
        return accounts;
    }
}
