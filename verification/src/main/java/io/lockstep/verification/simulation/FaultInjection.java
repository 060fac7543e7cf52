package io.lockstep.verification.simulation;

import io.lockstep.sbe.Side;
import io.lockstep.sbe.TradingMode;
import io.lockstep.verification.simulation.gateway.SimulatedExchange;
import io.lockstep.verification.simulation.gateway.SimulatedFeed;
import io.lockstep.verification.simulation.gateway.SimulatedNetwork;
import io.lockstep.verification.simulation.gateway.SimulatedOperator;
import io.lockstep.verification.simulation.market.SimulatedMarket;
import io.lockstep.verification.simulation.node.ShadowReplay;
import io.lockstep.verification.simulation.node.SimulatedDisk;
import io.lockstep.verification.simulation.node.SimulatedNode;
import io.lockstep.verification.simulation.seed.CrashPoint;
import io.lockstep.verification.simulation.seed.Fault;
import io.lockstep.verification.simulation.seed.FaultPlan;
import io.lockstep.verification.simulation.seed.SimulatedClock;
import io.lockstep.verification.simulation.seed.SimulationRandom;
import io.lockstep.verification.simulation.seed.Trace;

import java.util.List;

/**
 * Does to the simulated world what the plan says.
 */
final class FaultInjection
{
    private static final int LOST_DOCUMENTS_MAX = 30;
    private static final int AMOUNTS_PER_LOTS = 3;
    private static final int CENTS_MAX = 10_000;
    private static final long MILLI_NS = 1_000_000L;

    private final SimulationRandom random;
    private final FaultPlan plan;
    private final SimulatedClock clock;
    private final SimulatedDisk disk;
    private final SimulatedNetwork network;
    private final List<SimulatedExchange> exchanges;
    private final SimulatedFeed feed;
    private final SimulatedOperator operator;
    private final SimulatedNode node;
    private final NodeKeeper keeper;
    private final ShadowReplay shadow;
    private final Trace trace;

    FaultInjection(
        final SimulationRandom random,
        final FaultPlan plan,
        final SimulatedClock clock,
        final SimulatedDisk disk,
        final SimulatedNetwork network,
        final List<SimulatedExchange> exchanges,
        final SimulatedFeed feed,
        final SimulatedOperator operator,
        final SimulatedNode node,
        final NodeKeeper keeper,
        final ShadowReplay shadow,
        final Trace trace)
    {
        this.random = random;
        this.plan = plan;
        this.clock = clock;
        this.disk = disk;
        this.network = network;
        this.exchanges = exchanges;
        this.feed = feed;
        this.operator = operator;
        this.node = node;
        this.keeper = keeper;
        this.shadow = shadow;
        this.trace = trace;
    }

    void inject(final Fault fault)
    {
        trace.event(fault.name());
        switch (fault)
        {
            case CRASH -> crash();
            case POWER_FAILURE -> powerFailure();
            case STOP -> stop();
            case CORE_FAILURE -> feed.poison();
            case LOOP_STALL -> node.stall(random.betweenNs(0, 2_000 * MILLI_NS));
            case DISK_FULL -> disk.fillUpAfter(random.below(10));
            case DISK_NEARLY_FULL -> disk.nearlyFull(!disk.isDiskNearlyFull());
            case SEGMENT_ROLL -> disk.roll();
            case SNAPSHOT_DAMAGE -> disk.snapshots().damage(random);
            case PATH_BREAK -> network.breakSession(network.any(), random.betweenNs(0, 300 * MILLI_NS));
            case PATH_CLOG -> network.any().clog(random.betweenNs(0, 2_000 * MILLI_NS));
            case EGRESS_PRESSED -> network.pressNode(random.betweenNs(0, 2_000 * MILLI_NS));
            case PATH_DELAY -> network.any().delay(random.betweenNs(0, 5 * MILLI_NS), 50 * MILLI_NS);
            case GATEWAY_RESTART -> restartGateway();
            case GATEWAY_SILENCE -> silenceGateway();
            case REPEATED_HELLO -> network.repeatHello();
            case VENUE_CANCEL -> any().cancelOne(
                random.below(SimulatedMarket.INSTRUMENTS), random.flip() ? Side.BUY : Side.SELL);
            case VENUE_DELAY -> any().delay(random.betweenNs(0, 1_000 * MILLI_NS));
            case CANCELS_REFUSED -> any().refuseCancels(random.betweenNs(0, 500 * MILLI_NS));
            case REQUESTS_LOST -> any().loseRequests(random.betweenNs(0, 200 * MILLI_NS));
            case ANSWERS_LOST -> any().loseAnswers(random.betweenNs(0, 200 * MILLI_NS));
            case ACCOUNT_DIFFERENCE -> plantDifference();
            case FOREIGN_INPUT -> sendForeign();
            case CLOCK_BACK -> clock.step(-random.betweenNs(0, 3_000 * MILLI_NS));
            case CLOCK_JUMP -> clock.step(random.betweenNs(0, 3_000 * MILLI_NS));
            case CLOCK_DRIFT -> clock.drift(random.between(-100_000, 100_000));
            case CLOCK_STALL -> clock.stall(random.betweenNs(0, 1_000 * MILLI_NS));
            case COMMAND -> trace.event(operator.command());
        }
    }

    /** Each is a world of its own: what is done to it is done to no other. */
    private SimulatedExchange any()
    {
        return exchanges.get(random.below(exchanges.size()));
    }

    /** Once the account is open: what it opens with is no difference. */
    private void plantDifference()
    {
        final SimulatedExchange exchange = any();
        if (!node.isRunning() || exchange.venueId() >= node.core().venueCount() ||
            !node.core().venue(exchange.venueId()).holdings().isOpened())
        {
            return;
        }
        if (random.below(AMOUNTS_PER_LOTS + 1) > 0)
        {
            exchange.plantAmount(random.between(1, CENTS_MAX));
        }
        else
        {
            exchange.plantLots(SimulatedMarket.anyOf(exchange.venueId(), random), random.between(1, 3));
        }
    }

    private void sendForeign()
    {
        if (random.flip())
        {
            feed.commandForeign();
        }
        else
        {
            operator.tradeForeign();
        }
    }

    private void crash()
    {
        final CrashPoint point = plan.arm();
        if (node.isRunning() && (point == CrashPoint.AT_REST || point == CrashPoint.RECOVERY_READ))
        {
            keeper.killed(point.name());
        }
    }

    /** What the journal may have lost the operator accepts, and the feed begins anew: its link has forgotten the rest. */
    private void powerFailure()
    {
        keeper.killed("power failure");
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
            node.requestStop();
        }
    }

    private void restartGateway()
    {
        if (random.flip())
        {
            feed.restart();
        }
        else
        {
            any().restart();
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
            any().silence(ns);
        }
    }

    /** No faults any more, and nobody trades. */
    void end()
    {
        plan.disarm();
        network.heal();
        clock.heal();
        feed.heal();
        exchanges.forEach(SimulatedExchange::heal);
        node.heal();
        disk.makeSpace();
        disk.nearlyFull(false);
        operator.command(TradingMode.KILLED);
        trace.event("faults have ended");
    }
}
