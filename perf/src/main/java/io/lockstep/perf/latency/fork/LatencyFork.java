package io.lockstep.perf.latency.fork;

import com.sun.management.ThreadMXBean;
import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.FragmentAssembler;
import io.aeron.Subscription;
import io.aeron.driver.MediaDriver;
import io.aeron.logbuffer.FragmentHandler;
import io.aeron.protocol.DataHeaderFlyweight;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.codecs.text.NeutralLocale;
import io.lockstep.journal.text.Json;
import io.lockstep.peers.IntervalLog;
import io.lockstep.peers.OpenLoop;
import io.lockstep.peers.Tally;
import io.lockstep.perf.latency.load.Load;
import io.lockstep.perf.latency.path.EchoLoop;
import io.lockstep.perf.latency.path.LinkedEnds;
import io.lockstep.perf.latency.path.LoopThread;
import io.lockstep.perf.latency.path.MeasuredNode;
import io.lockstep.perf.latency.path.MeasuredPath;
import io.lockstep.perf.latency.path.OpenLoopProbe;
import io.lockstep.perf.latency.path.PipeEnds;
import io.lockstep.perf.latency.path.PipeLoop;
import io.lockstep.perf.latency.path.PreparedOrder;
import io.lockstep.perf.latency.path.RawEnds;
import io.lockstep.perf.latency.path.StageTimes;
import io.lockstep.sequencer.aeron.DriverClient;
import io.lockstep.sequencer.aeron.EmbeddedDriver;
import io.lockstep.sequencer.config.Channel;
import io.lockstep.sequencer.journal.Journal;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.journal.SegmentedJournal;
import io.lockstep.sequencer.loop.SequencerMonitor;
import io.lockstep.sequencer.loop.Stage;
import org.HdrHistogram.Histogram;
import org.agrona.CloseHelper;
import org.agrona.IoUtil;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.agrona.concurrent.SystemNanoClock;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One JVM's measurement: makes all paths on one driver, warms them up, then gives each a slice in turn until each has had its
 * seconds.
 */
public final class LatencyFork implements AutoCloseable
{
    /** Short, so that what the machine does meets all paths; and long against the lead-in. */
    private static final long SLICE_NS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long LEAD_IN_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int WARM_UP_RATE = 100_000;
    private static final String CHANNEL = "aeron:ipc";
    private static final int STREAM_BASE = 7_000;
    private static final long RETENTION_INTERVAL_MS = 100;
    private static final ThreadMXBean THREADS = (ThreadMXBean)ManagementFactory.getThreadMXBean();

    private final ForkPlan plan;
    private final Load load;
    private final Path directory;
    private final MediaDriver driver;
    private final Aeron aeron;
    private final LoopThread loopThread = new LoopThread();
    private final StageTimes stageTimes = new StageTimes();
    private final MeasuredNode node;
    private final LinkedEnds nodeEnds;
    private final Map<MeasuredPath, OpenLoopProbe> probeByPath = new EnumMap<>(MeasuredPath.class);
    private final AgentRunner retention;
    private final List<AutoCloseable> resources = new ArrayList<>();
    private final List<Map<String, Object>> results = new ArrayList<>();

    private LatencyFork(final ForkPlan plan) throws Exception
    {
        this.plan = plan;
        load = plan.load().load(plan.orderEvery(), new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        directory = Files.createTempDirectory(plan.journalDirectory(), "lockstep-latency-");
        final Path memory = Path.of("/dev/shm");
        final Path driverDirectory = Files.createTempDirectory(
            Files.isWritable(memory) ? memory : directory, "lockstep-latency-driver-");
        Runtime.getRuntime().addShutdownHook(new Thread(() ->
        {
            IoUtil.delete(directory.toFile(), true);
            IoUtil.delete(driverDirectory.toFile(), true);
        }, "latency-cleanup"));
        driver = EmbeddedDriver.launch(driverDirectory, Throwable::printStackTrace);
        aeron = DriverClient.connect(new Aeron.Context()
            .aeronDirectoryName(driver.aeronDirectoryName()).errorHandler(Throwable::printStackTrace));
        node = new MeasuredNode(directory.resolve("node"), driver.aeronDirectoryName(), load, plan.rehearseNs(),
            loopThread,
            plan.stages() ? stageTimes : SequencerMonitor.NONE);
        nodeEnds = new LinkedEnds(aeron, node.context().ingress().get(0), node.context().egress());
        retention = new AgentRunner(new SleepingMillisIdleStrategy(RETENTION_INTERVAL_MS), Throwable::printStackTrace,
            null, new NewestSegments(List.of(new NodeDirectory(directory.resolve("node")), floor())));
        AgentRunner.startOnThread(retention);
    }

    private NodeDirectory floor()
    {
        return new NodeDirectory(directory.resolve("floor"));
    }

    /**
     * @param args of a {@link ForkPlan}.
     */
    public static void main(final String[] args) throws Exception
    {
        NeutralLocale.set();
        final ForkPlan plan = ForkPlan.parse(args);
        try (LatencyFork fork = new LatencyFork(plan))
        {
            fork.run();
        }
        System.exit(0);
    }

    private void run() throws Exception
    {
        addNode();
        if (!plan.stages())
        {
            addPipe(MeasuredPath.FLOOR, journal());
            addPipe(MeasuredPath.UNJOURNALED, Journal.NONE);
            addEcho();
        }
        warmUp();
        for (final int rate : plan.rates())
        {
            measure(rate);
        }
        final Map<String, Object> result = new LinkedHashMap<>();
        result.put("paths", results);
        result.put("flatOut", plan.flatOutSeconds() > 0 && !plan.stages() ? flatOut() : Map.of());
        Files.writeString(plan.result(), Json.text(result));
    }

    /** With the settings of the node's. */
    private Journal journal()
    {
        final Journal journal = SegmentedJournal.open(floor(), 1, node.context().journal(), Throwable::printStackTrace);
        resources.add(journal);
        return journal;
    }

    private void addNode() throws InterruptedException
    {
        node.start();
        link(nodeEnds);
        add(MeasuredPath.TICK_TO_TRADE, nodeEnds).sendFirstBooks();
    }

    private void addPipe(final MeasuredPath path, final Journal journal)
    {
        final LinkedEnds ends = new LinkedEnds(
            aeron, new Channel(CHANNEL, inStream(path)), new Channel(CHANNEL, inStream(path) + 1));
        loopThread.add(path, new PipeLoop(
            subscription(path), publication(path), journal, new PreparedOrder(), load.orderMultiple(),
            plan.rehearseNs()));
        final OpenLoopProbe probe = add(path, ends);
        loopThread.switchTo(path);
        link(ends);
        probe.sendFirstBooks();
    }

    private static void link(final LinkedEnds ends)
    {
        while (!ends.isLinked())
        {
            ends.poll(System.nanoTime());
        }
    }

    private void addEcho()
    {
        final RawEnds ends = new RawEnds(aeron, CHANNEL, inStream(MeasuredPath.ECHO), inStream(MeasuredPath.ECHO) + 1,
            load.messageLengthMax());
        resources.add(ends);
        loopThread.add(MeasuredPath.ECHO, new EchoLoop(subscription(MeasuredPath.ECHO),
            publication(MeasuredPath.ECHO), new PreparedOrder(), load.orderMultiple(), this::whole));
        final OpenLoopProbe probe = add(MeasuredPath.ECHO, ends);
        while (!ends.isConnected())
        {
            Thread.onSpinWait();
        }
        loopThread.switchTo(MeasuredPath.ECHO);
        probe.sendFirstBooks();
    }

    /** Of records that come in pieces; where all fit in one, nobody need look for the next. */
    private FragmentHandler whole(final FragmentHandler handler)
    {
        final int payloadLengthMax = driver.context().ipcMtuLength() - DataHeaderFlyweight.HEADER_LENGTH;
        return RecordDescriptor.recordLength(load.messageLengthMax()) > payloadLengthMax
            ? new FragmentAssembler(handler)
            : handler;
    }

    private static int inStream(final MeasuredPath path)
    {
        return STREAM_BASE + 2 * path.ordinal();
    }

    private Subscription subscription(final MeasuredPath path)
    {
        return aeron.addSubscription(CHANNEL, inStream(path));
    }

    private ExclusivePublication publication(final MeasuredPath path)
    {
        return aeron.addExclusivePublication(CHANNEL, inStream(path) + 1);
    }

    private OpenLoopProbe add(final MeasuredPath path, final PipeEnds ends)
    {
        final OpenLoopProbe probe = new OpenLoopProbe(ends, load.workloads().get(), SystemNanoClock.INSTANCE);
        probeByPath.put(path, probe);
        return probe;
    }

    /** At a high rate whatever is measured later, so that the compiler has seen enough of every path. */
    private void warmUp()
    {
        for (int second = 0; second < plan.warmUpSeconds(); second++)
        {
            probeByPath.forEach((path, probe) ->
            {
                loopThread.switchTo(path);
                probe.slice(WARM_UP_RATE, 0, TimeUnit.SECONDS.toNanos(1), new Tally());
            });
        }
    }

    private List<MeasuredPath> paths()
    {
        final List<MeasuredPath> paths = new ArrayList<>(probeByPath.keySet());
        if (!plan.stages())
        {
            paths.add(MeasuredPath.HICCUP);
        }
        return paths;
    }

    private void measure(final int rate) throws IOException
    {
        final Map<MeasuredPath, Tally> tallyByPath = new EnumMap<>(MeasuredPath.class);
        final Map<MeasuredPath, IntervalLog> logByPath = new EnumMap<>(MeasuredPath.class);
        for (final MeasuredPath path : paths())
        {
            tallyByPath.put(path, new Tally());
            logByPath.put(path, new IntervalLog(plan.log(rate, path.key())));
        }
        final Map<Stage, Histogram> histogramByStage = StageTimes.histograms();
        stageTimes.record(histogramByStage);
        long allocatedBytes = 0;
        final long slices = TimeUnit.SECONDS.toNanos(plan.seconds()) / SLICE_NS;
        for (long i = 0; i < slices; i++)
        {
            for (final MeasuredPath path : paths())
            {
                final Tally tally = tallyByPath.get(path);
                allocatedBytes += slice(path, rate, tally);
                logByPath.get(path).add(tally.endSlice(), SLICE_NS);
            }
        }
        stageTimes.record(null);
        for (final MeasuredPath path : paths())
        {
            logByPath.get(path).close();
            addResult(path, rate, tallyByPath.get(path), allocatedBytes);
        }
        if (plan.stages())
        {
            writeStages(rate, histogramByStage);
        }
    }

    /** Returns what the loop's thread has allocated meanwhile, of the whole path. */
    private long slice(final MeasuredPath path, final int rate, final Tally tally)
    {
        loopThread.switchTo(path);
        if (path == MeasuredPath.HICCUP)
        {
            OpenLoop.hiccup(System::nanoTime, SLICE_NS, tally);
            return 0;
        }
        final long beforeBytes = THREADS.getThreadAllocatedBytes(node.threadId());
        probeByPath.get(path).slice(rate, LEAD_IN_NS, SLICE_NS, tally);
        return path == MeasuredPath.TICK_TO_TRADE
            ? THREADS.getThreadAllocatedBytes(node.threadId()) - beforeBytes
            : 0;
    }

    private void writeStages(final int rate, final Map<Stage, Histogram> histogramByStage) throws IOException
    {
        for (final Map.Entry<Stage, Histogram> stage : histogramByStage.entrySet())
        {
            try (IntervalLog log = new IntervalLog(plan.log(rate, StageTimes.key(stage.getKey()))))
            {
                log.add(stage.getValue(), TimeUnit.SECONDS.toNanos(plan.seconds()));
            }
        }
    }

    private void addResult(final MeasuredPath path, final int rate, final Tally tally, final long allocatedBytes)
    {
        final Map<String, Object> result = new LinkedHashMap<>();
        result.put("path", path.name());
        result.put("rate", rate);
        result.put("events", tally.events());
        result.put("sent", tally.sent());
        result.put("received", tally.received());
        result.put("late", tally.late());
        result.put("behindMaxNs", tally.behindMaxNs());
        result.put("allocatedBytes", path == MeasuredPath.TICK_TO_TRADE ? allocatedBytes : 0);
        results.add(result);
    }

    private Map<String, Object> flatOut()
    {
        final Map<String, Object> rateByPath = new LinkedHashMap<>();
        probeByPath.forEach((path, probe) ->
        {
            loopThread.switchTo(path);
            rateByPath.put(path.key(), (long)probe.flatOut(TimeUnit.SECONDS.toNanos(plan.flatOutSeconds())));
        });
        return rateByPath;
    }

    @Override
    public void close()
    {
        loopThread.stop();
        while (node.isAlive())
        {
            nodeEnds.poll(System.nanoTime());
        }
        CloseHelper.quietCloseAll(resources);
        CloseHelper.quietCloseAll(retention, aeron, driver);
    }
}
