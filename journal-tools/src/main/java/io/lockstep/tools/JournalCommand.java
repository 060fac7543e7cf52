package io.lockstep.tools;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sequencer.journal.JournalCorruptException;
import io.lockstep.sequencer.journal.JournalReader;
import io.lockstep.sequencer.journal.NodeDirectory;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.wire.WireType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * What a journal holds.
 */
@Command(name = "journal", description = "Inspects a journal.", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND", subcommands = {
    JournalCommand.Info.class, JournalCommand.Print.class, JournalCommand.Verify.class}, footer =
    {"", "Example: lockstep journal info /var/lib/lockstep/node-1"})
final class JournalCommand
{
    private JournalCommand()
    {
    }

    private static long bytes(final NodeDirectory directory)
    {
        try (Stream<Path> files = Files.walk(directory.journal()))
        {
            return files.filter(Files::isRegularFile).mapToLong((file) -> file.toFile().length()).sum();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /** Range, time span, counts. */
    @Command(name = "info", description = "Says what a journal holds: range, time span, counts by message, size, build, configuration.", mixinStandardHelpOptions = true, footer = {
        "", "Example: lockstep journal info --json /var/lib/lockstep/node-1"})
    static final class Info implements Callable<Integer>
    {
        @Spec
        private CommandSpec spec;

        @Parameters(paramLabel = "DIR", description = "A node's directory.")
        private Path journal;

        @Option(names = "--json", description = "Print one JSON object.")
        private boolean json;

        @Override
        public Integer call()
        {
            final NodeDirectory directory = NodeDirectory.of(journal);
            Directories.requireJournal(directory);
            final Map<String, Object> values = new LinkedHashMap<>();
            try (JournalReader reader = new JournalReader(directory))
            {
                final JournalSummary summary = new JournalSummary().addAll(reader);
                values.put("firstSequence", summary.firstSequence);
                values.put("lastSequence", summary.lastSequence);
                values.put("firstTimeNs", summary.firstTimeNs);
                values.put("lastTimeNs", summary.lastTimeNs);
                values.put("inputs", summary.inputs);
                values.put("decisions", summary.decisions);
                values.put("byTemplate", summary.byTemplate(new RecordDecoder()));
                values.put("bytes", bytes(directory));
                values.put("incarnations", summary.incarnations);
                values.put("cleanEnd", reader.cleanEnd());
                values.put("schemaVersion", summary.schemaVersion);
                values.put("logicVersion", summary.logicVersion);
                values.put("build", summary.build);
                values.put("configuration", summary.configuration);
            }
            final PrintWriter out = spec.commandLine().getOut();
            if (json)
            {
                out.println(Json.text(values));
            }
            else
            {
                values.forEach((key, value) -> out.printf("%-16s %s%n", key, text(key, value)));
            }
            return LockstepCommand.DONE;
        }

        private static Object text(final String key, final Object value)
        {
            return switch (key)
            {
                case "firstTimeNs", "lastTimeNs" -> value + "  " +
                    java.time.Instant.EPOCH.plusNanos((Long)value);
                case "configuration" -> "\n" + value;
                default -> value;
            };
        }
    }

    /** Formats of {@code journal print}. */
    enum PrintFormat
    {
        TEXT, YAML, JSON, CSV
    }

    /** Records, decoded. */
    @Command(name = "print", description = "Prints records, decoded.", mixinStandardHelpOptions = true, footer = {"",
        "Example: lockstep journal print --template NewOrderSingle --format json /var/lib/lockstep/node-1"})
    static final class Print implements Callable<Integer>
    {
        @Spec
        private CommandSpec spec;

        @Parameters(paramLabel = "DIR", description = "A node's directory.")
        private Path journal;

        @Option(names = "--from", paramLabel = "SEQ", description = "First sequence.")
        private long from;

        @Option(names = "--to", paramLabel = "SEQ", description = "Last sequence.")
        private Long to;

        @Option(names = "--template", paramLabel = "NAME", description = "Only messages of this name.")
        private String template;

        @Option(names = "--instrument", paramLabel = "ID", description = "Only messages about the instrument of this id.")
        private Long instrument;

        @Option(names = "--order", paramLabel = "CLORDID", description = "Only messages that name this ClOrdID.")
        private String order;

        @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "TEXT", description = "${COMPLETION-CANDIDATES}; json is one object a line. Default: ${DEFAULT-VALUE}.")
        private PrintFormat format;

        @Override
        public Integer call()
        {
            final NodeDirectory directory = NodeDirectory.of(journal);
            Directories.requireJournal(directory);
            final RecordDecoder decoder = new RecordDecoder();
            if (template != null && !decoder.isTemplate(template))
            {
                throw new UsageException("--template=" + template + ": expected the name of a message");
            }
            final PrintWriter out = new PrintWriter(spec.commandLine().getOut(), false);
            if (format == PrintFormat.CSV)
            {
                out.println("sequence,ordinal,kind,template,sequencerTimeNs,sourceId,sourceSequence,message");
            }
            try (JournalReader reader = new JournalReader(directory))
            {
                while (reader.next())
                {
                    final long sequence = RecordDescriptor.sequence(reader.buffer(), reader.offset());
                    if (to != null && sequence > to)
                    {
                        break;
                    }
                    if (sequence >= from)
                    {
                        print(out, decoder.decode(reader.buffer(), reader.offset()));
                    }
                }
            }
            finally
            {
                out.flush();
            }
            return LockstepCommand.DONE;
        }

        private void print(final PrintWriter out, final Map<String, Object> record)
        {
            final Map<?, ?> message = (Map<?, ?>)record.get("message");
            if (template != null && !template.equals(record.get("template")) ||
                instrument != null && !instrument.equals(message.get("instrumentId")) ||
                order != null && !order.equals(message.get("clOrdId")) && !order.equals(message.get("origClOrdId")))
            {
                return;
            }
            switch (format)
            {
                case TEXT -> out.println(record.get("sequence") + "." + record.get("ordinal") + " " +
                    record.get("kind") + " " + record.get("template") + " " + message);
                case JSON -> out.println(Json.text(record));
                case YAML -> out.println(yaml(record));
                case CSV -> out.println(csv(record));
            }
        }

        private static String yaml(final Map<String, Object> record)
        {
            final Bytes<?> bytes = Bytes.allocateElasticOnHeap();
            WireType.YAML_ONLY.apply(bytes).getValueOut().object(record);
            return "---\n" + bytes;
        }

        private static String csv(final Map<String, Object> record)
        {
            final StringBuilder line = new StringBuilder();
            for (final String key : List.of("sequence", "ordinal", "kind", "template", "sequencerTimeNs", "sourceId",
                "sourceSequence"))
            {
                line.append(record.get(key)).append(',');
            }
            @SuppressWarnings("unchecked")
            final Map<String, Object> message = (Map<String, Object>)record.get("message");
            return line.append('"').append(Json.text(message).replace("\"", "\"\"")).append('"').toString();
        }
    }

    /** Continuity, checksums, chain. */
    @Command(name = "verify", description = "Checks length, checksum, chain, sequence and schema of every record.", mixinStandardHelpOptions = true, footer = {
        "", "Example: lockstep journal verify /var/lib/lockstep/node-1"})
    static final class Verify implements Callable<Integer>
    {
        @Spec
        private CommandSpec spec;

        @Parameters(paramLabel = "DIR", description = "A node's directory.")
        private Path journal;

        @Option(names = "--json", description = "Print one JSON object.")
        private boolean json;

        @Override
        public Integer call()
        {
            final NodeDirectory directory = NodeDirectory.of(journal);
            Directories.requireJournal(directory);
            final Map<String, Object> values = new LinkedHashMap<>();
            Long firstBadSequence = null;
            String problem = null;
            try (JournalReader reader = new JournalReader(directory))
            {
                final RecordDecoder decoder = new RecordDecoder();
                try
                {
                    while (reader.next())
                    {
                        decoder.requireKnown(reader.buffer(), reader.offset());
                    }
                }
                catch (final JournalCorruptException ex)
                {
                    firstBadSequence = ex.sequence();
                    problem = ex.getMessage();
                }
                values.put("records", reader.records());
                values.put("firstBadSequence", firstBadSequence);
                values.put("problem", problem);
                values.put("chainHash", Json.hex(reader.chain()));
                values.put("cleanEnd", problem == null && reader.cleanEnd());
            }
            final PrintWriter out = spec.commandLine().getOut();
            if (json)
            {
                out.println(Json.text(values));
            }
            else
            {
                values.forEach((key, value) -> out.printf("%-16s %s%n", key, value == null ? "none" : value));
            }
            return problem == null ? LockstepCommand.DONE : LockstepCommand.CHECK_FAILED;
        }
    }
}
