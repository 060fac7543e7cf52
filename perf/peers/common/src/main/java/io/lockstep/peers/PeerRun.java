package io.lockstep.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * What happens in the JVM of a {@link Peer}: the idle machine, warm-up, each rate, as fast as it goes, and a restart on
 * all that was journaled meanwhile.
 */
public final class PeerRun extends OpenLoop
{
    private static final long SLICE_NS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long LEAD_IN_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int WARM_UP_RATE = 100_000;
    private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(60);
    private static final int FAILED = 3;

    private final PeerPlan plan;
    private final PeerResult result;
    private final Peer peer;
    private long event = 1;
    private boolean isAsking;

    private PeerRun(final PeerPlan plan, final Peer.Factory factory, final Path directory) throws Exception
    {
        super(System::nanoTime);
        this.plan = plan;
        result = new PeerResult(plan);
        isAsking = plan.isAsking(event);
        peer = factory.start(plan, directory, (intendedNs) -> onAnswer(intendedNs, nowNs()));
    }

    /**
     * The main method of a peer; ends the process.
     *
     * @param args of a {@link PeerPlan}.
     */
    public static void run(final String[] args, final Peer.Factory factory) throws IOException
    {
        final PeerPlan plan = PeerPlan.parse(args);
        final Path directory = Files.createTempDirectory(plan.journalDirectory(), "lockstep-peer-");
        Runtime.getRuntime().addShutdownHook(new Thread(() ->
        {
            delete(directory);
            delete(memory(directory));
        }, "peer-cleanup"));
        try
        {
            measureHiccup(plan);
            final PeerRun run = new PeerRun(plan, factory, directory);
            try (run.peer)
            {
                run.measure();
            }
        }
        catch (final Exception ex)
        {
            // The peer's threads would keep the process alive.
            ex.printStackTrace();
            System.exit(FAILED);
        }
        System.exit(0);
    }

    /**
     * Waits until it is so.
     *
     * @throws IllegalStateException when that takes too long.
     */
    public static void await(final String what, final BooleanSupplier condition)
    {
        final long deadlineNs = System.nanoTime() + TIMEOUT_NS;
        while (!condition.getAsBoolean())
        {
            if (System.nanoTime() - deadlineNs >= 0)
            {
                throw new IllegalStateException("timed out: " + what);
            }
            Thread.yield();
        }
    }

    private void measure() throws Exception
    {
        if (plan.warmUpSeconds() > 0)
        {
            slice(WARM_UP_RATE, 0, TimeUnit.SECONDS.toNanos(plan.warmUpSeconds()), new Tally());
        }
        for (final int rate : plan.rates())
        {
            measure(rate);
        }
        result.set("flatOut",
            plan.flatOutSeconds() > 0 ? (long)flatOut(TimeUnit.SECONDS.toNanos(plan.flatOutSeconds())) : 0);
        final long replayNs = plan.isRestarted() ? peer.restart() : 0;
        result.set("replayNs", replayNs);
        result.set("replayedEvents", replayNs > 0 ? event - 1 : 0);
        result.write();
    }

    private void measure(final int rate)
    {
        final Tally tally = new Tally();
        final ThreadLoad load = new ThreadLoad();
        try (IntervalLog log = new IntervalLog(plan.log(rate)))
        {
            for (long i = 0; i < TimeUnit.SECONDS.toNanos(plan.seconds()) / SLICE_NS; i++)
            {
                slice(rate, LEAD_IN_NS, SLICE_NS, tally);
                log.add(tally.endSlice(), SLICE_NS);
            }
        }
        result.set(rate, tally, load.end());
    }

    /** Before there is anything that spins. The first slice is for the compiler. */
    private static void measureHiccup(final PeerPlan plan)
    {
        final Tally tally = new Tally();
        hiccup(System::nanoTime, SLICE_NS, tally);
        hiccup(System::nanoTime, SLICE_NS, tally);
        try (IntervalLog log = new IntervalLog(plan.hiccupLog()))
        {
            log.add(tally.endSlice(), SLICE_NS);
        }
    }

    @Override
    protected boolean send(final long intendedNs)
    {
        return peer.offer(event, isAsking, intendedNs);
    }

    @Override
    protected boolean isAsking()
    {
        return isAsking;
    }

    @Override
    protected void advance()
    {
        event++;
        isAsking = plan.isAsking(event);
    }

    @Override
    protected void poll(final long nowNs)
    {
        peer.poll();
    }

    /**
     * Where a peer puts what is no journal, if it needs files for it; the peer makes it, and it is deleted afterwards.
     *
     * @param directory of the peer.
     */
    public static Path memory(final Path directory)
    {
        final Path memory = Path.of("/dev/shm");
        return (Files.isWritable(memory) ? memory : directory.getParent())
            .resolve(directory.getFileName() + "-memory");
    }

    private static void delete(final Path directory)
    {
        if (!Files.exists(directory))
        {
            return;
        }
        try (Stream<Path> paths = Files.walk(directory))
        {
            final List<Path> children = paths.sorted(Comparator.reverseOrder()).toList();
            for (final Path path : children)
            {
                Files.delete(path);
            }
        }
        catch (final IOException ex)
        {
            ex.printStackTrace();
        }
    }
}
