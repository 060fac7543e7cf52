package io.lockstep.verification.simulation;

import io.lockstep.codecs.Instrument;
import io.lockstep.sbe.TradingMode;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.verification.simulation.audit.Invariant;
import io.lockstep.verification.simulation.audit.JournalAudit;
import io.lockstep.verification.simulation.audit.ListAudit;
import io.lockstep.verification.simulation.audit.MoneyAudit;
import io.lockstep.verification.simulation.audit.SentMessages;
import io.lockstep.verification.simulation.audit.SimulationFailure;
import io.lockstep.verification.simulation.audit.DoubtAudit;
import io.lockstep.verification.simulation.audit.HeldAudit;
import io.lockstep.verification.simulation.audit.WishAudit;
import io.lockstep.verification.simulation.gateway.SimulatedExchange;
import io.lockstep.verification.simulation.gateway.SimulatedFeed;
import io.lockstep.verification.simulation.gateway.SimulatedNetwork;
import io.lockstep.verification.simulation.gateway.SimulatedOperator;
import io.lockstep.verification.simulation.gateway.VenueAudit;
import io.lockstep.verification.simulation.market.PlantedLots;
import io.lockstep.verification.simulation.market.SimulatedMarket;
import io.lockstep.verification.simulation.node.ShadowReplay;
import io.lockstep.verification.simulation.node.SimulatedConfiguration;
import io.lockstep.verification.simulation.node.SimulatedDisk;
import io.lockstep.verification.simulation.node.SimulatedNode;
import io.lockstep.verification.simulation.plant.Plant;
import io.lockstep.verification.simulation.seed.Fault;
import io.lockstep.verification.simulation.seed.FaultPlan;
import io.lockstep.verification.simulation.seed.SimulatedClock;
import io.lockstep.verification.simulation.seed.SimulationRandom;
import io.lockstep.verification.simulation.seed.Trace;

import java.util.ArrayList;
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
    private final List<VenueAudit> venueAudits = new ArrayList<>();
    private final List<SimulatedExchange> exchanges = new ArrayList<>();
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
        final List<PlantedLots> planted = List.of(new PlantedLots(), new PlantedLots());
        disk = new SimulatedDisk(plan, plant, trace, sent, planted, random.flip());
        network = new SimulatedNetwork(clock, random.fork());
        final List<NodeContext> contexts = SimulatedConfiguration.contexts(random, plant);
        final List<Instrument> instruments = SimulatedConfiguration.instruments(contexts.get(0));
        for (int venueId = 0; venueId < SimulatedMarket.VENUES; venueId++)
        {
            final VenueAudit audit = new VenueAudit(venueId, disk::audit);
            venueAudits.add(audit);
            exchanges.add(new SimulatedExchange(
                venueId, clock, network, audit, sent, planted.get(venueId), plant, instruments));
        }
        feed = new SimulatedFeed(clock, network, exchanges, sent, instruments, random.fork());
        operator = new SimulatedOperator(clock, network, sent, disk::audit, instruments, random.fork());
        node = new SimulatedNode(disk, network, clock, plan, plant, contexts, random.fork());
        shadow = new ShadowReplay(disk);
        keeper = new NodeKeeper(node, disk, exchanges, shadow, trace, random);
        faults = new FaultInjection(
            random, plan, clock, disk, network, exchanges, feed, operator, node, keeper, shadow, trace);
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
            venueAudits.stream().mapToLong(VenueAudit::requests).sum(),
            exchanges.stream().mapToLong((exchange) -> exchange.venue().fills()).sum(), disk.incarnationCount(),
            node.snapshots(), node.restored(), network.refused(), node.heldMax(), audit.instances().suspensions(),
            audit.accounts().differences(), audit.venues().refusedForRoom(), audit.signals().taken(),
            audit.breakers().openings(), failure, message, trace.newest());
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
        switch (random.below(10))
        {
            case 0, 1 -> feed.doWork(faulty);
            case 2, 3 -> exchanges.get(0).doWork();
            case 4 -> exchanges.get(1).doWork();
            case 5 -> operator.doWork(faulty);
            case 6 -> keeper.follow();
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
        disk.audit().requireEqual(node.core());
        WishAudit.requireKept(node.host());
        DoubtAudit.requireAsked(node.host());
        HeldAudit.requireKept(node.host());
        ListAudit.requireKept(node.core());
        shadow.compare(node.host());
        if (isSettled() && !DoubtAudit.isAnyUnanswered(node.core()))
        {
            compareWithVenues();
        }
    }

    private void compareWithVenues()
    {
        exchanges.forEach((exchange) -> MoneyAudit.compare(
            node.core(), exchange.venueId(), exchange.venue(), exchange.plantedLots()));
    }

    private boolean isSettled()
    {
        return network.isEmpty() && exchanges.stream().allMatch(SimulatedExchange::isSettled) && feed.isSettled()
            && operator.isSettled()
            && node.isSettled();
    }

    private void settle()
    {
        faulty = false;
        faults.end();
        final int last = step + SETTLE_STEPS_MAX;
        rest(last);
        // What no venue has said since is said now, twice: that makes a difference one.
        exchanges.forEach((exchange) -> exchange.venue().reportAccount());
        rest(last);
        exchanges.forEach((exchange) -> exchange.venue().reportAccount());
        rest(last);
        shadow.reset();
        shadow.compare(node.host());
        compareWithVenues();
        feed.requireAll(disk.audit().sources());
        exchanges.forEach((exchange) -> exchange.requireAll(disk.audit().sources()));
        operator.requireAll(disk.audit().sources());
        WishAudit.requireFulfilled(node.core());
        if (!node.hasLost())
        {
            disk.audit().accounts().requireFound();
        }
    }

    /** Until nothing is under way any more, and everything is cancelled. */
    private void rest(final int last)
    {
        final int first = step;
        while (step < first + COMPARE_EVERY || !isSettled() || step % COMPARE_EVERY != 1 ||
            node.core().openOrderCount() > 0)
        {
            if (step++ == last)
            {
                if (isSettled())
                {
                    WishAudit.requireFulfilled(node.core());
                }
                throw new SimulationFailure(Invariant.SETTLES, "not at rest after " + SETTLE_STEPS_MAX + " steps: " +
                    node + "; " + feed + "; " + exchanges + "; network empty=" + network.isEmpty());
            }
            step();
        }
    }
}
