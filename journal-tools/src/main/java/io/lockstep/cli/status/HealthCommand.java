package io.lockstep.cli.status;

import io.lockstep.cli.argument.NodeFinder;
import io.lockstep.cli.argument.UsageException;
import io.lockstep.cli.output.ExitStatus;
import io.lockstep.journal.text.Json;
import io.lockstep.sequencer.aeron.StandaloneDriver;
import io.lockstep.sequencer.config.Units;
import io.lockstep.sequencer.journal.NodeDirectory;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * Whether a node or a media driver is well, for service managers and monitoring.
 */
@Command(name = "health", description = {
    "Says by its exit status whether a node is alive, or with --ready whether it trades, from its counters alone.",
    "Exit status 0: it is, 1: it is not."
}, mixinStandardHelpOptions = true, footer =
{"", "Example: lockstep health --dir /var/lib/lockstep/node --ready --wait 60s"})
final class HealthCommand implements Callable<Integer>
{
    private static final long LOOK_INTERVAL_MS = 50;

    @Spec
    private CommandSpec spec;

    @ArgGroup
    private Subject subject = new Subject();

    /** One of the two. */
    private static final class Subject
    {
        @Option(names = {"--dir",
            "--journal"}, paramLabel = "DIR", description = "The node's directory, or that of one with shards. Default: node.")
        private Path node;

        @Parameters(arity = "0..1", paramLabel = "DIR", description = "The same as --dir.")
        private Path positional;

        @Option(names = "--driver", paramLabel = "DIR", description = "The directory of a media driver, to ask of that instead.")
        private Path driver;
    }

    @Option(names = "--ready", description = "Whether it trades, too: mode running, gateways linked, the venue's answer in the journal, no stale market under a position or open orders.")
    private boolean ready;

    @Option(names = "--errors-max", paramLabel = "N", description = "And no more errors than this since its start. Default: any number.")
    private Long errorsMax;

    @Option(names = "--heartbeat-max", paramLabel = "DURATION", defaultValue = "2s", description = "Age of the heartbeat up to which it is alive. Default: ${DEFAULT-VALUE}.")
    private String heartbeatMax;

    @Option(names = "--stale-max", paramLabel = "DURATION", defaultValue = "5s", description = "With --ready: how long the market of an instrument that has a position or open orders may be stale. Default: ${DEFAULT-VALUE}.")
    private String staleMax;

    @Option(names = "--wait", paramLabel = "DURATION", defaultValue = "0", description = "How long to wait until it is well. Default: ${DEFAULT-VALUE}.")
    private String wait;

    @Option(names = "--pid", paramLabel = "PID", description = "Wait no longer than this process lives: one that has ended does not become well.")
    private Long pid;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException
    {
        if (subject.driver != null && (ready || errorsMax != null))
        {
            throw new UsageException("--driver: expected without --ready and --errors-max, which are of a node");
        }
        final long heartbeatMaxMs = TimeUnit.NANOSECONDS.toMillis(durationNs("--heartbeat-max", heartbeatMax));
        final long deadlineNs = System.nanoTime() + durationNs("--wait", wait);
        List<NodeHealth.Check> checks = look(heartbeatMaxMs);
        while (!isWell(checks) && System.nanoTime() - deadlineNs < 0 && mayBecomeWell())
        {
            Thread.sleep(LOOK_INTERVAL_MS);
            checks = look(heartbeatMaxMs);
        }
        print(checks);
        return isWell(checks) ? ExitStatus.DONE : ExitStatus.CHECK_FAILED;
    }

    private boolean mayBecomeWell()
    {
        return pid == null || ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }

    private static boolean isWell(final List<NodeHealth.Check> checks)
    {
        return checks.stream().allMatch(NodeHealth.Check::ok);
    }

    private static long durationNs(final String option, final String text)
    {
        final long durationNs = Units.durationNs(text);
        if (durationNs < 0)
        {
            throw new UsageException(option + "=" + text + ": expected a duration such as 10s");
        }
        return durationNs;
    }

    private List<NodeHealth.Check> look(final long heartbeatMaxMs)
    {
        if (subject.driver != null)
        {
            final boolean isAlive = StandaloneDriver.isAlive(subject.driver.toFile());
            return List.of(new NodeHealth.Check("driver", isAlive, isAlive ? "alive" : "none alive", "alive"));
        }
        final Path directory = subject.node != null
            ? subject.node
            : subject.positional == null ? Path.of("node") : subject.positional;
        final Map<Integer, NodeDirectory> shards = NodeFinder.shards(directory);
        if (shards.isEmpty())
        {
            return look(new NodeDirectory(directory), heartbeatMaxMs);
        }
        final List<NodeHealth.Check> checks = new ArrayList<>();
        shards.forEach((shard, of) -> look(of, heartbeatMaxMs).forEach(
            (check) -> checks.add(check.named("shard " + shard + " " + check.name()))));
        return checks;
    }

    private List<NodeHealth.Check> look(final NodeDirectory directory, final long heartbeatMaxMs)
    {
        final NodeHealth health = NodeHealth.of(directory, System.currentTimeMillis());
        final List<NodeHealth.Check> checks = new ArrayList<>(health.alive(heartbeatMaxMs));
        if (ready)
        {
            checks.addAll(health.ready(TimeUnit.NANOSECONDS.toMillis(durationNs("--stale-max", staleMax))));
        }
        if (errorsMax != null)
        {
            checks.add(health.errors(errorsMax));
        }
        return checks;
    }

    private void print(final List<NodeHealth.Check> checks)
    {
        final PrintWriter out = spec.commandLine().getOut();
        if (!json)
        {
            checks.forEach(
                (check) -> out.printf(Locale.ROOT, "%-4s %-16s %s%s%n", check.ok() ? "ok" : "NOT", check.name(),
                    check.found(), check.ok() ? "" : ", expected " + check.wanted()));
            return;
        }
        final List<Map<String, Object>> list = new ArrayList<>();
        for (final NodeHealth.Check check : checks)
        {
            final Map<String, Object> values = new LinkedHashMap<>();
            values.put("name", check.name());
            values.put("ok", check.ok());
            values.put("found", check.found());
            values.put("wanted", check.wanted());
            list.add(values);
        }
        final Map<String, Object> values = new LinkedHashMap<>();
        values.put("ok", isWell(checks));
        values.put("checks", list);
        out.println(Json.text(values));
    }
}
