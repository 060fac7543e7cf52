package io.lockstep.sequencer.node;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.text.Escapes;
import io.lockstep.core.TradingCore;
import io.lockstep.core.host.CoreHost;
import io.lockstep.core.host.UnacknowledgedDecisions;
import io.lockstep.core.strategy.StrategyFactory;
import io.lockstep.sequencer.NodeException;
import io.lockstep.sequencer.aeron.Connection;
import io.lockstep.sequencer.aeron.PendingConnection;
import io.lockstep.sequencer.apply.ConfigurationPlan;
import io.lockstep.sequencer.apply.CoreConfiguration;
import io.lockstep.sequencer.config.ConfigurationException;
import io.lockstep.sequencer.config.ConfiguredStrategy;
import io.lockstep.sequencer.config.Durability;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.config.SequencedTime;
import io.lockstep.sequencer.config.ShardDirectories;
import io.lockstep.sequencer.counters.CounterType;
import io.lockstep.sequencer.counters.NodeCounters;
import io.lockstep.sequencer.egress.ReadinessOptions;
import io.lockstep.sequencer.journal.JournalException;
import io.lockstep.sequencer.journal.JournalPosition;
import io.lockstep.sequencer.journal.JournalReader;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.journal.QueueStore;
import io.lockstep.sequencer.journal.SegmentedJournal;
import io.lockstep.sequencer.log.JournalLog;
import io.lockstep.sequencer.log.LogLevel;
import io.lockstep.sequencer.log.ProcessLog;
import io.lockstep.sequencer.loop.SequencerMonitor;
import io.lockstep.sequencer.recovery.Recovery;
import io.lockstep.sequencer.safety.NoSpace;
import io.lockstep.sequencer.snapshot.Follower;
import io.lockstep.sequencer.snapshot.SnapshotDirectory;
import io.lockstep.sequencer.snapshot.SnapshotWriter;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.SystemNanoClock;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * One node: takes its directory, replays what is there, opens a new incarnation, connects and runs the loop on the calling
 * thread until told to stop.
 */
public final class Node
{
    private static final long SNAPSHOT_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(5);
    private static final long RECOVER_TIMEOUT_NS = TimeUnit.DAYS.toNanos(1);

    private final NodeContext context;
    private final NodeDirectory directory;
    private final Listener listener;
    private final boolean acceptLostTail;
    private ProcessLog log = ProcessLog.NONE;

    /**
     * Told of the node's life on the node's thread.
     */
    public interface Listener
    {
        /**
         * Recovered; nothing is written or connected yet.
         *
         * @param instruments that the journal has defined.
         * @throws ConfigurationException to have the start refused.
         */
        default void onRecovered(final List<Instrument> instruments)
        {
        }

        /** About to enter the loop: recovered, connected, configured. */
        void onReady();

        /** Out of the loop, still connected. */
        void onStopping();

        /** Something an operator should read: a snapshot not used, an input passed over; on any thread. */
        void onNotice(String notice);

        /**
         * Asked for once, when the node has its directory; the node closes it.
         *
         * @param directory for its files.
         */
        default ProcessLog openLog(final Path directory)
        {
            return ProcessLog.NONE;
        }

        /** Asked for once, before the loop is made; measures it from within. */
        default SequencerMonitor observer()
        {
            return SequencerMonitor.NONE;
        }
    }

    /**
     * What a node did in this incarnation, and where it stands.
     */
    public record Result(
        long inputs,
        long decisions,
        long lastSequence,
        boolean cleanEnd,
        long snapshotSequence,
        long recoveredInputs,
        Histogram tickToTrade)
    {
    }

    public Node(final NodeContext context, final Listener listener)
    {
        this(context, listener, false);
    }

    /**
     * @param acceptLostTail the operator's word that it may go on though the order gateway has decisions which its journal
     *                       lost: it starts halted, and takes orders and fills over from the venue.
     */
    public Node(final NodeContext context, final Listener listener, final boolean acceptLostTail)
    {
        this.acceptLostTail = acceptLostTail;
        this.context = context;
        this.directory = new NodeDirectory(context.directory());
        this.listener = listener;
    }

    /**
     * Runs the node until the supplier says so; it is asked about ten times a second.
     *
     * @throws NodeException when it cannot run.
     */
    public Result run(final BooleanSupplier isStopRequested)
    {
        return open(Objects.requireNonNull(isStopRequested));
    }

    /**
     * Recovers, ends cleanly and takes a snapshot, without connecting to anything.
     *
     * @throws NodeException when it cannot.
     */
    public Result recover()
    {
        return open(null);
    }

    @SuppressWarnings("try") // the lock is held, not used
    private Result open(final BooleanSupplier isStopRequested)
    {
        try (NodeDirectory.Lock lock = lock(directory))
        {
            requireNoShards();
            Files.createDirectories(directory.journal());
            try (ProcessLog opened = listener.openLog(directory.log()))
            {
                log = opened;
                return runLogged(isStopRequested);
            }
        }
        catch (final UncheckedIOException | InternalError ex)
        {
            throw NoSpace.explain(ex, directory.path(), context.driverDirectory());
        }
        catch (final IOException ex)
        {
            throw NoSpace.explain(new UncheckedIOException(ex), directory.path(), context.driverDirectory());
        }
    }

    private Result runLogged(final BooleanSupplier isStopRequested) throws IOException
    {
        log.info("node", "starts: directory=" + directory.path().toAbsolutePath() + " pid=" +
            ProcessHandle.current().pid() + " build=" + Incarnation.build() + " logicVersion=" +
            TradingCore.LOGIC_VERSION + " shard=" + context.shard());
        try (NodeCounters counters = new NodeCounters(
            directory.counters().toFile(), directory.errors().toFile(), log))
        {
            final Result result = runLocked(counters, isStopRequested);
            log.info("node", "ended: lastSequence=" + result.lastSequence() + " inputs=" + result.inputs() +
                " decisions=" + result.decisions());
            return result;
        }
        catch (final RuntimeException | Error ex)
        {
            log.error("node", "ends, for it cannot go on: " + Escapes.line(String.valueOf(ex.getMessage())));
            throw ex;
        }
    }

    /** A node that was divided has its journals elsewhere; one that begins beside them would know nothing of them. */
    private void requireNoShards()
    {
        ShardDirectories.existing(directory.path()).forEach((shard, path) ->
        {
            if (new NodeDirectory(path).hasJournal())
            {
                throw new ConfigurationException("node.directory=" + directory.path() +
                    ": expected a directory without shards, shard " + shard + " has a journal in it");
            }
        });
    }

    /**
     * Takes a directory for as long as the lock is held.
     *
     * @throws NodeException when a live process has it, or it cannot be written.
     */
    public static NodeDirectory.Lock lock(final NodeDirectory directory)
    {
        final NodeDirectory.Lock lock;
        try
        {
            lock = directory.tryLock();
        }
        catch (final IOException ex)
        {
            throw new NodeException(NodeException.CANNOT_RUN,
                "node.directory=" + directory.path() + ": expected a directory that can be written: " + ex);
        }
        if (lock == null)
        {
            throw new NodeException(NodeException.CANNOT_RUN,
                "node.directory=" + directory.path() + ": in use by another live process");
        }
        return lock;
    }

    private Result runLocked(final NodeCounters counters, final BooleanSupplier isStopRequested) throws IOException
    {
        counters.set(CounterType.PROCESS_ID, ProcessHandle.current().pid());
        // Held before the journal is looked at, and closed when the journal is: it copies the clean end, too.
        try (ArchiveRunner archive = ArchiveRunner.open(context.archive(), directory, counters))
        {
            return runLocked(counters, archive, isStopRequested);
        }
    }

    private Result runLocked(
        final NodeCounters counters, final ArchiveRunner archive, final BooleanSupplier isStopRequested)
        throws IOException
    {
        final List<StrategyFactory> strategies = strategies((notice) -> notice(counters, notice));
        final Supplier<CoreHost> hosts = () -> new CoreHost(strategies, new UnacknowledgedDecisions());
        try (PendingConnection connecting = isStopRequested == null
            ? null
            : new PendingConnection(context, counters, (notice) -> notice(counters, notice)))
        {
            final Recovery recovery = recover(hosts, counters);
            // Connected first: a start that fails for want of a driver leaves no incarnation behind.
            final Connection connection = connecting == null ? null : connecting.await();
            return runRecovered(hosts, recovery, connection, counters, archive, isStopRequested);
        }
    }

    private Recovery recover(final Supplier<CoreHost> hosts, final NodeCounters counters) throws IOException
    {
        final Recovery recovery = Recovery.recover(directory, hosts, (notice) -> notice(counters, notice));
        log.info("recovery", "replayed: inputs=" + recovery.inputs() + " snapshotSequence=" +
            recovery.snapshotSequence() + " lastSequence=" + recovery.predecessor().lastSequence() +
            " incarnation=" + recovery.incarnation());
        sayFailures(counters, recovery);
        ConfigurationPlan.require(context, new CoreConfiguration(recovery.host().core()));
        listener.onRecovered(instruments(recovery.host().core()));
        Files.writeString(directory.configuration(), context.text());
        counters.set(CounterType.SHARD, context.shard());
        counters.set(CounterType.INCARNATION, recovery.incarnation());
        counters.set(CounterType.RECOVERED_INPUTS, recovery.inputs());
        counters.set(CounterType.SNAPSHOT_SEQUENCE, recovery.snapshotSequence());
        return recovery;
    }

    private Result runRecovered(
        final Supplier<CoreHost> hosts,
        final Recovery recovery,
        final Connection connection,
        final NodeCounters counters,
        final ArchiveRunner archive,
        final BooleanSupplier isStopRequested)
        throws IOException
    {
        try (SegmentedJournal journal = SegmentedJournal.open(
            directory, recovery.incarnation(), context.journal(), counters);
            FollowerRunner follower = new FollowerRunner(
                counters, snapshotSync(), journal::removeBefore, (notice) -> notice(counters, notice),
                journalLog(recovery));
            LogReaderRunner logReader = new LogReaderRunner(counters))
        {
            final RunningNode node = new RunningNode(
                context, recovery, journal, connection, reconciliationOptions(), counters, archive,
                (notice) -> notice(counters, notice), log, this::sayConfiguration, listener.observer());
            node.begin(cutSequence());
            sayClock(counters, node.clockBehindNs());
            Files.deleteIfExists(directory.tailCut());
            archive.start(journal);
            if (context.snapshots().enabled() || isStopRequested == null)
            {
                follower.start(follower(hosts, recovery, journal, follower));
            }
            else
            {
                logReader.start(new JournalReader(directory, recovery.end()), journalLog(recovery));
            }
            if (isStopRequested != null)
            {
                listener.onReady();
                node.run(isStopRequested);
                listener.onStopping();
            }
            node.end();
            finish(follower, isStopRequested == null ? RECOVER_TIMEOUT_NS : SNAPSHOT_TIMEOUT_NS, counters);
            requireSnapshot(isStopRequested == null && follower.isFailed());
            return node.result();
        }
        catch (final JournalException ex)
        {
            throw new NodeException(NodeException.CANNOT_RUN,
                (NoSpace.isIt(ex) ? "no space: " : "") + "node.directory=" + directory.path() +
                    ": expected a journal that can be written: " + ex.getMessage(),
                ex);
        }
    }

    /** A snapshot is synced in any case: after a power failure it must not be all that there is. */
    private Consumer<JournalPosition> snapshotSync()
    {
        return context.journal().durability() == Durability.MAPPED
            ? (position) ->
            {
            }
            : directory::sync;
    }

    private static List<Instrument> instruments(final TradingCore core)
    {
        return IntStream.range(0, core.instrumentCount()).mapToObj(core::instrument).toList();
    }

    private void sayFailures(final NodeCounters counters, final Recovery recovery)
    {
        recovery.failures().forEach((failure) -> notice(counters, failure.getMessage() +
            "; from now on every replay passes over it, and the node comes up halted"));
        final int earlier = recovery.unsaid().size() - recovery.failures().size();
        recovery.unsaid().subList(0, earlier).forEach((sequence) -> notice(counters,
            "an earlier start passed over the input of sequence=" + sequence +
                ", which the core fails on, and ended before it could say so: the node comes up halted"));
    }

    private void sayClock(final NodeCounters counters, final long behindNs)
    {
        if (behindNs > context.safety().clockBehindMaxNs())
        {
            notice(counters, "the clock is " + TimeUnit.NANOSECONDS.toMillis(behindNs) / 1e3 +
                " s behind the journal's last time, more than node.clockBehindMax=" +
                TimeUnit.NANOSECONDS.toMillis(context.safety().clockBehindMaxNs()) / 1e3 +
                " s: the node comes up halted, no timer fires and no data grows old until the clock has passed " +
                Instant.now().plusNanos(behindNs) + ", and 'lockstep control resume' is refused until then");
        }
    }

    /** The file is deleted behind the alert: a start that ends between says it again. */
    private OptionalLong cutSequence() throws IOException
    {
        if (!Files.exists(directory.tailCut()))
        {
            return OptionalLong.empty();
        }
        final String text = Files.readString(directory.tailCut(), StandardCharsets.ISO_8859_1).strip();
        return OptionalLong.of(text.matches("\\d{1,18}") ? Long.parseLong(text) : Nulls.NULL_LONG);
    }

    private void requireSnapshot(final boolean failed)
    {
        if (failed)
        {
            throw new NodeException(NodeException.CHECK_FAILED, "node.directory=" + directory.path() +
                ": the journal ends cleanly, but the snapshot of that end could not be taken");
        }
    }

    /**
     * Those of the configuration, and those that earlier incarnations had and recovery may still need. One of long ago that cannot
     * be had any more is only said: a snapshot behind it makes it needless.
     */
    private List<StrategyFactory> strategies(final Consumer<String> notices)
    {
        final List<StrategyFactory> factories = new ArrayList<>();
        final Set<String> earlier = new LinkedHashSet<>();
        Recovery.heads(directory).forEach((head) -> earlier.add(head.configuration()));
        for (final String text : earlier)
        {
            try
            {
                factories.addAll(Strategies.load(ConfiguredStrategy.recorded(directory.configuration(), text)));
            }
            catch (final ConfigurationException ex)
            {
                notices.accept("a configuration in the journal cannot be used any more: " + ex.getMessage());
            }
        }
        // Last, for of two with one name the last is taken.
        factories.addAll(Strategies.load(context.strategies()));
        return factories;
    }

    private Follower follower(
        final Supplier<CoreHost> hosts,
        final Recovery recovery,
        final SegmentedJournal journal,
        final Follower.Listener followerListener)
    {
        final SnapshotDirectory snapshots = new SnapshotDirectory(directory.snapshots());
        return new Follower(new QueueStore(directory, journal::generation), snapshots,
            new SnapshotWriter(snapshots, Incarnation.build(), context.text()),
            context.snapshots(), hosts, recovery.skipped(), SystemNanoClock.INSTANCE, journal::published,
            followerListener);
    }

    private void finish(final FollowerRunner follower, final long timeoutNs, final NodeCounters counters)
    {
        if (follower.isStarted() && !follower.finish(timeoutNs))
        {
            notice(counters, "no snapshot at the clean end: the follower " + (follower.isFailed()
                ? "has failed"
                : "was not done in " + TimeUnit.NANOSECONDS.toSeconds(timeoutNs) + " s") +
                "; the next start replays from the one before it");
        }
    }

    private void notice(final NodeCounters counters, final String notice)
    {
        counters.onNotice(notice);
        log.warn("node", Escapes.line(notice));
        listener.onNotice(notice);
    }

    private JournalLog journalLog(final Recovery recovery)
    {
        final TradingCore core = recovery.host().core();
        return new JournalLog(log, recovery.incarnation(), instruments(core), core.mode());
    }

    /** No fault, so it is in no error log. */
    private void sayConfiguration(final LogLevel level, final String line)
    {
        log.say(level, "configuration", line);
        listener.onNotice("configuration: " + line);
    }

    private ReadinessOptions reconciliationOptions()
    {
        // When time is the recording's there is no telling how long a request has waited.
        final long requestAgeMaxNs = context.time() == SequencedTime.WALL && context.safety().requestAgeMaxNs() > 0
            ? context.safety().requestAgeMaxNs()
            : ReadinessOptions.NEVER_NS;
        return new ReadinessOptions(context.safety().reconcile(), requestAgeMaxNs, acceptLostTail);
    }
}
