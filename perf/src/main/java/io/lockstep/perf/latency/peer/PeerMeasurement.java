package io.lockstep.perf.latency.peer;

import io.lockstep.peers.PeerPlan;
import io.lockstep.peers.PeerResult;
import io.lockstep.perf.latency.fork.ForkProcess;
import io.lockstep.perf.latency.fork.Quantile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Measures peers in turn, each in a JVM of its own each time. One that can wait in several ways is tried with each beforehand.
 */
public final class PeerMeasurement
{
    /** Runs a plan to its end. */
    interface Runner
    {
        PeerResult run(PeerKind kind, PeerPlan plan) throws IOException, InterruptedException;
    }

    private final Set<PeerKind> kinds;
    private final PeerPlan plan;
    private final Runner runner;
    private final Consumer<String> progress;
    private final Map<PeerKind, String> variantByKind = new EnumMap<>(PeerKind.class);
    private final Map<PeerKind, List<PeerResult>> resultsByKind = new EnumMap<>(PeerKind.class);

    /**
     * @param plan     of all but the variant; what comes out goes below its directory.
     * @param progress is told what is run.
     */
    public PeerMeasurement(
        final Set<PeerKind> kinds, final PeerPlan plan, final Runner runner, final Consumer<String> progress)
    {
        this.kinds = kinds;
        this.plan = plan;
        this.runner = runner;
        this.progress = progress;
        kinds.forEach((kind) -> resultsByKind.put(kind, new ArrayList<>()));
    }

    /** Finds how each peer waits best, with a second at each rate. */
    public void trial() throws IOException, InterruptedException
    {
        for (final PeerKind kind : kinds)
        {
            final Map<String, PeerResult> resultByVariant = new LinkedHashMap<>();
            for (final String variant : kind.variants())
            {
                if (kind.variants().size() > 1)
                {
                    resultByVariant.put(variant, run(kind, trialPlan(kind, variant)));
                }
            }
            variantByKind.put(kind, resultByVariant.isEmpty() ? kind.variants().get(0) : best(resultByVariant));
        }
    }

    private PeerPlan trialPlan(final PeerKind kind, final String variant)
    {
        return new PeerPlan(variant, plan.rates(), 1, plan.warmUpSeconds(), 0, plan.answerEvery(), plan.eventLength(),
            plan.answerLength(), false, plan.journalDirectory(),
            plan.out().resolve("trial").resolve(kind.key() + "-" + variant));
    }

    /** The one with the lowest product of its 90th percentiles, so that no rate counts for more than another. */
    private String best(final Map<String, PeerResult> resultByVariant)
    {
        return resultByVariant.entrySet().stream()
            .min(Comparator.comparingDouble((entry) -> plan.rates().stream()
                .mapToDouble((rate) -> Math.log(Quantile.P90.valueNs(entry.getValue().histogram(rate)))).sum()))
            .orElseThrow().getKey();
    }

    /** One JVM of each, one after another. */
    public void fork(final int fork) throws IOException, InterruptedException
    {
        for (final PeerKind kind : kinds)
        {
            resultsByKind.get(kind).add(run(kind, new PeerPlan(variantByKind.get(kind), plan.rates(), plan.seconds(),
                plan.warmUpSeconds(), plan.flatOutSeconds(), plan.answerEvery(), plan.eventLength(),
                plan.answerLength(), kind.isJournaled(), plan.journalDirectory(),
                plan.out().resolve("fork-" + fork).resolve(kind.key()))));
        }
    }

    private PeerResult run(final PeerKind kind, final PeerPlan kindPlan) throws IOException, InterruptedException
    {
        progress.accept(plan.out().relativize(kindPlan.out()).toString());
        return runner.run(kind, kindPlan);
    }

    public List<PeerFigures> figures()
    {
        return kinds.stream()
            .map((kind) -> new PeerFigures(kind, variantByKind.get(kind), resultsByKind.get(kind))).toList();
    }

    /**
     * Runs plans as processes.
     *
     * @param peers the directory of the modules.
     */
    public static Runner processes(final Path peers)
    {
        return (kind, plan) ->
        {
            ForkProcess.run(kind.classPath(peers), kind.mainClass(), plan.arguments(), plan.out());
            return PeerResult.read(plan);
        };
    }
}
