package io.lockstep.perf.latency.path;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Passes the one loop thread from path to path. A node asks about ten times a second whether it shall stop, on its loop's
 * thread: the other paths run within that question, so that all paths have the same thread and the same core. In the path
 * {@link MeasuredPath#HICCUP} the thread sleeps.
 */
public final class LoopThread
{
    private static final long SLEEP_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Map<MeasuredPath, PathLoop> loopByPath = new EnumMap<>(MeasuredPath.class);
    private volatile MeasuredPath wanted = MeasuredPath.TICK_TO_TRADE;
    private volatile MeasuredPath running;
    private volatile boolean stop;

    public LoopThread()
    {
        loopByPath.put(MeasuredPath.HICCUP, (isWanted) ->
        {
            while (isWanted.getAsBoolean())
            {
                LockSupport.parkNanos(SLEEP_NS);
            }
        });
    }

    public void add(final MeasuredPath path, final PathLoop loop)
    {
        loopByPath.put(path, loop);
    }

    /** Runs the other paths for as long as they are wanted; on the loop's thread, by the node. Whether the node is to stop. */
    boolean runOtherPaths()
    {
        while (!stop && wanted != MeasuredPath.TICK_TO_TRADE)
        {
            final MeasuredPath path = wanted;
            running = path;
            loopByPath.get(path).run(() -> wanted == path && !stop);
        }
        running = MeasuredPath.TICK_TO_TRADE;
        return stop;
    }

    /** On the sender's thread; returns when the path has the loop's thread. */
    public void switchTo(final MeasuredPath path)
    {
        wanted = path;
        while (running != path)
        {
            Thread.onSpinWait();
        }
    }

    /** On the sender's thread: the node is to stop. */
    public void stop()
    {
        stop = true;
    }
}
