package io.lockstep.sequencer.node;

import io.lockstep.sequencer.NodeText;
import io.lockstep.sequencer.TestDriver;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A node on a thread of its own within the tests' process.
 */
public final class NodeRun implements AutoCloseable
{
    private static final long TIMEOUT_SECONDS = 60;

    private final List<String> notices = new CopyOnWriteArrayList<>();
    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicBoolean ready = new AtomicBoolean();
    private final CompletableFuture<Node.Result> result = new CompletableFuture<>();

    /** Starts it; what becomes of it is {@link #awaitReady}'s and {@link #result}'s to say. */
    public NodeRun(final String configuration)
    {
        this(configuration, () ->
        {
        });
    }

    /**
     * @param inLoop called on the node's thread, within its loop.
     */
    public NodeRun(final String configuration, final Runnable inLoop)
    {
        this(configuration, inLoop, false);
    }

    /**
     * @param inLoop         called on the node's thread, within its loop.
     * @param acceptLostTail whether it may go on behind its gateway.
     */
    public NodeRun(final String configuration, final Runnable inLoop, final boolean acceptLostTail)
    {
        final Node node = new Node(NodeText.context(configuration), new Node.Listener()
        {
            @Override
            public void onReady()
            {
                ready.set(true);
            }

            @Override
            public void onStopping()
            {
                ready.set(false);
            }

            @Override
            public void onNotice(final String notice)
            {
                notices.add(notice);
            }
        }, acceptLostTail);
        new Thread(() ->
        {
            try
            {
                result.complete(node.run(() ->
                {
                    inLoop.run();
                    return stop.get();
                }));
            }
            catch (final RuntimeException | Error ex)
            {
                result.completeExceptionally(ex);
            }
        }, "node").start();
    }

    /** Waits until it is in its loop; throws what ended it before. */
    public NodeRun awaitReady()
    {
        TestDriver.await(() -> ready.get() || result.isDone());
        if (result.isDone())
        {
            result();
        }
        return this;
    }

    /** Tells it to stop and goes on. */
    void tellToStop()
    {
        stop.set(true);
    }

    /** Whether nothing has ended it yet. */
    boolean isRunning()
    {
        return !result.isDone();
    }

    /** Tells it to stop and waits for what it says. */
    public Node.Result stop()
    {
        stop.set(true);
        return result();
    }

    /** Waits for its end; throws what ended it. */
    public Node.Result result()
    {
        try
        {
            return result.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        }
        catch (final ExecutionException ex)
        {
            if (ex.getCause() instanceof RuntimeException runtime)
            {
                throw runtime;
            }
            throw new CompletionException(ex.getCause());
        }
        catch (final InterruptedException | TimeoutException ex)
        {
            throw new IllegalStateException("the node does not end", ex);
        }
    }

    @Override
    public void close()
    {
        stop.set(true);
        result.handle((value, error) -> value).orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
    }

    /** What the node has said so far. */
    List<String> notices()
    {
        return notices;
    }
}
