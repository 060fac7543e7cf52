package io.lockstep.sequencer.node;

import io.aeron.driver.MediaDriver;
import io.lockstep.codecs.Instrument;
import io.lockstep.sequencer.NodeException;
import io.lockstep.sequencer.aeron.EmbeddedDriver;
import io.lockstep.sequencer.config.ConfigurationException;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.config.ShardDirectories;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.loop.SequencerMonitor;
import org.agrona.ErrorHandler;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A node that is divided: several whole nodes in one process, each with its own thread, journal and instruments. What they have
 * in common is the media driver, the lock on the directory above theirs, and their end: when one ends the others are stopped in
 * order.
 */
public final class ShardedNode
{
    private final NodeContext context;
    private final List<NodeContext> shards;
    private final NodeDirectory directory;
    private final Function<NodeContext, Node.Listener> listeners;
    private final boolean acceptLostTail;
    private final ShardStart start;
    private volatile boolean stopping;

    /**
     * @param context        with at least one shard.
     * @param listeners      one for each shard's context; each is called on its shard's thread.
     * @param acceptLostTail as of a {@link Node}, for each shard.
     */
    public ShardedNode(
        final NodeContext context,
        final Function<NodeContext, Node.Listener> listeners,
        final boolean acceptLostTail)
    {
        this.context = context;
        this.shards = context.shardContexts();
        this.directory = new NodeDirectory(context.directory());
        this.listeners = listeners;
        this.acceptLostTail = acceptLostTail;
        this.start = new ShardStart(shards);
    }

    /**
     * Runs all shards until one is told to stop or fails.
     *
     * @param isStopRequested makes what each shard asks, on its thread, about ten times a second.
     * @return what each shard did, by its number.
     * @throws NodeException          when one could not run; it is named, and the others were stopped in order.
     * @throws ConfigurationException when the journals there are others than the configuration has shards for.
     */
    public Map<Integer, Node.Result> run(final Function<NodeContext, BooleanSupplier> isStopRequested)
    {
        return open((shard, node) ->
        {
            final BooleanSupplier own = isStopRequested.apply(shard);
            return node.run(() -> stopping || own.getAsBoolean());
        }, context.embeddedDriver());
    }

    /**
     * Recovers all shards, as {@link Node#recover()} does.
     *
     * @return by the number of the shard.
     */
    public Map<Integer, Node.Result> recover()
    {
        return open((shard, node) -> node.recover(), false);
    }

    /** What is done with each shard's node. */
    @FunctionalInterface
    private interface Work
    {
        Node.Result on(NodeContext shard, Node node);
    }

    @SuppressWarnings("try") // the lock and the driver are held, not used
    private Map<Integer, Node.Result> open(final Work work, final boolean needsDriver)
    {
        try (NodeDirectory.Lock lock = Node.lock(directory))
        {
            requireNoOtherJournal();
            final List<ShardThread> threads = new ArrayList<>();
            for (final NodeContext shard : shards)
            {
                final Node node = new Node(shard, listener(shard), acceptLostTail);
                threads.add(new ShardThread(shard.shard(), () -> work.on(shard, node)));
            }
            try (MediaDriver driver = needsDriver ? launchDriver() : null)
            {
                threads.forEach(Thread::start);
                threads.forEach(this::join);
            }
            return results(threads);
        }
    }

    /** For tools that are given the directory of the whole; a start that is refused leaves it as it was. */
    private synchronized void writeConfiguration()
    {
        try
        {
            Files.writeString(directory.configuration(), context.text());
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /** An instrument may be in any journal; one that nobody opens would be one that nobody looks into. */
    private void requireNoOtherJournal()
    {
        if (directory.hasJournal())
        {
            throw new ConfigurationException("node.directory=" + directory.path() +
                ": expected a directory for shards, a node without shards has its journal there");
        }
        ShardDirectories.existing(directory.path()).forEach((number, path) ->
        {
            if (shards.stream().noneMatch((shard) -> shard.shard() == number) && new NodeDirectory(path).hasJournal())
            {
                throw new ConfigurationException("shards: expected all that have a journal below node.directory=" +
                    directory.path() + ", shard " + number + " is not among them; keep it, or move " + path +
                    " elsewhere when nothing of it is open any more");
            }
        });
    }

    private MediaDriver launchDriver()
    {
        final Node.Listener first = listeners.apply(shards.get(0));
        final ErrorHandler errorHandler = (error) -> first.onNotice("media driver: " + error);
        return context.aeronDirectory() == null
            ? EmbeddedDriver.launchOwned(context.driverDirectory(), context.clientTimeoutNs(), errorHandler)
            : EmbeddedDriver.launch(context.driverDirectory(), context.clientTimeoutNs(), errorHandler);
    }

    private void join(final Thread thread)
    {
        boolean interrupted = false;
        while (thread.isAlive())
        {
            try
            {
                thread.join();
            }
            catch (final InterruptedException ex)
            {
                interrupted = true;
                stopping = true;
            }
        }
        if (interrupted)
        {
            Thread.currentThread().interrupt();
        }
    }

    /** The first failure is the cause of what came after it. */
    private static Map<Integer, Node.Result> results(final List<ShardThread> threads)
    {
        final Map<Integer, Node.Result> resultByShard = new TreeMap<>();
        ShardThread failed = null;
        for (final ShardThread thread : threads)
        {
            if (thread.failure == null)
            {
                resultByShard.put(thread.shard, thread.result);
            }
            else if (failed == null || thread.isBefore(failed))
            {
                failed = thread;
            }
        }
        if (failed != null)
        {
            throw failed.named();
        }
        return resultByShard;
    }

    private Node.Listener listener(final NodeContext shard)
    {
        final Node.Listener own = listeners.apply(shard);
        return new Node.Listener()
        {
            @Override
            public void onRecovered(final List<Instrument> instruments)
            {
                start.onRecovered(shard.shard(), instruments);
                writeConfiguration();
                own.onRecovered(instruments);
            }

            @Override
            public void onReady()
            {
                own.onReady();
            }

            @Override
            public void onStopping()
            {
                own.onStopping();
            }

            @Override
            public void onNotice(final String notice)
            {
                own.onNotice("shard=" + shard.shard() + ": " + notice);
            }

            @Override
            public SequencerMonitor observer()
            {
                return own.observer();
            }
        };
    }

    private final class ShardThread extends Thread
    {
        private final int shard;
        private final Supplier<Node.Result> work;
        private Node.Result result;
        private Throwable failure;
        private long failedNs;

        ShardThread(final int shard, final Supplier<Node.Result> work)
        {
            super("lockstep-shard-" + shard);
            this.shard = shard;
            this.work = work;
        }

        @Override
        public void run()
        {
            try
            {
                result = work.get();
            }
            catch (final Throwable ex)
            {
                failedNs = System.nanoTime();
                failure = ex;
            }
            finally
            {
                stopping = true;
                start.abandon();
            }
        }

        boolean isBefore(final ShardThread other)
        {
            final boolean isFollowing = failure instanceof ShardStart.AbandonedException;
            final boolean isOtherFollowing = other.failure instanceof ShardStart.AbandonedException;
            return isFollowing == isOtherFollowing ? failedNs - other.failedNs < 0 : isOtherFollowing;
        }

        RuntimeException named()
        {
            final String name = "shard=" + shard + ": ";
            if (failure instanceof ConfigurationException configuration)
            {
                return configuration;
            }
            return failure instanceof NodeException node
                ? new NodeException(node.exitStatus(), name + node.getMessage(), node)
                : new NodeException(NodeException.CHECK_FAILED, name + failure, failure);
        }
    }
}
