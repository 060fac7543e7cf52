package io.lockstep.verification.simulation.node;

import io.lockstep.codecs.transport.MessageSender;
import io.lockstep.core.TradingCore;
import io.lockstep.core.host.CoreHost;
import io.lockstep.core.host.UnacknowledgedDecisions;
import io.lockstep.core.strategy.StrategyFactory;
import io.lockstep.sbe.TradingMode;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.egress.LinkEgress;
import io.lockstep.sequencer.egress.ReadinessOptions;
import io.lockstep.sequencer.ingress.IngressMonitor;
import io.lockstep.sequencer.ingress.LinkIngress;
import io.lockstep.sequencer.ingress.MessageProblem;
import io.lockstep.sequencer.loop.Sequencer;
import io.lockstep.sequencer.loop.SequencerMonitor;
import io.lockstep.sequencer.node.Incarnation;
import io.lockstep.sequencer.recovery.Recovery;
import io.lockstep.sequencer.safety.OperationalInputs;
import io.lockstep.strategies.MovingAverageCrossover;
import io.lockstep.verification.simulation.audit.Invariant;
import io.lockstep.verification.simulation.audit.SimulationFailure;
import io.lockstep.verification.simulation.gateway.SimulatedNetwork;
import io.lockstep.verification.simulation.market.RandomTrader;
import io.lockstep.verification.simulation.plant.Plant;
import io.lockstep.verification.simulation.seed.CrashPoint;
import io.lockstep.verification.simulation.seed.FaultPlan;
import io.lockstep.verification.simulation.seed.SimulatedClock;
import io.lockstep.verification.simulation.seed.SimulationRandom;
import org.agrona.DirectBuffer;

import java.util.List;

/**
 * The node's process: recovers from the disk, connects, turns its loop and its follower when it is told to, and stops in order.
 * What the real node glues together this does in the same order, with the network, the clock and the disk of the simulation.
 */
public final class SimulatedNode implements IngressMonitor
{
    /** Little more than orders and requests can wait at once. */
    private static final int EGRESS_CAPACITY = 1 << 14;

    private static final int FEWER_IN = 4;

    private final SimulatedDisk disk;
    private final SimulatedNetwork network;
    private final SimulatedClock clock;
    private final FaultPlan plan;
    private final Plant plant;
    private final List<NodeContext> contexts;
    private final SimulationRandom random;
    private CoreHost host;
    private LinkEgress egress;
    private Sequencer sequencer;
    private Incarnation records;
    private SimulatedWatch watch;
    private SimulatedFollower follower;
    private long snapshots;
    private long restored;
    private long gaps;
    private long heldMax;
    private long stalledUntilNs;
    private boolean mayLose;
    private boolean acceptsLostTail;

    public SimulatedNode(
        final SimulatedDisk disk,
        final SimulatedNetwork network,
        final SimulatedClock clock,
        final FaultPlan plan,
        final Plant plant,
        final List<NodeContext> contexts,
        final SimulationRandom random)
    {
        this.disk = disk;
        this.network = network;
        this.clock = clock;
        this.plan = plan;
        this.plant = plant;
        this.contexts = contexts;
        this.random = random;
    }

    /** A new host, with the strategies that simulated nodes, their followers and their shadows know. */
    static CoreHost newHost()
    {
        return new CoreHost(strategies(), new UnacknowledgedDecisions(EGRESS_CAPACITY));
    }

    private static List<StrategyFactory> strategies()
    {
        return List.of(new MovingAverageCrossover.Factory(), new RandomTrader.Factory());
    }

    /**
     * Recovers what is on the disk and begins an incarnation.
     *
     * @return what was recovered.
     * @throws io.lockstep.sequencer.NodeException when the node refuses to start.
     */
    public Recovery start()
    {
        final Recovery recovery = Recovery.recover(
            disk.store(true), plant.recovered(disk.snapshots()), "simulated", SimulatedNode::newHost,
            SimulatedNode::ignore);
        SimulationFailure.requireEqual(Invariant.SNAPSHOTS_RESTORE, "snapshot that the node starts from",
            disk.snapshots().newestWhole(), recovery.snapshotSequence());
        // Seldom with fewer instances than before: what they hold they must be rid of first.
        final NodeContext context = contexts.get(random.below(FEWER_IN) == 0 ? 1 : 0);
        final CoreHost newHost = recovery.host();
        final int incarnation = recovery.incarnation();
        final EgressAudit sent = new EgressAudit(newHost);
        final LinkEgress newEgress = new LinkEgress(incarnation,
            new ReadinessOptions(context.safety().reconcile(), context.safety().requestAgeMaxNs(),
                acceptsLostTail),
            (UnacknowledgedDecisions)newHost.outbox(), newHost.core(), newHost.venues(),
            sender(sent));
        final LinkIngress ingress = new LinkIngress(
            network.nodeReceivers().stream().map(sent::watching).map(plant::receiver).toList(), newHost.sources(),
            newEgress, this, context.safety().gatewayTimeoutNs());
        final Sequencer newSequencer = new Sequencer(newHost, plant.ingress(ingress, newEgress),
            plant.journal(disk.open(incarnation)), newEgress, clock, context.time(), SequencerMonitor.NONE,
            context.shard(), incarnation, recovery.predecessor().chain());
        network.nodeBack();
        final Incarnation newRecords = new Incarnation(newHost, newSequencer);
        begin(recovery, newRecords, newSequencer, context);
        host = newHost;
        egress = newEgress;
        records = newRecords;
        sequencer = newSequencer;
        watch = new SimulatedWatch(context, newSequencer, newHost, newEgress, clock, disk, plant);
        follower = new SimulatedFollower(disk, context, recovery.skipped());
        stalledUntilNs = 0;
        restored += recovery.snapshotSequence() > 0 ? 1 : 0;
        return recovery;
    }

    private void begin(
        final Recovery recovery,
        final Incarnation newRecords,
        final Sequencer newSequencer,
        final NodeContext context)
    {
        if (plant.journalsSkips())
        {
            newRecords.begin(context, recovery.incarnation(), recovery.predecessor(), recovery.skipped().count(),
                recovery.failures());
        }
        else
        {
            newRecords.begin(context, recovery.incarnation(), recovery.predecessor());
        }
        if (plant.completesCutOff() && !recovery.cutOff().isEmpty())
        {
            recovery.host().decisions().addAll(recovery.cutOff());
            newSequencer.commitDecisions();
        }
        newRecords.configure(context);
        final OperationalInputs inputs = new OperationalInputs(newSequencer);
        recovery.unsaid().forEach(inputs::coreFailed);
    }

    private static void ignore(final String notice)
    {
        // Of a snapshot that was passed over; whether rightly is checked when it has recovered.
    }

    private MessageSender sender(final EgressAudit sent)
    {
        final MessageSender publication = sent.watching(network.nodeSender());
        return plant.sender((buffer, offset, length) ->
        {
            plan.at(CrashPoint.EGRESS);
            return publication.offer(buffer, offset, length);
        });
    }

    /** One duty cycle, unless the loop is stalled. */
    public void turn()
    {
        if (clock.trueNs() < stalledUntilNs)
        {
            return;
        }
        plant.tamper(host);
        sequencer.doWork();
        heldMax = Math.max(heldMax, egress.unacknowledged());
        watch.look();
    }

    /** Something for the follower to do. */
    public void follow()
    {
        follower.doWork();
    }

    /** The loop makes no turn for so long. */
    public void stall(final long ns)
    {
        stalledUntilNs = clock.trueNs() + ns;
    }

    public void requestStop()
    {
        watch.requestStop();
    }

    /** Whether the node may end, for it was told to. */
    public boolean mayEnd()
    {
        return watch.mayEnd();
    }

    /**
     * Ends in order, with a snapshot.
     *
     * @return whether all has been answered that it waited for.
     */
    public boolean end()
    {
        final boolean drained = watch.isDrained();
        records.stop();
        if (plant.endsCleanly())
        {
            records.end();
        }
        follower.finish();
        kill(false);
        return drained;
    }

    /** The process is gone, with all it had in memory. */
    public void kill(final boolean sentIsLost)
    {
        network.nodeGone(sentIsLost);
        snapshots += follower == null ? 0 : follower.snapshots();
        host = null;
        egress = null;
        sequencer = null;
        records = null;
        watch = null;
        follower = null;
    }

    public boolean isRunning()
    {
        return sequencer != null;
    }

    public boolean isSettled()
    {
        return isRunning() && !watch.isStopRequested() && egress.unacknowledged() == 0;
    }

    public void heal()
    {
        stalledUntilNs = 0;
    }

    /** From now on sources may have released what is no longer in the journal. */
    public void mayLose()
    {
        mayLose = true;
    }

    public boolean hasLost()
    {
        return mayLose;
    }

    /** The operator has been told that the journal lost its tail, and lets the node go on. */
    public boolean acceptLostTail()
    {
        acceptsLostTail = mayLose;
        return acceptsLostTail;
    }

    public boolean isHalted()
    {
        return isRunning() && core().mode() == TradingMode.HALTED;
    }

    /** Only while it runs. */
    public CoreHost host()
    {
        return host;
    }

    public TradingCore core()
    {
        return host.core();
    }

    @Override
    public void onRejected(
        final MessageProblem problem, final DirectBuffer buffer, final int offset, final int length,
        final int sessionId)
    {
        throw new SimulationFailure(Invariant.NO_FAILURE, "the node refuses a message: " + problem);
    }

    @Override
    public void onRepeat(final int sourceId, final long sequence)
    {
        // Paths repeat.
    }

    @Override
    public void onGap(final int sourceId, final long expected, final long actual)
    {
        gaps++;
        if (!mayLose)
        {
            throw new SimulationFailure(Invariant.NOTHING_LOST, "messages of a source are lost: sourceId=" + sourceId +
                " expected=" + expected + " actual=" + actual);
        }
    }

    /** Taken by the followers of all incarnations that have ended. */
    public long snapshots()
    {
        return snapshots;
    }

    /** Most decisions that were not acknowledged at once. */
    public long heldMax()
    {
        return heldMax;
    }

    /** Starts from a snapshot. */
    public long restored()
    {
        return restored;
    }

    @Override
    public String toString()
    {
        return isRunning()
            ? "node sequence=" + sequencer.sequence() + " unacknowledged=" + egress.unacknowledged() + " gaps=" + gaps
            : "node down";
    }
}
