package io.lockstep.tools.simulation;

import io.lockstep.core.TradingCore;
import io.lockstep.core.strategy.MovingAverageCrossover;
import io.lockstep.core.strategy.StrategyFactory;
import io.lockstep.sequencer.CoreHost;
import io.lockstep.sequencer.Sequencer;
import io.lockstep.sequencer.SequencerMonitor;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.egress.LinkEgress;
import io.lockstep.sequencer.egress.UnacknowledgedDecisions;
import io.lockstep.sequencer.egress.ReconciliationOptions;
import io.lockstep.sequencer.ingress.IngressMonitor;
import io.lockstep.sequencer.ingress.LinkIngress;
import io.lockstep.sequencer.journal.JournalCorruptException;
import io.lockstep.sequencer.journal.JournalReader;
import io.lockstep.sequencer.journal.RecordBatch;
import io.lockstep.sequencer.node.Incarnation;
import io.lockstep.sequencer.replay.Replayer;
import org.agrona.DirectBuffer;

import java.util.List;

/**
 * The node's process: recovers from the disk, connects, and turns its loop when it is told to. What the real node glues
 * together this does in the same order, with the network, the clock and the disk of the simulation.
 */
final class SimulatedNode implements IngressMonitor
{
    private static final int EGRESS_CAPACITY = 1 << 18;

    private final SimulatedDisk disk;
    private final SimulatedNetwork network;
    private final SimulatedClock clock;
    private final FaultPlan plan;
    private final Plant plant;
    private final NodeContext context;
    private CoreHost host;
    private LinkEgress egress;
    private Sequencer sequencer;
    private Incarnation records;
    private long gaps;
    private boolean mayLose;
    private boolean acceptsLostTail;

    SimulatedNode(
        final SimulatedDisk disk,
        final SimulatedNetwork network,
        final SimulatedClock clock,
        final FaultPlan plan,
        final Plant plant,
        final NodeContext context)
    {
        this.disk = disk;
        this.network = network;
        this.clock = clock;
        this.plan = plan;
        this.plant = plant;
        this.context = context;
    }

    /** The strategies that simulated nodes and their shadows know. */
    static List<StrategyFactory> strategies()
    {
        return List.of(new MovingAverageCrossover.Factory(), new RandomTrader.Factory());
    }

    /** Recovers what is on the disk and begins an incarnation. */
    void start()
    {
        final int incarnation = disk.incarnationCount() + 1;
        final UnacknowledgedDecisions decisions = new UnacknowledgedDecisions(EGRESS_CAPACITY);
        final CoreHost newHost = new CoreHost(strategies(), decisions);
        final Incarnation.Predecessor predecessor;
        final RecordBatch cutOff;
        try (JournalReader reader = disk.reader(true))
        {
            final Replayer replayer = new Replayer(reader, newHost, true);
            replayer.run(Long.MAX_VALUE);
            if (replayer.divergence() != null)
            {
                throw new SimulationFailure(Invariant.REPLAY_EQUAL,
                    "recovery diverges: sequence=" + replayer.divergence().sequence() + " ordinal=" +
                        replayer.divergence().ordinal());
            }
            cutOff = replayer.cutOff();
            newHost.decisions().clear();
            predecessor = new Incarnation.Predecessor(
                reader.lastSequence(), reader.chain(), reader.incarnationRecords());
        }
        catch (final JournalCorruptException ex)
        {
            throw new SimulationFailure(Invariant.RECOVERS, "the node does not start: " + ex.getMessage(), ex);
        }
        final LinkEgress newEgress = new LinkEgress(incarnation,
            new ReconciliationOptions(context.safety().reconcile(), context.safety().requestAgeMaxNs(),
                acceptsLostTail),
            decisions, newHost.core(), this::send);
        final LinkIngress ingress = new LinkIngress(
            network.nodeReceivers().stream().map(plant::receiver).toList(), newHost.sources(), newEgress, this,
            context.safety().gatewayTimeoutNs());
        final Sequencer newSequencer = new Sequencer(newHost, plant.ingress(ingress, newEgress),
            plant.journal(disk.open()),
            newEgress, clock, context.time(), SequencerMonitor.NONE, context.shard(), incarnation, predecessor.chain());
        network.nodeBack();
        final Incarnation newRecords = new Incarnation(newHost, newSequencer);
        newRecords.begin(context, incarnation, predecessor);
        if (plant.completesCutOff() && !cutOff.isEmpty())
        {
            newHost.decisions().addAll(cutOff);
            newSequencer.commitDecisions();
        }
        newRecords.configure(context);
        host = newHost;
        egress = newEgress;
        records = newRecords;
        sequencer = newSequencer;
    }

    private long send(final DirectBuffer buffer, final int offset, final int length)
    {
        plan.at(CrashPoint.EGRESS);
        return network.nodeSender().offer(buffer, offset, length);
    }

    /** One duty cycle. */
    void turn()
    {
        sequencer.doWork();
    }

    /** Ends in order. */
    void stop()
    {
        records.stop();
        records.end();
        kill(false);
    }

    /** The process is gone, with all it had in memory. */
    void kill(final boolean sentIsLost)
    {
        network.nodeGone(sentIsLost);
        host = null;
        egress = null;
        sequencer = null;
        records = null;
    }

    boolean isRunning()
    {
        return sequencer != null;
    }

    boolean isSettled()
    {
        return isRunning() && egress.unacknowledged() == 0;
    }

    /** From now on sources may have released what is no longer in the journal. */
    void mayLose()
    {
        mayLose = true;
    }

    /** The operator has been told that the journal lost its tail, and lets the node go on. */
    boolean acceptLostTail()
    {
        acceptsLostTail = mayLose;
        return acceptsLostTail;
    }

    /** Only while it runs. */
    CoreHost host()
    {
        return host;
    }

    TradingCore core()
    {
        return host.core();
    }

    @Override
    public void onRejected(
        final String problem, final DirectBuffer buffer, final int offset, final int length, final int sessionId)
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

    /** Sequences of sources that will not come, in all incarnations. */
    long gaps()
    {
        return gaps;
    }

    @Override
    public String toString()
    {
        return isRunning()
            ? "node sequence=" + sequencer.sequence() + " unacknowledged=" + egress.unacknowledged() + " gaps=" + gaps
            : "node down";
    }
}
