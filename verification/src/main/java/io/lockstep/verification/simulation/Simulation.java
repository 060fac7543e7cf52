package io.lockstep.verification.simulation;

import io.lockstep.codecs.Instrument;
import io.lockstep.sbe.TradingMode;
import io.lockstep.sequencer.config.NodeContext;

import java.util.List;

/**
 * One run: draws from the seed what goes wrong, then lets the node, the gateways and the faults take turns, step by step, and
 * checks. At the end the faults stop, the market closes, and everything must come to rest with equal money.
 */
public final class Simulation
{
    private static final int SETTLE_STEPS_MAX = 20_000;
    private static final int COMPARE_EVERY = 64;
    /** How soon an operator lets a node go on that has halted itself. */
    private static final int RESUME_OF_10000 = 150;
    private static final long STEP_NS_MAX = 8_000_000L;

    private final long seed;
    private final SimulationRandom random;
    private final SimulatedClock clock = new SimulatedClock();
    private final Trace trace = new Trace();
    private final FaultPlan plan;
    private final SentMessages sent = new SentMessages();
    private final SimulatedDisk disk;
    private final SimulatedNetwork network;
    private final VenueAudit venueAudit;
    private final SimulatedExchange exchange;
    private final SimulatedFeed feed;
    private final SimulatedOperator operator;
    private final SimulatedNode node;
    private final ShadowReplay shadow;
    private final NodeKeeper keeper;
    private final FaultInjection faults;
    private int step;
    private boolean faulty = true;

    public Simulation(final long seed, final Plant plant)
    {
        this.seed = seed;
        random = new SimulationRandom(seed);
        plan = new FaultPlan(random.fork());
        disk = new SimulatedDisk(plan, plant, trace, sent, random.flip());
        network = new SimulatedNetwork(clock, random.fork());
        final NodeContext context = SimulatedMarket.context(random, plant);
        final List<Instrument> instruments = SimulatedMarket.instruments(context);
        venueAudit = new VenueAudit(disk::audit);
        exchange = new SimulatedExchange(clock, network, venueAudit, sent, plant, instruments);
        feed = new SimulatedFeed(clock, network, exchange, sent, instruments, random.fork());
        operator = new SimulatedOperator(clock, network, sent, random.fork());
        node = new SimulatedNode(disk, network, clock, plan, plant, context);
        shadow = new ShadowReplay(disk);
        keeper = new NodeKeeper(node, disk, exchange, shadow, trace, random);
        faults = new FaultInjection(
            random, plan, clock, disk, network, exchange, feed, operator, node, keeper, shadow, trace);
    }

    /** Runs so many steps and then to rest; never throws for what the node does. */
    public SimulationResult run(final int steps)
    {
        try
        {
            for (step = 1; step <= steps; step++)
            {
                step();
            }
            settle();
        }
        catch (final SimulationFailure failure)
        {
            return result(failure.invariant(), failure.getMessage());
        }
        catch (final RuntimeException failure)
        {
            return result(Invariant.NO_FAILURE, failure + at(failure));
        }
        return result(null, null);
    }

    private static String at(final RuntimeException failure)
    {
        final StackTraceElement[] stack = failure.getStackTrace();
        return stack.length == 0 ? "" : " at " + stack[0];
    }

    private SimulationResult result(final Invariant failure, final String message)
    {
        if (node.isRunning())
        {
            node.kill(false);
        }
        final JournalAudit audit = disk.audit();
        return new SimulationResult(seed, step, plan.toString(), trace.hash(), audit.inputs(), audit.decisions(),
            venueAudit.requests(), exchange.venue().fills(), disk.incarnationCount(), node.snapshots(), node.restored(),
            network.refused(), node.heldMax(), failure, message, trace.newest());
    }

    private void step()
    {
        trace.step(step);
        clock.advance(random.betweenNs(0, STEP_NS_MAX));
        final Fault fault = faulty ? plan.next() : null;
        if (fault != null)
        {
            faults.inject(fault);
        }
        if (faulty && random.chance(RESUME_OF_10000) && node.isHalted())
        {
            operator.command(TradingMode.RUNNING);
        }
        switch (random.below(9))
        {
            case 0, 1 -> feed.doWork(faulty);
            case 2, 3 -> exchange.doWork();
            case 4 -> operator.doWork();
            case 5 -> keeper.follow();
            default -> keeper.turn();
        }
        if (step % COMPARE_EVERY == 0)
        {
            compare();
        }
    }

    private void compare()
    {
        if (!node.isRunning())
        {
            shadow.advance();
            return;
        }
        shadow.compare(node.host());
        if (isSettled())
        {
            MoneyAudit.compare(node.core(), exchange);
        }
    }

    private boolean isSettled()
    {
        return network.isEmpty() && exchange.isSettled() && feed.isSettled() && operator.isSettled()
            && node.isSettled();
    }

    private void settle()
    {
        faulty = false;
        faults.end();
        final int last = step + SETTLE_STEPS_MAX;
        while (!isSettled() || step % COMPARE_EVERY != 1)
        {
            if (step++ == last)
            {
                throw new SimulationFailure(Invariant.SETTLES, "not at rest after " + SETTLE_STEPS_MAX + " steps: " +
                    node + "; " + feed + "; " + exchange + "; network empty=" + network.isEmpty());
            }
            step();
        }
        shadow.reset();
        shadow.compare(node.host());
        MoneyAudit.compare(node.core(), exchange);
        feed.requireAll(disk.audit().sources());
        exchange.requireAll(disk.audit().sources());
        operator.requireAll(disk.audit().sources());
    }
}
