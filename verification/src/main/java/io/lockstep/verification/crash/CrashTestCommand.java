package io.lockstep.verification.crash;

import io.lockstep.cli.argument.Directories;
import io.lockstep.cli.argument.UsageException;
import io.lockstep.cli.node.NodeRig;
import io.lockstep.cli.output.ExitStatus;
import io.lockstep.cli.output.Interruption;
import io.lockstep.cli.output.Progress;
import io.lockstep.cli.output.ValuesPrinter;
import io.lockstep.sequencer.NodeException;
import io.lockstep.sequencer.config.JournalContext;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.verification.crash.audit.CrashChecks;
import io.lockstep.verification.crash.audit.VenueRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A node under load, killed at random, restarted, checked.
 */
@Command(name = "crash-test", description = {
    "Plays a generated market to a node and a simulated venue, kills the node with SIGKILL at random moments (while it",
    "trades, writes a snapshot, begins a new segment, and starts again), restarts it each time, and then checks that nothing was lost, repeated or",
    "invented: market, venue and journal message by message, the venue's account against the engine's, and the journal",
    "against a replay. The feed waits while no node trades; driver, feed and venue live on.",
    "",
    "The same seed draws the same market and the same plan of kills. When exactly they strike differs from run to run.",
    "",
    "With --gateway-kills an order gateway is killed instead, above all between its write-ahead and the venue's answer. No",
    "request may be sent twice, by the venue's own account, and each must be known in the end: executed, refused, or reported",
    "as not sent, which the venue then must never have received.",
    "",
    "recoveryMs is from the start of the process that follows a kill to the first new market event in its journal."}, mixinStandardHelpOptions = true, footer =
    {"", "Example: lockstep crash-test --kills 25 --seed 7"})
final class CrashTestCommand implements Callable<Integer>
{
    /** Played after the last restart. */
    private static final int LAST_MARKET_EVENTS = 4_000;

    @Spec
    private CommandSpec spec;

    @Option(names = "--kills", paramLabel = "N", defaultValue = "25", description = "How often the node is killed. Default: ${DEFAULT-VALUE}.")
    private int kills;

    @Option(names = "--seed", paramLabel = "S", description = "Draws market and kills. Default: a random one, printed first.")
    private Long seed;

    @Option(names = "--dir", paramLabel = "DIR", description = "The node's directory; new or empty. Default: a temporary one, kept when a check fails.")
    private Path dir;

    @Option(names = "--retain-segments", paramLabel = "N", description = "Let the node remove all but N of the segments that none of its snapshots needs. What it removes is checked with the rest. Default: nothing is removed.")
    private Integer retainSegments;

    @Option(names = "--gateway-kills", paramLabel = "N", description = "Kill not the node but an order gateway, so often, at a venue that accepts a ClOrdID again once the order that had it is closed; node, feed and venue live on.")
    private Integer gatewayKills;

    @Option(names = "--lose-log", description = "With --gateway-kills: take the order gateway's log away at each kill. A test of the test: it must find requests that are sent twice.")
    private boolean losesLog;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws Exception
    {
        if (kills < 1)
        {
            throw new UsageException("--kills=" + kills + ": expected 1 or more");
        }
        if (retainSegments != null && retainSegments < 0)
        {
            throw new UsageException("--retain-segments=" + retainSegments + ": expected 0 or more");
        }
        if (gatewayKills != null && gatewayKills < 1)
        {
            throw new UsageException("--gateway-kills=" + gatewayKills + ": expected 1 or more");
        }
        if (losesLog && gatewayKills == null)
        {
            throw new UsageException("--lose-log: expected --gateway-kills beside it");
        }
        seed = seed == null ? Long.valueOf(ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE)) : seed;
        final boolean isOwn = dir == null || !Files.exists(dir);
        final Path directory = Directories.newOrEmpty(dir, "lockstep-crash-test-").toAbsolutePath();
        final Path aeronDirectory = NodeRig.aeronDirectory(directory, "lockstep-crash-test-");
        final PrintWriter err = spec.commandLine().getErr();
        err.println("lockstep: seed=" + seed + " kills=" + (gatewayKills == null ? kills : gatewayKills) +
            " directory=" + directory);
        err.flush();
        try (Interruption interruption = new Interruption(() ->
        {
            Directories.delete(aeronDirectory, true);
            Directories.delete(directory, isOwn);
        }))
        {
            return run(directory, aeronDirectory, interruption);
        }
    }

    private int run(final Path directory, final Path aeronDirectory, final Interruption interruption)
        throws IOException, InterruptedException
    {
        try
        {
            final Result result = gatewayKills == null
                ? run(directory, aeronDirectory)
                : runGateway(directory, aeronDirectory);
            // Ctrl-C ends the node as well, which is no failure then.
            return interruption.isRequested() ? ExitStatus.INTERRUPTED : conclude(directory, result);
        }
        catch (final IOException | RuntimeException ex)
        {
            if (interruption.isRequested())
            {
                // Whatever was interrupted says so in its own way; files by an exception that Agrona does not declare.
                return ExitStatus.INTERRUPTED;
            }
            spec.commandLine().getErr().println("lockstep: what there is of the crash test is in " + directory);
            throw ex;
        }
    }

    /**
     * @param values   by the keys of the contract.
     * @param failures a sentence for each check that did not hold.
     */
    private record Result(Map<String, Object> values, List<String> failures)
    {
    }

    private Result runGateway(final Path directory, final Path aeronDirectory)
        throws IOException, InterruptedException
    {
        final GatewayKillTest test = new GatewayKillTest(
            directory, aeronDirectory, seed, losesLog, spec.commandLine().getErr());
        test.run(gatewayKills);
        return new Result(new LinkedHashMap<>(test.values()), test.failures());
    }

    private Result run(final Path directory, final Path aeronDirectory)
        throws IOException, InterruptedException
    {
        final PrintWriter err = spec.commandLine().getErr();
        final List<Kill> plan = Kill.draw(seed, kills);
        final long events = Kill.marketEvents(plan) + LAST_MARKET_EVENTS;
        final VenueRecord venue = new VenueRecord();
        final Progress progress = new Progress(err, events);
        final NodeRig rig = new NodeRig(directory, aeronDirectory,
            CrashTestConfiguration.node(directory, aeronDirectory,
                retainSegments == null ? JournalContext.RETAIN_ALL : retainSegments),
            CrashTestConfiguration.gateways(seed, events), null,
            venue, 0, err);
        final WholeJournal whole = retainSegments == null
            ? null
            : new WholeJournal(rig.directory(), new NodeDirectory(directory.resolve("whole")));
        final CrashTestRun run = new CrashTestRun(rig, progress, whole);
        final CrashChecks checks = new CrashChecks();
        boolean settled = false;
        try (rig)
        {
            run.play(plan);
            rig.node().stop();
            run.check(checks);
            settled = true;
        }
        catch (final NodeException ex)
        {
            if (ex.exitStatus() != NodeException.CHECK_FAILED)
            {
                throw ex;
            }
            checks.require(false, ex.getMessage());
        }
        progress.done();
        final CrashTestOutcome outcome = new CrashTestOutcome(checks);
        if (settled)
        {
            outcome.check(rig.context(),
                whole == null ? rig.directory() : whole.directory(), rig.settings(), rig.gateways().venue().venue(),
                venue);
        }
        final Map<String, Object> values = new LinkedHashMap<>(run.values());
        // Without that there is nothing to compare, and the counts below say nothing.
        values.put("settled", settled);
        values.putAll(outcome.values());
        return new Result(values, checks.failures());
    }

    private int conclude(final Path directory, final Result result)
    {
        final PrintWriter err = spec.commandLine().getErr();
        final PrintWriter out = spec.commandLine().getOut();
        final List<String> failures = result.failures();
        final Map<String, Object> values = result.values();
        values.put("firstFailureSeed", failures.isEmpty() ? null : seed);
        values.put("seed", seed);
        failures.forEach((failure) -> err.println("lockstep: FAILED: " + failure));
        if (!failures.isEmpty())
        {
            err.println("lockstep: the node's directory is kept: " + directory + "; seed=" + seed +
                " draws the same kills again");
        }
        else if (dir == null)
        {
            Directories.delete(directory, true);
        }
        new ValuesPrinter(out, json).print(values);
        if (!json)
        {
            out.println(failures.isEmpty() ? "All checks held." : failures.size() + " checks failed.");
        }
        return failures.isEmpty() ? ExitStatus.DONE : ExitStatus.CHECK_FAILED;
    }
}
