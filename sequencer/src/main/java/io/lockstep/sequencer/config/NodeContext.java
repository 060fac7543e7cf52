package io.lockstep.sequencer.config;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Xxh64;
import io.lockstep.core.risk.TotalLimits;
import io.lockstep.sbe.LimitScope;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The configuration of one node, as read; {@code lockstep config --example node} documents each key.
 *
 * @param text              as it was read, for the journal.
 * @param directory         of the node.
 * @param core              to pin the sequencer's thread to, or -1.
 * @param rehearseNs        between two rehearsals of the order path while nothing happens, 0 for none.
 * @param stateHashInterval inputs between two recorded state hashes, 0 for none.
 * @param embeddedDriver    whether the node runs a media driver of its own.
 * @param aeronDirectory    of the media driver; null for one of the node's own.
 * @param clientTimeoutNs   after which the node's own media driver takes a client that says nothing for dead.
 * @param driverTimeoutNs   after which the media driver, when it says nothing, is gone.
 * @param calendars         when there is trading, where that is not around the clock.
 * @param venues            where orders go; empty for one venue for all instruments.
 * @param sources           what may be connected, those included that are so by default; empty where anything may send anything.
 * @param keys              file of the keys of sources, for sources that must prove themselves; null for none.
 * @param rates             what makes cash of amounts in other assets.
 * @param breakers          what keeps orders back when too much has gone wrong.
 * @param shards            what the node is divided into; empty for one that is not.
 * @param allocations       where this is one shard of a node: its shares of the limits that bind all of them.
 */
public record NodeContext(
    String text,
    Path directory,
    int shard,
    SequencedTime time,
    IdleKind idle,
    int core,
    long rehearseNs,
    int stateHashInterval,
    SafetyContext safety,
    boolean embeddedDriver,
    Path aeronDirectory,
    long clientTimeoutNs,
    long driverTimeoutNs,
    List<Channel> ingress,
    Channel egress,
    Path keys,
    JournalContext journal,
    SnapshotContext snapshots,
    ArchiveContext archive,
    LogContext log,
    List<ConfiguredInstrument> instruments,
    List<Limit> limits,
    List<CalendarContext> calendars,
    List<VenueContext> venues,
    List<SourceContext> sources,
    List<ConfiguredStrategy> strategies,
    List<RateContext> rates,
    List<BreakerContext> breakers,
    List<ShardContext> shards,
    List<Allocation> allocations)
{
    public static final Channel DEFAULT_INGRESS = new Channel("aeron:ipc", 1001);
    public static final Channel DEFAULT_EGRESS = new Channel("aeron:ipc", 1002);

    private static final long REHEARSE_MAX_NS = TimeUnit.SECONDS.toNanos(1);
    /** Between a stream of one shard and the same of the shard with the next number. */
    static final int STREAMS_OF_A_SHARD = 10;

    /**
     * Reads what concerns the node. The caller reads what else the file may hold and then calls
     * {@link YamlSection#refuseUnknown()}.
     *
     * @throws ConfigurationException naming what is wrong, unless problems are collected.
     */
    public static NodeContext read(final YamlSection root, final String text)
    {
        final YamlSection node = root.section("node");
        final YamlSection aeron = root.section("aeron");
        final int problems = root.problems().count();
        final List<ConfiguredInstrument> instruments = ConfiguredInstrument.readAll(root);
        final List<Limit> limits = Limit.read(root.section("limits"),
            (type) -> Limit.isPossible(type, LimitScope.NODE));
        final List<VenueContext> venues = VenueContext.readAll(root);
        final NodeContext context = new NodeContext(
            text,
            node.path("directory", Path.of("node")),
            (int)node.whole("shard", 0, 0, ClOrdIds.SHARD_MAX),
            node.constant("time", SequencedTime.class, SequencedTime.WALL),
            node.constant("idle", IdleKind.class, IdleKind.BACKOFF),
            (int)node.whole("core", -1, -1, 4095),
            node.durationNs("rehearse", 0, 0, REHEARSE_MAX_NS),
            (int)node.whole("stateHashInterval", 10_000, 0, Integer.MAX_VALUE),
            SafetyContext.read(node),
            aeron.flag("embedded", true),
            aeron.path("directory"),
            aeron.durationNs("clientTimeout", TimeUnit.SECONDS.toNanos(5), TimeUnit.MILLISECONDS.toNanos(200),
                TimeUnit.MINUTES.toNanos(10)),
            aeron.durationNs("driverTimeout", TimeUnit.SECONDS.toNanos(10), TimeUnit.MILLISECONDS.toNanos(500),
                TimeUnit.MINUTES.toNanos(10)),
            ingress(aeron),
            Channel.read(aeron, "egress", DEFAULT_EGRESS),
            aeron.path("keys"),
            JournalContext.read(root.section("journal")),
            SnapshotContext.read(root.section("snapshot")),
            ArchiveContext.read(root.section("archive")),
            LogContext.read(root.section("log")),
            instruments,
            limits,
            CalendarContext.readAll(root),
            venues,
            SourceContext.readAll(root, venues),
            ConfiguredStrategy.readAll(root, names(instruments)),
            RateContext.readAll(root),
            BreakerContext.readAll(root),
            ShardContext.read(root, instruments, limits),
            List.of());
        node.refuseUnknown();
        aeron.refuseUnknown();
        if (root.problems().count() == problems)
        {
            // Else it would hold against each other what is not all there.
            NodeCrossCheck.run(root, context);
        }
        return context;
    }

    private static List<String> names(final List<ConfiguredInstrument> instruments)
    {
        return instruments.stream().map((configured) -> configured.instrument().name()).toList();
    }

    /** All instances of the configured strategies, in the order in which they stand there. */
    public List<ConfiguredInstance> instances()
    {
        return strategies.stream().flatMap((strategy) -> strategy.instances(names(instruments)).stream()).toList();
    }

    private static List<Channel> ingress(final YamlSection aeron)
    {
        final List<Channel> ingress = aeron.sections("ingress").stream().map(Channel::read).toList();
        if (!ingress.isEmpty())
        {
            return ingress;
        }
        aeron.derived("ingress[0].channel", DEFAULT_INGRESS.uri());
        aeron.derived("ingress[0].stream", DEFAULT_INGRESS.streamId());
        return List.of(DEFAULT_INGRESS);
    }

    /** The whole context of each shard, in their order; empty for a node that is not divided. */
    public List<NodeContext> shardContexts()
    {
        return shards.stream().map(this::ofShard).toList();
    }

    /**
     * A node's context for one of its shards: a directory, streams, a number, a processor, instruments, strategies and shares of
     * its own, and the media driver in common. The text stays the whole one.
     */
    private NodeContext ofShard(final ShardContext own)
    {
        final Set<String> names = Set.copyOf(own.instruments());
        return new NodeContext(text, ShardDirectories.of(directory, own.shard()), own.shard(), time, idle, own.core(),
            rehearseNs, stateHashInterval, safety, false, driverDirectory(), clientTimeoutNs,
            driverTimeoutNs,
            ingress.stream().map((channel) -> ofShard(channel, own.shard())).toList(), ofShard(egress, own.shard()),
            keys,
            journal, snapshots, archive.of(own.shard()), log.ofShard(own.shard()),
            instruments.stream().filter((configured) -> names.contains(configured.instrument().name())).toList(),
            limits.stream().filter((limit) -> !TotalLimits.isTotal(limit.type())).toList(),
            calendars, venuesAmong(names), sourcesAmong(names),
            strategies.stream().flatMap((strategy) -> strategy.among(own.instruments()).stream()).toList(),
            rates.stream().filter((rate) -> names.contains(rate.instrument())).toList(),
            breakersAmong(own),
            List.of(), own.allocations(limits));
    }

    private List<VenueContext> venuesAmong(final Set<String> names)
    {
        final Set<String> used = instruments.stream().map(ConfiguredInstrument::instrument)
            .filter((instrument) -> names.contains(instrument.name())).map(Instrument::venue)
            .collect(Collectors.toSet());
        return venues.stream().filter((venue) -> used.contains(venue.name())).toList();
    }

    private List<SourceContext> sourcesAmong(final Set<String> names)
    {
        final Set<String> used = venuesAmong(names).stream().map(VenueContext::name).collect(Collectors.toSet());
        return sources.stream().filter((source) -> source.venue() == null || used.contains(source.venue())).toList();
    }

    private List<BreakerContext> breakersAmong(final ShardContext own)
    {
        final Set<String> names = Set.copyOf(own.instruments());
        final Set<String> instances = strategies.stream()
            .flatMap((strategy) -> strategy.among(own.instruments()).stream())
            .flatMap((strategy) -> strategy.instances(own.instruments()).stream())
            .map(ConfiguredInstance::name).collect(Collectors.toSet());
        final Set<String> used = venuesAmong(names).stream().map(VenueContext::name).collect(Collectors.toSet());
        return breakers.stream().filter((breaker) -> breaker.isAmong(names, used, instances)).toList();
    }

    private static Channel ofShard(final Channel channel, final int shard)
    {
        return new Channel(channel.uri(), channel.streamId() + STREAMS_OF_A_SHARD * shard);
    }

    /** The same with other instruments: those that a recording has, where none are configured. */
    public NodeContext withInstruments(final List<ConfiguredInstrument> newInstruments)
    {
        return new NodeContext(text, directory, shard, time, idle, core, rehearseNs, stateHashInterval, safety,
            embeddedDriver, aeronDirectory, clientTimeoutNs, driverTimeoutNs, ingress, egress, keys, journal, snapshots,
            archive, log, newInstruments, limits, calendars, venues,
            sources, strategies, rates, breakers, shards, allocations);
    }

    /** The same with the node's directory named in another way. */
    public NodeContext withDirectory(final Path newDirectory)
    {
        return new NodeContext(text, newDirectory, shard, time, idle, core, rehearseNs, stateHashInterval, safety,
            embeddedDriver, aeronDirectory, clientTimeoutNs, driverTimeoutNs, ingress, egress, keys, journal, snapshots,
            archive, log, instruments, limits, calendars, venues,
            sources, strategies, rates, breakers, shards, allocations);
    }

    /** The same for a run whose venue is within it, so that there is nothing to reconcile. */
    public NodeContext withoutReconciliation()
    {
        return new NodeContext(text, directory, shard, time, idle, core, rehearseNs, stateHashInterval,
            safety.withoutReconciliation(), embeddedDriver, aeronDirectory, clientTimeoutNs, driverTimeoutNs, ingress,
            egress, keys, journal, snapshots,
            archive, log, instruments, limits, calendars, venues, sources, strategies, rates, breakers, shards,
            allocations);
    }

    /** Where the media driver's files are. */
    public Path driverDirectory()
    {
        if (aeronDirectory != null)
        {
            return aeronDirectory;
        }
        // Memory, where there is any: the pages of a directory on disk are written back, and that stalls their writer.
        final Path sharedMemory = Path.of("/dev/shm");
        final byte[] path = directory.toAbsolutePath().normalize().toString().getBytes(StandardCharsets.UTF_8);
        final String name = "lockstep-" + Long.toHexString(Xxh64.hash(new UnsafeBuffer(path), 0, path.length, 0));
        return Files.isWritable(sharedMemory) ? sharedMemory.resolve(name) : directory.resolve("aeron");
    }
}
