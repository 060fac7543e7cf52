package io.lockstep.tools.simulation;

import io.lockstep.codecs.Instrument;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TradingMode;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.egress.JournalBehindException;

import java.util.List;

/**
 * One run: draws from the seed what goes wrong, then lets the node, the gateways and the faults take turns, step by step, and
 * checks. At the end the faults stop, the market closes, and everything must come to rest with equal money.
 */
public final class Simulation
{
    private static final int SETTLE_STEPS_MAX = 20_000;
    private static final int COMPARE_EVERY = 64;
    private static final long STEP_NS_MAX = 8_000_000L;
    private static final int LOST_DOCUMENTS_MAX = 30;
    private static final long MILLI_NS = 1_000_000L;

    private final long seed;
    private final boolean losses;
    private final SimulationRandom random;
    private final SimulatedClock clock = new SimulatedClock();
    private final Trace trace = new Trace();
    private final FaultPlan plan;
    private final SimulatedDisk disk;
    private final SimulatedNetwork network;
    private final VenueAudit venueAudit;
    private final SimulatedExchange exchange;
    private final SimulatedFeed feed;
    private final SimulatedOperator operator;
    private final SimulatedNode node;
    private final ShadowReplay shadow;
    private int step;
    private int restartAtStep;
    private boolean faulty = true;

    /**
     * @param losses whether what was acknowledged may be lost: the order gateway's memory, and the tail of a journal that is not
     *               written through. Else each disk writes through before anything leaves, and order gateways last.
     */
    public Simulation(final long seed, final Plant plant, final boolean losses)
    {
        this.seed = seed;
        this.losses = losses;
        random = new SimulationRandom(seed);
        plan = new FaultPlan(random.fork());
        disk = new SimulatedDisk(plan, plant, trace, random.flip() || !losses);
        network = new SimulatedNetwork(clock, random.fork());
        final NodeContext context = SimulatedMarket.context(random);
        final List<Instrument> instruments = SimulatedMarket.instruments(context);
        venueAudit = new VenueAudit(disk::audit);
        exchange = new SimulatedExchange(clock, network, venueAudit, plant, instruments);
        feed = new SimulatedFeed(clock, network, exchange, instruments, random.fork());
        operator = new SimulatedOperator(clock, network, random.fork());
        node = new SimulatedNode(disk, network, clock, plan, plant, context);
        shadow = new ShadowReplay(disk);
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
        final JournalAudit audit = disk.audit();
        return new SimulationResult(seed, step, plan.toString(), trace.hash(), audit.inputs(), audit.decisions(),
            venueAudit.requests(), exchange.venue().fills(), disk.incarnationCount(), failure, message, trace.newest());
    }

    private void step()
    {
        trace.step(step);
        clock.advance(random.betweenNs(0, STEP_NS_MAX));
        final Fault fault = faulty ? plan.next() : null;
        if (fault != null)
        {
            inject(fault);
        }
        switch (random.below(8))
        {
            case 0, 1 -> feed.doWork(faulty);
            case 2, 3 -> exchange.doWork();
            case 4 -> operator.doWork();
            default -> nodeTurn();
        }
        if (step % COMPARE_EVERY == 0)
        {
            compare();
        }
    }

    private void nodeTurn()
    {
        try
        {
            if (node.isRunning())
            {
                node.turn();
            }
            else if (step >= restartAtStep)
            {
                node.start();
                trace.event("node started: " + node);
            }
        }
        catch (final SimulatedCrash crash)
        {
            nodeKilled(crash.getMessage());
        }
        catch (final SimulatedDisk.DiskFullException full)
        {
            nodeKilled(full.getMessage());
            disk.makeSpace();
        }
        catch (final JournalBehindException behind)
        {
            nodeKilled("journal behind the gateway");
            if (!node.acceptLostTail())
            {
                throw new SimulationFailure(Invariant.NOTHING_LOST, behind.getMessage(), behind);
            }
        }
    }

    private void nodeKilled(final String where)
    {
        node.kill(random.flip());
        restartAtStep = step + random.below(60);
        trace.event("node killed: " + where);
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
        plan.disarm();
        network.heal();
        clock.heal();
        feed.heal();
        exchange.heal();
        disk.makeSpace();
        operator.command(TradingMode.KILLED);
        trace.event("faults have ended");
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
    }

    private void inject(final Fault fault)
    {
        trace.event(fault.name());
        switch (fault)
        {
            case CRASH -> crash();
            case POWER_FAILURE -> powerFailure();
            case STOP -> stop();
            case DISK_FULL -> disk.fillUpAfter(random.below(10));
            case PATH_BREAK -> network.breakSession(network.any(), random.betweenNs(0, 300 * MILLI_NS));
            case PATH_CLOG -> network.any().clog(random.betweenNs(0, 2_000 * MILLI_NS));
            case PATH_DELAY -> network.any().delay(random.betweenNs(0, 5 * MILLI_NS), 50 * MILLI_NS);
            case GATEWAY_RESTART -> restartGateway();
            case GATEWAY_SILENCE -> silenceGateway();
            case REPEATED_HELLO -> network.repeatHello();
            case VENUE_CANCEL -> exchange.cancelOne(
                random.below(SimulatedMarket.INSTRUMENTS), random.flip() ? Side.BUY : Side.SELL);
            case VENUE_DELAY -> exchange.delay(random.betweenNs(0, 1_000 * MILLI_NS));
            case CLOCK_BACK -> clock.step(-random.betweenNs(0, 3_000 * MILLI_NS));
            case CLOCK_JUMP -> clock.step(random.betweenNs(0, 3_000 * MILLI_NS));
            case CLOCK_DRIFT -> clock.drift(random.between(-100_000, 100_000));
            case CLOCK_STALL -> clock.stall(random.betweenNs(0, 1_000 * MILLI_NS));
            case COMMAND -> trace.event("mode " + operator.command());
        }
    }

    private void crash()
    {
        final CrashPoint point = plan.arm();
        if (node.isRunning() && (point == CrashPoint.AT_REST || point == CrashPoint.RECOVERY_READ))
        {
            nodeKilled(point.name());
        }
    }

    /** What the journal may have lost the operator accepts, and the feed begins anew: its link has forgotten the rest. */
    private void powerFailure()
    {
        nodeKilled("power failure");
        if (disk.loseNewest(random.between(1, LOST_DOCUMENTS_MAX)))
        {
            node.mayLose();
            feed.takeSnapshots();
            operator.command(TradingMode.RUNNING);
            trace.event("journal lost its tail: " + disk.audit().sequence());
        }
        shadow.reset();
    }

    private void stop()
    {
        if (node.isRunning())
        {
            try
            {
                node.stop();
                restartAtStep = step + random.below(60);
                trace.event("node stopped");
            }
            catch (final SimulatedCrash crash)
            {
                nodeKilled(crash.getMessage());
            }
            catch (final SimulatedDisk.DiskFullException full)
            {
                nodeKilled(full.getMessage());
                disk.makeSpace();
            }
        }
    }

    private void restartGateway()
    {
        if (random.flip() || !losses)
        {
            feed.restart();
        }
        else
        {
            exchange.restart();
        }
    }

    private void silenceGateway()
    {
        final long ns = random.betweenNs(0, 2_000 * MILLI_NS);
        if (random.flip())
        {
            feed.silence(ns);
        }
        else
        {
            exchange.silence(ns);
        }
    }
}
