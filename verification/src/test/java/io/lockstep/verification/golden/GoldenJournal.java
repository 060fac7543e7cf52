package io.lockstep.verification.golden;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lockstep.cli.CommandRun;
import io.lockstep.core.host.CoreHost;
import io.lockstep.core.host.UnacknowledgedDecisions;
import io.lockstep.journal.text.Json;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.config.YamlSection;
import io.lockstep.sequencer.node.Strategies;
import io.lockstep.sequencer.snapshot.Snapshot;
import io.lockstep.sequencer.snapshot.SnapshotDirectory;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A journal that is kept for ever, with what the version that wrote it said of it: three files of one name, the journal itself,
 * its records as text but for checksum and chain, and what a replay came to. From logic version 2 on there may be snapshots
 * with it.
 *
 * @param directory of its logic version.
 */
record GoldenJournal(Path directory, String name)
{
    static final Path ROOT = Path.of(
        System.getProperty("lockstep.root"), "verification/src/test/resources/io/lockstep/verification/golden");

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** All there are. */
    static List<GoldenJournal> all()
    {
        try (Stream<Path> files = Files.walk(ROOT))
        {
            return files.filter((file) -> file.toString().endsWith(".zip")).sorted()
                .map((file) -> new GoldenJournal(file.getParent(), file.getFileName().toString().replace(".zip", "")))
                .toList();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private Path file(final String extension)
    {
        return directory.resolve(name + extension);
    }

    Path unpack(final Path node)
    {
        return GoldenArchive.unpack(file(".zip"), node);
    }

    /** What the replay came to, under which versions. */
    JsonNode outcome()
    {
        try
        {
            return MAPPER.readTree(file(".json").toFile());
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    int logicVersion()
    {
        return outcome().get("logicVersion").asInt();
    }

    /** The records as they were printed. */
    List<JsonNode> records()
    {
        try (InputStream file = Files.newInputStream(file(".jsonl.gz"));
            BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(file), StandardCharsets.UTF_8)))
        {
            return reader.lines().map(GoldenJournal::record).toList();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /** The records of a journal as they are printed now. */
    static List<JsonNode> print(final Path node)
    {
        return CommandRun.of("journal", "print", "--format", "json", node).exits(0).out().lines()
            .map(GoldenJournal::record).toList();
    }

    /** What verify checks is left out: it would be half of the text. */
    private static JsonNode record(final String line)
    {
        try
        {
            final ObjectNode record = (ObjectNode)MAPPER.readTree(line);
            return record.without(List.of("checksum", "chain"));
        }
        catch (final JsonProcessingException ex)
        {
            throw new AssertionError(line, ex);
        }
    }

    /** Writes the three files of a node's journal, which must replay. */
    void write(final Path node)
    {
        final JsonNode info = CommandRun.of("journal", "info", node, "--json").exits(0).json();
        final ObjectNode outcome = MAPPER.createObjectNode();
        List.of("logicVersion", "schemaVersion").forEach((key) -> outcome.set(key, info.get(key)));
        final JsonNode replay = CommandRun.of("replay", "--verify", "--journal", node, "--json").exits(0).json();
        List.of("inputs", "decisions", "lastSequence", "stateHash", "decisionHash")
            .forEach((key) -> outcome.set(key, replay.get(key)));
        outcome.set("snapshots", snapshotStates(node));
        try
        {
            Files.createDirectories(directory);
            GoldenArchive.pack(node, file(".zip"));
            Files.writeString(file(".json"), outcome + "\n");
            try (OutputStream stream = new GZIPOutputStream(Files.newOutputStream(file(".jsonl.gz"))))
            {
                for (final JsonNode record : print(node))
                {
                    stream.write((record + "\n").getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /** The state hash behind each snapshot of a node, by the file's name. */
    static ObjectNode snapshotStates(final Path node)
    {
        return states(node, (host, copy) -> host);
    }

    /** As {@link #snapshotStates}, by way of the sections that this version saves of each. */
    static ObjectNode savedAgain(final Path node)
    {
        return states(node, (host, copy) ->
        {
            host.save(copy::restore);
            copy.completeRestore();
            return copy;
        });
    }

    private static ObjectNode states(final Path node, final BinaryOperator<CoreHost> way)
    {
        final ObjectNode hashes = MAPPER.createObjectNode();
        for (final Path file : new SnapshotDirectory(node.resolve("snapshots")).newestFirst())
        {
            final Snapshot snapshot = Snapshot.read(file);
            final CoreHost host = newHost(file, snapshot);
            snapshot.restore(host);
            hashes.put(file.getFileName().toString(),
                Json.hex(way.apply(host, newHost(file, snapshot)).core().stateHash()));
        }
        return hashes;
    }

    private static CoreHost newHost(final Path file, final Snapshot snapshot)
    {
        final String text = snapshot.configuration();
        return new CoreHost(Strategies.load(
            NodeContext.read(YamlSection.parse(file, text), text).strategies()), new UnacknowledgedDecisions());
    }

    @Override
    public String toString()
    {
        return directory.getFileName() + "/" + name;
    }
}
