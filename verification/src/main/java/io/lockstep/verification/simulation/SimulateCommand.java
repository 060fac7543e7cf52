package io.lockstep.verification.simulation;

import io.lockstep.cli.argument.UsageException;
import io.lockstep.cli.output.ExitStatus;
import io.lockstep.cli.output.Progress;
import io.lockstep.journal.text.Json;
import io.lockstep.verification.simulation.plant.Plant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs the node against a simulated world, a seed at a time.
 */
@Command(name = "simulate", description = "Runs the whole node in one thread against a simulated network, clock, disk and two venues that fail at random, and checks its invariants. A seed alone reproduces what it found.", mixinStandardHelpOptions = true, footer = {
    "", "Example: lockstep simulate --seeds 1..1000",
    "         lockstep simulate --seeds 42..42 --plant FILL_TAKEN_TWICE"})
final class SimulateCommand implements Callable<Integer>
{
    private static final String STEPS_DEFAULT = "2000";
    /** So that no thread waits for a seed that takes long. */
    private static final int AHEAD = 4;

    @Spec
    private CommandSpec spec;

    @Option(names = "--seeds", required = true, paramLabel = "FROM..TO", description = "The first and the last seed.")
    private String seeds;

    @Option(names = "--steps", paramLabel = "N", defaultValue = STEPS_DEFAULT, description = "Steps with faults, for each seed; without faults it goes on until it is at rest. Default: ${DEFAULT-VALUE}.")
    private int steps;

    @Option(names = "--plant", paramLabel = "NAME", defaultValue = "NONE", description = "Put a bug in, to see it found: ${COMPLETION-CANDIDATES}.")
    private Plant plant;

    @Option(names = "--threads", paramLabel = "N", description = "Seeds that are run at once; what a seed does is the same. Default: one for each processor.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    private long failures;
    private Long firstFailureSeed;
    private long totalSteps;
    private long inputs;
    private long decisions;
    private long requests;
    private long fills;
    private long incarnations;
    private long snapshots;
    private long restored;
    private long refused;
    private long heldMax;
    private long suspended;
    private long differing;
    private long withoutRoom;
    private long signals;
    private long openings;

    @Override
    public Integer call()
    {
        final long[] range = range();
        if (steps < 1)
        {
            throw new UsageException("--steps=" + steps + ": expected at least 1");
        }
        if (threads < 1)
        {
            throw new UsageException("--threads=" + threads + ": expected at least 1");
        }
        final PrintWriter err = spec.commandLine().getErr();
        err.println("lockstep: seeds " + range[0] + ".." + range[1] + ", each reproduced by --seeds SEED..SEED" +
            (plant == Plant.NONE ? "" : " --plant " + plant) +
            (STEPS_DEFAULT.equals("" + steps) ? "" : " --steps " + steps));
        final Progress progress = new Progress(err, range[1] - range[0] + 1);
        final long startNs = System.nanoTime();
        simulate(range, progress);
        progress.done();
        print(range, (System.nanoTime() - startNs) / 1e9);
        return failures == 0 ? ExitStatus.DONE : ExitStatus.CHECK_FAILED;
    }

    /** Several at once, for they know nothing of each other; what they did is taken in the order of the seeds. */
    private void simulate(final long[] range, final Progress progress)
    {
        final ExecutorService executor = Executors.newFixedThreadPool(threads);
        try
        {
            final Deque<Future<SimulationResult>> running = new ArrayDeque<>();
            long next = range[0];
            for (long seed = range[0]; seed <= range[1]; seed++)
            {
                for (; next <= range[1] && running.size() < AHEAD * threads; next++)
                {
                    final long drawn = next;
                    running.addLast(executor.submit(() -> new Simulation(drawn, plant).run(steps)));
                }
                add(running.removeFirst().get(), progress);
                progress.update(seed - range[0] + 1);
            }
        }
        catch (final ExecutionException | InterruptedException ex)
        {
            throw new IllegalStateException("a simulation did not come to its end", ex);
        }
        finally
        {
            executor.shutdownNow();
        }
    }

    private long[] range()
    {
        final String[] ends = seeds.split("\\.\\.", -1);
        try
        {
            final long from = Long.parseLong(ends[0]);
            final long to = Long.parseLong(ends[ends.length - 1]);
            if (ends.length == 2 && from <= to)
            {
                return new long[]{from, to};
            }
        }
        catch (final NumberFormatException ex)
        {
            // Said below.
        }
        throw new UsageException(
            "--seeds=" + seeds + ": expected FROM..TO, whole numbers, the first not above the last");
    }

    private void add(final SimulationResult result, final Progress progress)
    {
        totalSteps += result.steps();
        inputs += result.inputs();
        decisions += result.decisions();
        requests += result.requests();
        fills += result.fills();
        incarnations += result.incarnations();
        snapshots += result.snapshots();
        restored += result.restored();
        refused += result.refused();
        heldMax = Math.max(heldMax, result.heldMax());
        suspended += result.suspended();
        differing += result.differing();
        withoutRoom += result.withoutRoom();
        signals += result.signals();
        openings += result.openings();
        if (result.failure() != null)
        {
            failures++;
            firstFailureSeed = firstFailureSeed == null ? result.seed() : firstFailureSeed;
            progress.message("seed " + result.seed() + " FAILED: " + result.failure() + ": " + result.message());
            result.trace().forEach((line) -> progress.message("  seed " + result.seed() + ": " + line));
            progress.message("  seed " + result.seed() + ": faults of 10,000 steps: " + result.faults());
        }
    }

    private void print(final long[] range, final double seconds)
    {
        final Map<String, Object> values = new LinkedHashMap<>();
        values.put("seeds", range[1] - range[0] + 1);
        values.put("steps", totalSteps);
        values.put("failures", failures);
        values.put("firstFailureSeed", firstFailureSeed);
        values.put("inputs", inputs);
        values.put("decisions", decisions);
        values.put("requests", requests);
        values.put("fills", fills);
        values.put("incarnations", incarnations);
        values.put("snapshots", snapshots);
        values.put("fromSnapshot", restored);
        values.put("pressedBack", refused);
        values.put("unacknowledgedMax", heldMax);
        values.put("suspended", suspended);
        values.put("differing", differing);
        values.put("withoutRoom", withoutRoom);
        values.put("signals", signals);
        values.put("openings", openings);
        values.put("seedsPerSecond", Math.round((range[1] - range[0] + 1) / seconds));
        final PrintWriter out = spec.commandLine().getOut();
        if (json)
        {
            out.println(Json.text(values));
            return;
        }
        out.printf(Locale.ROOT,
            "%,d seeds, %,d steps, %,d incarnations, %,d of them from a snapshot, %,d snapshots,%n" +
                "%,d inputs, %,d decisions, %,d requests, %,d fills, %,d sends pressed back, at most %,d decisions unacknowledged,%n"
                +
                "%,d instances suspended, %,d differences of accounts, %,d orders refused for want of room,%n"
                +
                "%,d signals taken, %,d circuit breakers opened.%n",
            range[1] - range[0] + 1, totalSteps, incarnations, restored, snapshots, inputs, decisions, requests, fills,
            refused, heldMax, suspended, differing, withoutRoom, signals,
            openings);
        out.println(failures == 0
            ? "Every invariant held."
            : failures + " seeds FAILED, the first " + firstFailureSeed + ".");
    }
}
