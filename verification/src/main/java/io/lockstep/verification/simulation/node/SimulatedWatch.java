package io.lockstep.verification.simulation.node;

import io.lockstep.core.host.CoreHost;
import io.lockstep.sbe.AlertType;
import io.lockstep.sbe.TradingMode;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.config.SafetyContext;
import io.lockstep.sequencer.egress.LinkEgress;
import io.lockstep.sequencer.loop.Sequencer;
import io.lockstep.sequencer.node.Stopping;
import io.lockstep.sequencer.safety.ClockWatch;
import io.lockstep.sequencer.safety.OperationalInputs;
import io.lockstep.sequencer.safety.SafetyWatch;
import io.lockstep.verification.simulation.audit.Invariant;
import io.lockstep.verification.simulation.audit.SimulationFailure;
import io.lockstep.verification.simulation.plant.Plant;
import io.lockstep.verification.simulation.seed.SimulatedClock;

/**
 * The node's watch of itself and its way to a stop, beside what the simulation knows: where the clock has stepped, the disk fills
 * or the loop was stalled, the watch must have seen it.
 */
final class SimulatedWatch
{
    private static final long INTERVAL_NS = 100_000_000L;
    /** By how much a clock may drift between two looks, and its steps then differ from what is seen of them. */
    private static final long DRIFT_NS = 500_000_000L;

    private final SafetyContext limits;
    private final CoreHost host;
    private final LinkEgress egress;
    private final SimulatedClock clock;
    private final SimulatedDisk disk;
    private final Plant plant;
    private final OperationalInputs inputs;
    private final SafetyWatch safety;
    private final Stopping stopping;
    private boolean stopRequested;
    private boolean mayEnd;
    private boolean diskSeen;
    private long lastLookNs;
    private long stopBegunNs;

    SimulatedWatch(
        final NodeContext context,
        final Sequencer sequencer,
        final CoreHost host,
        final LinkEgress egress,
        final SimulatedClock clock,
        final SimulatedDisk disk,
        final Plant plant)
    {
        limits = context.safety();
        this.host = host;
        this.egress = egress;
        this.clock = clock;
        this.disk = disk;
        this.plant = plant;
        inputs = new OperationalInputs(sequencer);
        safety = new SafetyWatch(inputs,
            new ClockWatch(clock::trueNs, plant.watchedClock(clock), limits.clockStepMaxNs()), disk, limits,
            SimulatedWatch::followed, clock.trueNs());
        stopping = new Stopping(inputs, host, egress,
            plant.cancelsAtStop() && cancelsOnStop(), limits.stopTimeoutNs());
        lastLookNs = clock.trueNs();
        clock.takeStep();
    }

    /** The simulated clock has its new time at once. */
    private static void followed()
    {
    }

    private boolean cancelsOnStop()
    {
        return limits.onStop() == SafetyContext.OnStop.CANCEL;
    }

    /** Looks, when it is time to. */
    void look()
    {
        final long nowNs = clock.trueNs();
        final long sinceNs = nowNs - lastLookNs;
        if (sinceNs < INTERVAL_NS)
        {
            return;
        }
        lastLookNs = nowNs;
        final long stalls = disk.audit().safety().stalls();
        if (plant.alertsHalt())
        {
            safety.onInterval(nowNs);
        }
        else if (disk.isDiskNearlyFull() && !diskSeen)
        {
            inputs.note(AlertType.DISK_NEARLY_FULL, disk.freeSpaceBytes(), disk.minFreeSpaceBytes());
        }
        check(sinceNs, disk.audit().safety().stalls() - stalls);
        if (stopRequested)
        {
            stopBegunNs = stopBegunNs == 0 ? nowNs : stopBegunNs;
            stopping.begin(nowNs);
        }
        mayEnd = stopping.isDone(nowNs);
    }

    private void check(final long sinceNs, final long stallsSeen)
    {
        if (plant.alertsHalt() && sinceNs > limits.stallMaxNs() && stallsSeen == 0)
        {
            throw new SimulationFailure(Invariant.FAILS_SAFE, "a stall of the loop is not journaled: ns=" + sinceNs);
        }
        final long stepNs = clock.takeStep();
        if (Math.abs(stepNs) > limits.clockStepMaxNs() + DRIFT_NS)
        {
            requireHalted("the clock has stepped: ns=" + stepNs);
        }
        if (plant.alertsHalt() && disk.isDiskNearlyFull() && !diskSeen)
        {
            requireHalted("the disk is nearly full");
        }
        diskSeen = disk.isDiskNearlyFull();
    }

    private void requireHalted(final String what)
    {
        final TradingMode mode = host.core().mode();
        if (mode != TradingMode.HALTED && mode != TradingMode.KILLED)
        {
            throw new SimulationFailure(Invariant.FAILS_SAFE, what + " mode=" + mode);
        }
    }

    void requestStop()
    {
        stopRequested = true;
    }

    boolean isStopRequested()
    {
        return stopRequested;
    }

    boolean mayEnd()
    {
        return mayEnd;
    }

    /** Whether the stop has ended because all was answered: not for want of time or of a gateway. Then nothing may be open. */
    boolean isDrained()
    {
        final boolean drained = egress.isReceiverThere() && clock.trueNs() - stopBegunNs < limits.stopTimeoutNs();
        if (drained && cancelsOnStop() && host.core().openOrderCount() > 0)
        {
            throw new SimulationFailure(Invariant.ENDS_CLEANLY,
                "the node ends with open orders: " + host.core().openOrderCount());
        }
        return drained && cancelsOnStop();
    }
}
