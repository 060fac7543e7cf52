package io.lockstep.verification.crash;

import io.lockstep.cli.node.NodeRig;
import io.lockstep.cli.output.Progress;
import io.lockstep.sequencer.NodeException;
import io.lockstep.sequencer.counters.CounterType;
import io.lockstep.sequencer.counters.NodeCounters;
import io.lockstep.sequencer.journal.QueueStore;
import io.lockstep.sequencer.journal.RunHead;
import io.lockstep.verification.crash.audit.CrashChecks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Kills a node as planned and starts it again each time. The feed is held while no node trades.
 */
final class CrashTestRun
{
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long TRADE_TIMEOUT_NS = 120_000 * NANOS_PER_MILLI;
    private static final long WATCH_INTERVAL_NS = NANOS_PER_MILLI;
    /** A snapshot is written in few milliseconds. */
    private static final long CLOSE_WATCH_INTERVAL_NS = NANOS_PER_MILLI / 20;
    private static final long FIRST_START_NS = 1_000 * NANOS_PER_MILLI;

    private final NodeRig rig;
    private final Progress progress;
    private final WholeJournal whole;
    private final NodeFiles sinceStart;
    private final NodeFiles sinceTrading;
    private final List<Long> recoveriesNs = new ArrayList<>();
    private long startedNs = System.nanoTime();
    private long startTookNs = FIRST_START_NS;
    private long eventsAllowed;
    private int killedIncarnation;
    private int kills;
    private int killsInRecovery;
    private int killsInSnapshot;
    private int killsInRoll;
    private long snapshotSequence;
    private int fromSnapshot;
    private int snapshotsPassedOver;

    /**
     * @param whole null when the node's journal stays whole.
     */
    CrashTestRun(final NodeRig rig, final Progress progress, final WholeJournal whole)
    {
        this.rig = rig;
        this.progress = progress;
        this.whole = whole;
        sinceStart = new NodeFiles(rig.directory());
        sinceTrading = new NodeFiles(rig.directory());
    }

    /** Returns when the last node has played the rest of the market and nothing is under way. */
    void play(final List<Kill> plan) throws InterruptedException
    {
        for (final Kill kill : plan)
        {
            await(kill);
            kill();
        }
        awaitTrading(Long.MAX_VALUE);
        rig.settle(progress);
    }

    private void await(final Kill kill)
    {
        switch (kill.moment())
        {
            case IN_START -> {
                awaitTime(startedNs + startTookNs * kill.startPercent() / 100);
                killsInRecovery += isLinked() ? 0 : 1;
            }
            case AT_INCARNATION -> {
                await(() -> newestIncarnation() > killedIncarnation);
                awaitTime(System.nanoTime() + kill.delayMs() * NANOS_PER_MILLI);
                killsInRecovery += isLinked() ? 0 : 1;
            }
            case AFTER_TIME -> {
                awaitTrading(eventsAllowed + kill.marketEvents());
                awaitTime(System.nanoTime() + kill.delayMs() * NANOS_PER_MILLI);
            }
            case AFTER_INPUTS -> {
                awaitTrading(eventsAllowed + kill.marketEvents());
                await(this::isPlayed);
            }
            case AT_SNAPSHOT -> {
                awaitTrading(eventsAllowed + kill.marketEvents());
                sinceTrading.look();
                awaitClosely(() -> sinceTrading.hasNewSnapshot() || isPlayed());
            }
            case AT_ROLL -> {
                awaitTrading(eventsAllowed + kill.marketEvents());
                sinceTrading.look();
                awaitClosely(() -> sinceTrading.hasNewSegment() || isPlayed());
                awaitTime(System.nanoTime() + kill.delayMs() * NANOS_PER_MILLI);
            }
        }
    }

    private void awaitTime(final long untilNs)
    {
        await(() -> System.nanoTime() - untilNs >= 0);
    }

    private boolean isPlayed()
    {
        return rig.gateways().marketEvents() >= eventsAllowed;
    }

    private int newestIncarnation()
    {
        return rig.directory().incarnations().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    /** To a node that was made after the last kill: what the dead ones have said may still be heard. */
    private boolean isLinked()
    {
        return rig.gateways().feed().linkedIncarnation() > killedIncarnation &&
            rig.gateways().venue().linkedIncarnation() > killedIncarnation;
    }

    /** Until a market event that no node before has seen is in the journal. */
    private void awaitTrading(final long newEventsAllowed)
    {
        await(this::isLinked);
        startTookNs = System.nanoTime() - startedNs;
        final long offered = rig.gateways().feed().offered();
        eventsAllowed = newEventsAllowed;
        rig.gateways().feed().limit(eventsAllowed);
        await(() -> rig.gateways().feed().acknowledged() > offered);
        if (kills > 0)
        {
            recoveriesNs.add(System.nanoTime() - startedNs);
            lookAtRecovery();
        }
    }

    /** Where did the node that trades now begin to replay? */
    private void lookAtRecovery()
    {
        final long recoveredInputs = NodeCounters.read(rig.directory().counters())
            .get(CounterType.RECOVERED_INPUTS.label());
        final long recoveredTo = RunHead.newest(new QueueStore(rig.directory())).predecessorLastSequence();
        final long recoveredFrom = recoveredTo - recoveredInputs;
        fromSnapshot += recoveredFrom > 0 ? 1 : 0;
        snapshotsPassedOver += recoveredFrom == snapshotSequence ? 0 : 1;
    }

    private void kill() throws InterruptedException
    {
        rig.requireHealthy();
        rig.node().kill();
        kills++;
        killsInSnapshot += sinceStart.hasUnfinishedSnapshot() ? 1 : 0;
        killsInRoll += sinceStart.hasUnfinishedSegment() ? 1 : 0;
        collect();
        sinceStart.look();
        snapshotSequence = sinceStart.newestSnapshotSequence();
        rig.gateways().feed().limit(rig.gateways().marketEvents());
        killedIncarnation = newestIncarnation();
        startedNs = System.nanoTime();
        rig.node().start();
    }

    private void collect()
    {
        if (whole != null)
        {
            whole.collect();
        }
    }

    private void await(final BooleanSupplier condition)
    {
        await(condition, WATCH_INTERVAL_NS);
    }

    private void awaitClosely(final BooleanSupplier condition)
    {
        await(condition, CLOSE_WATCH_INTERVAL_NS);
    }

    private void await(final BooleanSupplier condition, final long intervalNs)
    {
        final long deadlineNs = System.nanoTime() + TRADE_TIMEOUT_NS;
        while (!condition.getAsBoolean())
        {
            rig.requireHealthy();
            progress.update(rig.gateways().marketEvents());
            collect();
            LockSupport.parkNanos(intervalNs);
            if (System.nanoTime() - deadlineNs > 0)
            {
                throw new NodeException(NodeException.CHECK_FAILED, "the node did not trade within " +
                    TRADE_TIMEOUT_NS / NANOS_PER_MILLI + " ms: kills=" + kills + " marketEvents=" +
                    rig.gateways().marketEvents() + " acknowledged=" + rig.gateways().feed().acknowledged() +
                    " of " + rig.gateways().feed().offered());
            }
        }
    }

    /** The node has stopped. */
    void check(final CrashChecks checks)
    {
        collect();
        checks.require(snapshotsPassedOver == 0, "recovery: " + snapshotsPassedOver + " of " + recoveriesNs.size() +
            " restarts did not begin at the newest snapshot");
    }

    /** By the keys of the command's contract. */
    Map<String, Object> values()
    {
        final Map<String, Object> values = new LinkedHashMap<>();
        values.put("kills", kills);
        // Each kill is followed by a start.
        values.put("restarts", kills);
        values.put("killsDuringRecovery", killsInRecovery);
        values.put("killsDuringSnapshot", killsInSnapshot);
        values.put("killsDuringRoll", killsInRoll);
        values.put("recoveries", recoveriesNs.size());
        values.put("fromSnapshot", fromSnapshot);
        values.put("recoveryMs", recoveryMs());
        return values;
    }

    private Map<String, Object> recoveryMs()
    {
        final List<Long> ascending = recoveriesNs.stream().sorted().map((ns) -> ns / NANOS_PER_MILLI).toList();
        final Map<String, Object> values = new LinkedHashMap<>();
        values.put("p50", ascending.isEmpty() ? null : ascending.get((ascending.size() - 1) / 2));
        values.put("max", ascending.isEmpty() ? null : ascending.get(ascending.size() - 1));
        return values;
    }
}
