package io.lockstep.perf.latency.peer;

import io.lockstep.cli.argument.UsageException;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What can be measured beside Lockstep, and Lockstep itself as it is measured there.
 */
public enum PeerKind
{
    /** As its own peer. */
    LOCKSTEP("lockstep", null, LockstepPeer.class.getName(), List.of("busy-spin"), true,
        "over Aeron IPC: link, sequence, journal, book, averages, strategy, risk, order, journal, link; " +
            "each order is filled by a report that goes the same way. Replay compares every decision",
        "one loop thread and one sender, so it has a processor each on a machine with two: a design with " +
            "more threads that spin has to share, and does better on a larger machine than here"),
    /** An exchange on the Disruptor. */
    EXCHANGE_CORE("exchange-core", "exchange-core", "io.lockstep.peers.exchange.ExchangeCorePeer",
        List.of("BUSY_SPIN", "YIELDING", "BLOCKING"), false,
        "0.5.3, latency profile, one risk and one matching engine: each event is an order or a cancel into " +
            "its ring, each answered one a trade, taken at its results' consumer",
        "no transport and no bytes: commands are objects in the caller's process. Its pipeline has four " +
            "threads, or five with a journal, beside the sender"),
    /** The same, journaled. */
    EXCHANGE_CORE_JOURNAL("exchange-core-journal", "exchange-core", EXCHANGE_CORE.mainClass,
        List.of("BUSY_SPIN+journal", "YIELDING+journal", "BLOCKING+journal"), true,
        "the same with its journal, written by a thread of its own beside the engines; a result waits for " +
            "it. Replay is its start from that journal",
        "the journal holds commands, compressed in batches, and no results; its file is synced with each " +
            "write, which costs nothing on tmpfs. No transport"),
    /** A replicated log, here with nobody to replicate to. */
    AERON_CLUSTER("aeron-cluster", "aeron-cluster", "io.lockstep.peers.cluster.ClusterPeer",
        List.of("busy-spin", "yielding", "backoff"), true,
        "one node: ingress over IPC, log recorded by its archive, consensus module and archive on one " +
            "thread, service on another, egress over IPC. Replay is the node's start on its log",
        "the service counts and answers: no book, no risk, no order, nothing compared. Only inputs are " +
            "recorded, not answers. It does for three nodes what the others do not do at all"),
    /** A hand-off. */
    DISRUPTOR("disruptor", "disruptor", "io.lockstep.peers.disruptor.DisruptorPeer", List.of("busy-spin"), false,
        "4.0.0: the event is copied into a ring, a thread takes it and answers through a second ring; busy-spinning",
        "no work, no journal, no transport between processes: the floor of any hand-off between two threads"),
    /** A journal. */
    CHRONICLE_QUEUE("chronicle-queue", "chronicle-queue", "io.lockstep.peers.queue.ChronicleQueuePeer",
        List.of("busy-spin"), true,
        "the event is appended to a queue, a thread tails it and appends the answer to a second one, which " +
            "the sender tails. Replay is reading the first",
        "the journal is the transport and all there is: no work, no checksum, and replay applies nothing");

    private final String key;
    private final String module;
    private final String mainClass;
    private final List<String> variants;
    private final boolean isJournaled;
    private final String does;
    private final String doesNot;

    PeerKind(
        final String key,
        final String module,
        final String mainClass,
        final List<String> variants,
        final boolean isJournaled,
        final String does,
        final String doesNot)
    {
        this.key = key;
        this.module = module;
        this.mainClass = mainClass;
        this.variants = variants;
        this.isJournaled = isJournaled;
        this.does = does;
        this.doesNot = doesNot;
    }

    /**
     * Lockstep, and what these names say.
     *
     * @throws UsageException for a name that nobody has.
     */
    public static Set<PeerKind> of(final List<String> names)
    {
        if (names.equals(List.of("all")))
        {
            return EnumSet.allOf(PeerKind.class);
        }
        final Set<PeerKind> kinds = EnumSet.of(LOCKSTEP);
        names.forEach((name) -> kinds.add(Arrays.stream(values()).filter((kind) -> kind.key.equals(name)).findFirst()
            .orElseThrow(() -> new UsageException("--peers=" + name + ": expected all or some of " +
                Arrays.stream(values()).map(PeerKind::key).collect(Collectors.joining(", "))))));
        return kinds;
    }

    /** In JSON, for people and in names of files. */
    public String key()
    {
        return key;
    }

    String mainClass()
    {
        return mainClass;
    }

    /**
     * @param peers the directory of the modules.
     */
    String classPath(final Path peers)
    {
        if (module == null)
        {
            return System.getProperty("java.class.path");
        }
        final Path target = peers.resolve(module).resolve("target");
        return String.format(Locale.ROOT, "%s:%s/*", target.resolve("lockstep-peer-" + module + ".jar"),
            target.resolve("lib"));
    }

    /** How its threads wait, of which the best is found by trial. */
    List<String> variants()
    {
        return variants;
    }

    public boolean isJournaled()
    {
        return isJournaled;
    }

    /** What an event is to it. */
    public String does()
    {
        return does;
    }

    /** What must be known before its figures are compared with others. */
    public String doesNot()
    {
        return doesNot;
    }
}
