package io.lockstep.tools;

import io.lockstep.sequencer.journal.JournalReader;
import io.lockstep.sequencer.journal.NodeDirectory;
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
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * What a journal holds.
 */
@Command(name = "journal", description = "Inspects a journal.", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND", subcommands = {
    JournalCommand.Info.class, JournalPrintCommand.class, JournalStateCommand.class,
    JournalCommand.Verify.class, JournalCutCommand.class}, footer =
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
            try (JournalReader reader = JournalStart.open(directory))
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
                values.forEach((key, value) -> out.printf(Locale.ROOT, "%-16s %s%n", key, text(key, value)));
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
            final JournalVerification verification = JournalVerification.of(directory);
            final Map<String, Object> values = new LinkedHashMap<>();
            values.put("records", verification.records());
            values.put("firstBadSequence", verification.firstBadSequence());
            values.put("problem", verification.problem());
            values.put("chainHash", Json.hex(verification.chain()));
            values.put("cleanEnd", verification.cleanEnd());
            values.put("tornBytes", verification.tornBytes());
            final PrintWriter out = spec.commandLine().getOut();
            if (json)
            {
                out.println(Json.text(values));
            }
            else
            {
                values.forEach(
                    (key, value) -> out.printf(Locale.ROOT, "%-16s %s%n", key, value == null ? "none" : value));
            }
            return verification.problem() == null ? LockstepCommand.DONE : LockstepCommand.CHECK_FAILED;
        }
    }
}
