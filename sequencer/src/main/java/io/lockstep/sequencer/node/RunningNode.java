package io.lockstep.sequencer.node;

import io.aeron.CommonContext;
import io.lockstep.codecs.transport.MessageReceiver;
import io.lockstep.core.host.CoreHost;
import io.lockstep.core.host.UnacknowledgedDecisions;
import io.lockstep.sequencer.aeron.Connection;
import io.lockstep.sequencer.config.KeyFile;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.config.SafetyContext;
import io.lockstep.sequencer.counters.CounterNote;
import io.lockstep.sequencer.counters.CounterType;
import io.lockstep.sequencer.counters.NodeCounters;
import io.lockstep.sequencer.egress.LinkEgress;
import io.lockstep.sequencer.egress.ReadinessOptions;
import io.lockstep.sequencer.ingress.LinkGate;
import io.lockstep.sequencer.ingress.LinkIngress;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.journal.SegmentedJournal;
import io.lockstep.sequencer.log.LogLevel;
import io.lockstep.sequencer.log.ProcessLog;
import io.lockstep.sequencer.loop.Pinning;
import io.lockstep.sequencer.loop.Sequencer;
import io.lockstep.sequencer.loop.SequencerMonitor;
import io.lockstep.sequencer.recovery.Recovery;
import io.lockstep.sequencer.safety.ClockWatch;
import io.lockstep.sequencer.safety.DirectoryWatch;
import io.lockstep.sequencer.safety.OperationalInputs;
import io.lockstep.sequencer.safety.SafetyWatch;
import io.lockstep.sequencer.safety.Watchdog;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.OffsetEpochNanoClock;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.agrona.concurrent.SystemNanoClock;

import java.security.SecureRandom;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * One incarnation of a node, from its first record to its last: the sequencer with what it is connected to and watched by.
 */
final class RunningNode
{
    private static final long WATCHDOG_IDLE_MS = 50;
    private static final int SECRET_LENGTH = 32;

    private final NodeContext context;
    private final Recovery recovery;
    private final SegmentedJournal journal;
    private final Connection connection;
    private final NodeCounters counters;
    private final ArchiveRunner archive;
    private final BiConsumer<LogLevel, String> says;
    private final NodeMonitor monitor;
    private final LinkReports reports;
    private final OffsetEpochNanoClock clock = new OffsetEpochNanoClock();
    private final SuspensionReports suspensions;
    private final LinkIngress ingress;
    private final LinkEgress egress;
    private final Sequencer sequencer;
    private final Incarnation records;
    private final OperationalInputs inputs;
    private final DirectoryWatch directories;

    /**
     * @param connection null for one that neither hears nor says anything.
     * @param notices    told what an operator should read.
     * @param log        of the process.
     * @param says       told each difference between what ran and what is configured, or loaded as code.
     * @param observer   measures the loop from within.
     */
    RunningNode(
        final NodeContext context,
        final Recovery recovery,
        final SegmentedJournal journal,
        final Connection connection,
        final ReadinessOptions options,
        final NodeCounters counters,
        final ArchiveRunner archive,
        final Consumer<String> notices,
        final ProcessLog log,
        final BiConsumer<LogLevel, String> says,
        final SequencerMonitor observer)
    {
        this.says = says;
        this.context = context;
        this.recovery = recovery;
        this.journal = journal;
        this.connection = connection;
        this.counters = counters;
        this.archive = archive;
        final CoreHost host = recovery.host();
        // Recovery replays from whatever snapshot there is: the counts by reason are of this incarnation.
        host.refusals().clear();
        monitor = new NodeMonitor(counters, host, observer);
        reports = new LinkReports(counters, notices, log);
        suspensions = new SuspensionReports(host.core(), log, notices);
        host.core().listener(suspensions);
        sayWhoIsUnproven(notices);
        egress = new LinkEgress(recovery.incarnation(), options, (UnacknowledgedDecisions)host.outbox(), host.core(),
            host.venues(), connection == null ? null : connection.sender());
        final List<? extends MessageReceiver> receivers = connection == null ? List.of() : connection.receivers();
        ingress = new LinkIngress(receivers, leavesHost(context, receivers.size()), gate(context, host), host.sources(),
            egress,
            reports, context.safety().gatewayTimeoutNs());
        sequencer = new Sequencer(host, ingress, journal, egress, clock, context.time(), monitor, context.shard(),
            recovery.incarnation(), recovery.predecessor().chain());
        records = new Incarnation(host, sequencer);
        inputs = new OperationalInputs(sequencer);
        final NodeDirectory directory = new NodeDirectory(context.directory());
        directories = new DirectoryWatch(directory.path(), directory.journal(), context.driverDirectory());
    }

    /** Whoever reaches an address of the network may be anybody; what is of this host's media driver is its users'. */
    private static boolean[] leavesHost(final NodeContext context, final int receivers)
    {
        final boolean[] leavesHost = new boolean[receivers];
        for (int i = 0; i < receivers; i++)
        {
            leavesHost[i] = !context.ingress().get(i).uri().startsWith(CommonContext.IPC_CHANNEL);
        }
        return leavesHost;
    }

    private void sayWhoIsUnproven(final Consumer<String> notices)
    {
        if (context.keys() == null)
        {
            context.ingress().stream().filter((channel) -> !channel.uri().startsWith(CommonContext.IPC_CHANNEL))
                .forEach((channel) -> notices.accept("aeron.keys: none is set, so whoever reaches " + channel.uri() +
                    " is taken for the source that he says he is"));
        }
    }

    private static LinkGate gate(final NodeContext context, final CoreHost host)
    {
        final byte[] secret = new byte[SECRET_LENGTH];
        new SecureRandom().nextBytes(secret);
        return new LinkGate(KeyFile.read(context.keys()), secret, host.core().roles()::isUndefined);
    }

    /**
     * Writes how this incarnation began, completes what a crash cut off, applies the configuration, and halts where that was
     * asked for.
     *
     * @param cutSequence where the journal was cut off since the last start.
     */
    void begin(final OptionalLong cutSequence)
    {
        guarded(() -> writeBegin(cutSequence));
    }

    private void writeBegin(final OptionalLong cutSequence)
    {
        records.begin(context, recovery.incarnation(), recovery.predecessor(), recovery.skipped().count(),
            recovery.failures());
        if (!recovery.cutOff().isEmpty())
        {
            recovery.host().decisions().addAll(recovery.cutOff());
            sequencer.commitDecisions();
        }
        final ConfigurationDifferences differences = new ConfigurationDifferences(
            recovery.host().core(), context, recovery.host().logicVersion());
        final CodeTakeovers takeovers = new CodeTakeovers(recovery.host().core());
        records.configure(context);
        takeovers.lines().forEach((line) -> says.accept(LogLevel.WARN, line));
        differences.conclude();
        differences.lines().forEach((line) -> says.accept(LogLevel.INFO, line));
        counters.set(CounterType.CONFIGURATION_DIFFERENCES, differences.standing().size());
        counters.note(CounterNote.CONFIGURATION_DIFFERENCES, String.join("\n", differences.standing()));
        recovery.unsaid().forEach(inputs::coreFailed);
        cutSequence.ifPresent(inputs::tailCut);
    }

    /** How far the clock was behind the journal's last time when this incarnation began; 0 where it was not. */
    long clockBehindNs()
    {
        return sequencer.clockBehindNs();
    }

    private void guarded(final Runnable work)
    {
        try
        {
            work.run();
        }
        catch (final RuntimeException ex)
        {
            throw LoopFailure.of(ex, sequencer, counters);
        }
    }

    /** Turns until the node may stop. */
    @SuppressWarnings("try") // the pinning and the watchdog's thread are held, not used
    void run(final BooleanSupplier isStopRequested)
    {
        // Before the watchdog does: whoever hears that the node is ready may ask for what they say at once.
        monitor.writeNotes();
        final SafetyContext safety = context.safety();
        final Watchdog watchdog = new Watchdog(
            counters, SystemNanoClock.INSTANCE, Thread.currentThread(), safety.stallMaxNs(), directories,
            this::writeForPeople);
        final Stopping stopping = new Stopping(
            inputs, recovery.host(), egress, safety.onStop() == SafetyContext.OnStop.CANCEL, safety.stopTimeoutNs());
        final SafetyWatch safetyWatch = new SafetyWatch(inputs,
            new ClockWatch(SystemNanoClock.INSTANCE, RunningNode::wallNs, safety.clockStepMaxNs()),
            journal.alerts(), safety, clock::sample, System.nanoTime());
        final NodeWatch watch = new NodeWatch(
            safetyWatch, counters, monitor, ingress, egress, connection, archive, watchdog, stopping, inputs,
            directories, isStopRequested);
        try (AgentRunner watching = new AgentRunner(
            new SleepingMillisIdleStrategy(WATCHDOG_IDLE_MS), counters, null, watchdog))
        {
            AgentRunner.startOnThread(watching);
            try (Pinning pinning = new Pinning("node.core", context.core()))
            {
                new DutyCycle(sequencer, watch, context.idle().create(), counters, rehearsal()).run();
            }
        }
        finally
        {
            // The watchdog has ended, and what it had not come to is still to be read.
            reports.write();
            suspensions.write();
        }
    }

    /** Texts that the loop must not make. On the watchdog's thread. */
    private void writeForPeople()
    {
        monitor.writeNotes();
        reports.write();
        suspensions.write();
    }

    private OrderPathRehearsal rehearsal()
    {
        return context.rehearseNs() == 0 ? null : new OrderPathRehearsal(clock, context.rehearseNs(), counters);
    }

    /** In milliseconds, which is the least step there can be; a finer clock makes an object each time it is read. */
    private static long wallNs()
    {
        return TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    }

    /** Writes that this incarnation ends, and how much there is. */
    void end()
    {
        guarded(() ->
        {
            records.stop();
            records.end();
            monitor.publish();
        });
    }

    Node.Result result()
    {
        return new Node.Result(monitor.inputs(), recovery.host().decisionCount(), sequencer.sequence(), true,
            recovery.snapshotSequence(), recovery.inputs(), monitor.tickToTrade());
    }
}
