package io.lockstep.sequencer.config;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.Xxh64;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The configuration of one node, as read; {@code lockstep config --example node} documents each key.
 *
 * @param text              as it was read, for the journal.
 * @param directory         of the node.
 * @param core              to pin the sequencer's thread to, or -1.
 * @param stateHashInterval inputs between two recorded state hashes, 0 for none.
 * @param embeddedDriver    whether the node runs a media driver of its own.
 * @param aeronDirectory    of the media driver; null for one of the node's own.
 */
public record NodeContext(
    String text,
    Path directory,
    int shard,
    SequencedTime time,
    IdleKind idle,
    int core,
    int stateHashInterval,
    SafetyContext safety,
    boolean embeddedDriver,
    Path aeronDirectory,
    List<Channel> ingress,
    Channel egress,
    JournalContext journal,
    SnapshotContext snapshots,
    ArchiveContext archive,
    List<ConfiguredInstrument> instruments,
    List<Limit> limits,
    List<StrategyAssignment> strategies)
{
    public static final Channel DEFAULT_INGRESS = new Channel("aeron:ipc", 1001);
    public static final Channel DEFAULT_EGRESS = new Channel("aeron:ipc", 1002);

    /**
     * Reads what concerns the node. The caller reads what else the file may hold and then calls
     * {@link YamlSection#refuseUnknown()}.
     *
     * @throws ConfigurationException naming the first thing that is wrong.
     */
    public static NodeContext read(final YamlSection root, final String text)
    {
        final YamlSection node = root.section("node");
        final YamlSection aeron = root.section("aeron");
        final String aeronDirectory = aeron.text("directory", null);
        final List<Channel> ingress = new ArrayList<>();
        aeron.sections("ingress").forEach((section) -> ingress.add(Channel.read(section)));
        final List<ConfiguredInstrument> instruments = new ArrayList<>();
        root.sections("instruments").forEach((section) -> instruments.add(ConfiguredInstrument.read(section)));
        final NodeContext context = new NodeContext(
            text,
            Path.of(node.text("directory", "node")),
            (int)node.whole("shard", 0, 0, ClOrdIds.SHARD_MAX),
            node.constant("time", SequencedTime.class, SequencedTime.WALL),
            node.constant("idle", IdleKind.class, IdleKind.BACKOFF),
            (int)node.whole("core", -1, -1, 4095),
            (int)node.whole("stateHashInterval", 10_000, 0, Integer.MAX_VALUE),
            SafetyContext.read(node),
            aeron.flag("embedded", true),
            aeronDirectory == null ? null : Path.of(aeronDirectory),
            ingress.isEmpty() ? List.of(DEFAULT_INGRESS) : List.copyOf(ingress),
            aeron.has("egress") ? Channel.read(aeron.section("egress")) : DEFAULT_EGRESS,
            JournalContext.read(root.section("journal")),
            SnapshotContext.read(root.section("snapshot")),
            ArchiveContext.read(root.section("archive")),
            List.copyOf(instruments),
            Limit.read(root.section("limits")),
            StrategyAssignment.read(root.sections("strategies")));
        node.refuseUnknown();
        aeron.refuseUnknown();
        context.conclude(root);
        return context;
    }

    private void conclude(final YamlSection root)
    {
        if (!embeddedDriver && aeronDirectory == null)
        {
            throw new ConfigurationException(root.section("aeron").problem(
                "directory", "", "the directory of the media driver, since embedded is false"));
        }
        final List<String> names = instruments.stream().map((configured) -> configured.instrument().name()).toList();
        for (final String name : names)
        {
            if (names.indexOf(name) != names.lastIndexOf(name))
            {
                throw new ConfigurationException(root.problem("instruments", name, "each instrument once"));
            }
        }
        for (final StrategyAssignment strategy : strategies)
        {
            for (final String name : strategy.instruments())
            {
                if (!names.isEmpty() && !names.contains(name))
                {
                    throw new ConfigurationException(
                        root.problem("strategies", name, "an instrument of the list, one of " + names));
                }
            }
        }
    }

    /** The same with other instruments: those that a recording has, where none are configured. */
    public NodeContext withInstruments(final List<ConfiguredInstrument> newInstruments)
    {
        return new NodeContext(text, directory, shard, time, idle, core, stateHashInterval, safety, embeddedDriver,
            aeronDirectory, ingress, egress, journal, snapshots, archive, newInstruments, limits, strategies);
    }

    /** The same with the node's directory named in another way. */
    public NodeContext withDirectory(final Path newDirectory)
    {
        return new NodeContext(text, newDirectory, shard, time, idle, core, stateHashInterval, safety, embeddedDriver,
            aeronDirectory, ingress, egress, journal, snapshots, archive, instruments, limits, strategies);
    }

    /** The same for a run whose venue is within it, so that there is nothing to reconcile. */
    public NodeContext withoutReconciliation()
    {
        return new NodeContext(text, directory, shard, time, idle, core, stateHashInterval,
            safety.withoutReconciliation(), embeddedDriver, aeronDirectory, ingress, egress, journal, snapshots,
            archive, instruments, limits, strategies);
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
