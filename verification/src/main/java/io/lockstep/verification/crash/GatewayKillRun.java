package io.lockstep.verification.crash;

import io.lockstep.cli.argument.Directories;
import io.lockstep.cli.node.CommandProcess;
import io.lockstep.cli.node.NodeRig;
import io.lockstep.cli.output.Progress;
import io.lockstep.sequencer.NodeException;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Kills an order gateway as planned and starts it again each time, while node, feed and venue live on. The market is held while
 * no gateway hands requests over.
 */
final class GatewayKillRun implements AutoCloseable
{
    /** Played for each kill. */
    static final int MARKET_EVENTS = 6_000;

    private static final long TRADE_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(120);
    private static final long WATCH_INTERVAL_NS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final long PLAY_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final int PLAYED_AT_ONCE = 50;
    /** Until requests come again: the venue's time must go on, and most of the market be left. */
    private static final int PLAYED_AT_ONCE_BEFORE = 10;
    private static final long FIRST_START_NS = TimeUnit.SECONDS.toNanos(1);
    private static final Pattern TAKEN_UP = Pattern.compile("log taken up: .* requestsInDoubt=(\\d+)(.*)");

    private final NodeRig rig;
    private final RequestWatch venue;
    private final Progress progress;
    private final Path config;
    private final Path logDirectory;
    private final Path errors;
    private final boolean losesLog;
    private final CommandProcess gateway;
    private long startedNs;
    private long startTookNs = FIRST_START_NS;
    private long requestsAtStart;
    private long sessionsAtStart;
    private long playedNs;
    private long eventsAllowed;
    private int kills;
    private int killsInStart;
    private Map<String, Object> stopped = Map.of();

    /**
     * @param config       of the order gateway.
     * @param logDirectory of its log.
     * @param losesLog     whether the log is taken away at each kill, so that there is none.
     */
    GatewayKillRun(
        final NodeRig rig,
        final RequestWatch venue,
        final Progress progress,
        final Path config,
        final Path logDirectory,
        final boolean losesLog,
        final PrintWriter err)
    {
        this.rig = rig;
        this.venue = venue;
        this.progress = progress;
        this.config = config;
        this.logDirectory = logDirectory;
        this.losesLog = losesLog;
        errors = config.resolveSibling("orders.err");
        gateway = new CommandProcess("the order gateway", errors, err);
    }

    /** Returns when the last gateway has stopped, with nothing under way. */
    void play(final List<GatewayKill> plan) throws InterruptedException
    {
        start();
        for (final GatewayKill kill : plan)
        {
            await(kill);
            kill();
        }
        awaitTrading();
        rig.gateways().feed().limit(Long.MAX_VALUE);
        rig.settle(progress);
        stopped = gateway.stop();
    }

    private void start()
    {
        startedNs = System.nanoTime();
        requestsAtStart = venue.requests();
        sessionsAtStart = rig.gateways().server().sessions();
        final List<String> arguments = new ArrayList<>(List.of("gateway", "--json", "--config", config.toString()));
        if (losesLog)
        {
            arguments.add("--accept-new-log");
        }
        gateway.start(arguments);
    }

    private void await(final GatewayKill kill)
    {
        switch (kill.moment())
        {
            case ON_REQUEST -> {
                awaitTrading();
                final long until = venue.requests() + kill.requests();
                await(() -> venue.requests() >= until);
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(kill.delayMicros()));
            }
            case AFTER_TIME -> {
                awaitTrading();
                awaitTime(System.nanoTime() + TimeUnit.MICROSECONDS.toNanos(kill.delayMicros()));
            }
            case IN_START -> {
                awaitTime(startedNs + startTookNs * kill.startPercent() / 100);
                killsInStart += isTrading() ? 0 : 1;
            }
        }
    }

    private boolean isTrading()
    {
        return venue.requests() > requestsAtStart;
    }

    private void awaitTrading()
    {
        if (!isTrading())
        {
            await(this::isTrading);
            startTookNs = System.nanoTime() - startedNs;
        }
    }

    private void awaitTime(final long untilNs)
    {
        await(() -> System.nanoTime() - untilNs >= 0);
    }

    /** Plays the market on while it waits. */
    private void await(final BooleanSupplier condition)
    {
        final long deadlineNs = System.nanoTime() + TRADE_TIMEOUT_NS;
        while (!condition.getAsBoolean())
        {
            rig.requireHealthy();
            gateway.requireAlive();
            play();
            LockSupport.parkNanos(WATCH_INTERVAL_NS);
            if (System.nanoTime() - deadlineNs > 0)
            {
                throw new NodeException(NodeException.CHECK_FAILED, "no request reached the venue within " +
                    TimeUnit.NANOSECONDS.toSeconds(TRADE_TIMEOUT_NS) + " s: kills=" + kills + " requests=" +
                    venue.requests() + " marketEvents=" + rig.gateways().marketEvents());
            }
        }
    }

    private void play()
    {
        final long marketEvents = rig.gateways().marketEvents();
        progress.update(marketEvents);
        final boolean isHeard = rig.gateways().server().sessions() > sessionsAtStart || marketEvents == 0;
        if (isHeard && System.nanoTime() - playedNs >= PLAY_INTERVAL_NS)
        {
            playedNs = System.nanoTime();
            eventsAllowed = Math.max(eventsAllowed, marketEvents) +
                (isTrading() ? PLAYED_AT_ONCE : PLAYED_AT_ONCE_BEFORE);
            rig.gateways().feed().limit(eventsAllowed);
        }
    }

    private void kill() throws InterruptedException
    {
        gateway.kill();
        kills++;
        if (losesLog)
        {
            Directories.delete(logDirectory, true);
        }
        start();
    }

    /** By the keys of the command's contract. */
    Map<String, Object> values()
    {
        int killsInDoubt = 0;
        long requestsInDoubt = 0;
        int killsInWrite = 0;
        for (final String line : lines())
        {
            final Matcher taken = TAKEN_UP.matcher(line);
            if (taken.find())
            {
                final long inDoubt = Long.parseLong(taken.group(1));
                killsInDoubt += inDoubt > 0 ? 1 : 0;
                requestsInDoubt += inDoubt;
                killsInWrite += taken.group(2).isEmpty() ? 0 : 1;
            }
        }
        final Map<String, Object> values = new LinkedHashMap<>();
        values.put("kills", kills);
        values.put("restarts", kills);
        values.put("killsDuringStart", killsInStart);
        values.put("killsInDoubt", killsInDoubt);
        values.put("killsInWrite", killsInWrite);
        values.put("requestsInDoubt", requestsInDoubt);
        values.put("requestsAtVenue", venue.requests());
        values.put("sessions", rig.gateways().server().sessions());
        values.put("sessionsDropped", rig.gateways().server().drops());
        values.put("ordersSettled", stopped.get("ordersSettled"));
        return values;
    }

    private List<String> lines()
    {
        try
        {
            return Files.readAllLines(errors);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    @Override
    public void close()
    {
        gateway.close();
    }
}
