package io.lockstep.verification.simulation;

import io.lockstep.core.host.CoreFailureException;
import io.lockstep.sequencer.NodeException;
import io.lockstep.sequencer.egress.JournalBehindException;
import io.lockstep.sequencer.journal.JournalException;
import io.lockstep.sequencer.recovery.Recovery;
import io.lockstep.verification.simulation.audit.Invariant;
import io.lockstep.verification.simulation.audit.SimulationFailure;
import io.lockstep.verification.simulation.gateway.SimulatedExchange;
import io.lockstep.verification.simulation.market.RandomTrader;
import io.lockstep.verification.simulation.node.ShadowReplay;
import io.lockstep.verification.simulation.node.SimulatedDisk;
import io.lockstep.verification.simulation.node.SimulatedNode;
import io.lockstep.verification.simulation.seed.SimulatedCrash;
import io.lockstep.verification.simulation.seed.SimulationRandom;
import io.lockstep.verification.simulation.seed.Trace;

import java.util.List;

/**
 * Who starts the node again some steps after it has ended, for whatever reason, and does what its messages tell an operator to.
 */
final class NodeKeeper
{
    private static final int DOWN_STEPS_MAX = 60;

    private final SimulatedNode node;
    private final SimulatedDisk disk;
    private final List<SimulatedExchange> exchanges;
    private final ShadowReplay shadow;
    private final Trace trace;
    private final SimulationRandom random;
    private int restartAtStep;

    NodeKeeper(
        final SimulatedNode node,
        final SimulatedDisk disk,
        final List<SimulatedExchange> exchanges,
        final ShadowReplay shadow,
        final Trace trace,
        final SimulationRandom random)
    {
        this.node = node;
        this.disk = disk;
        this.exchanges = exchanges;
        this.shadow = shadow;
        this.trace = trace;
        this.random = random;
    }

    /** The node's turn: of its loop, or to start. */
    void turn()
    {
        guarded(() ->
        {
            if (node.isRunning())
            {
                node.turn();
                if (node.mayEnd())
                {
                    end();
                }
            }
            else if (trace.step() >= restartAtStep)
            {
                start();
            }
        });
    }

    /** The follower's turn. */
    void follow()
    {
        if (node.isRunning())
        {
            guarded(node::follow);
        }
    }

    private void guarded(final Runnable work)
    {
        try
        {
            work.run();
        }
        catch (final SimulatedCrash crash)
        {
            killed(crash.getMessage());
        }
        catch (final CoreFailureException failure)
        {
            if (!(failure.getCause() instanceof RandomTrader.PoisonedError))
            {
                throw failure;
            }
            killed("the core fails on an input");
        }
        catch (final JournalException full)
        {
            killed(full.getMessage());
            disk.makeSpace();
        }
        catch (final JournalBehindException behind)
        {
            killed("journal behind the gateway");
            if (!node.acceptLostTail())
            {
                throw new SimulationFailure(Invariant.NOTHING_LOST, behind.getMessage(), behind);
            }
        }
    }

    private void start()
    {
        final Recovery recovery;
        try
        {
            recovery = node.start();
        }
        catch (final NodeException refusal)
        {
            onRefusal(refusal);
            return;
        }
        trace.event("node started: " + node + " snapshot=" + recovery.snapshotSequence() + " failures=" +
            recovery.failures().size());
        shadow.compare(node.host());
    }

    /** A snapshot that the journal does not lead up to any more is moved away, as the message says. */
    private void onRefusal(final NodeException refusal)
    {
        if (!node.hasLost() || !disk.snapshots().removeNewest())
        {
            throw new SimulationFailure(
                Invariant.RECOVERS, "the node does not start: " + refusal.getMessage(), refusal);
        }
        trace.event("snapshot moved away");
    }

    private void end()
    {
        final boolean drained = node.end();
        restartAtStep = trace.step() + random.below(DOWN_STEPS_MAX);
        trace.event("node ended: drained=" + drained);
        if (!disk.audit().cleanEnd())
        {
            throw new SimulationFailure(Invariant.ENDS_CLEANLY, "the newest record is no clean end");
        }
        // What the journal has lost may be open at the venue; nobody waits for that.
        if (drained && !node.hasLost())
        {
            exchanges.forEach((exchange) -> SimulationFailure.requireEqual(
                Invariant.ENDS_CLEANLY, "orders open at the venue", 0, exchange.venue().openOrders()));
        }
    }

    /** The process is gone. */
    void killed(final String where)
    {
        node.kill(random.flip());
        restartAtStep = trace.step() + random.below(DOWN_STEPS_MAX);
        trace.event("node killed: " + where);
    }
}
