package io.lockstep.cli.journal;

import io.lockstep.cli.argument.DirectoryArgument;
import io.lockstep.cli.output.ExitStatus;
import io.lockstep.cli.output.ValuesPrinter;
import io.lockstep.codecs.text.Times;
import io.lockstep.journal.decode.RecordDecoder;
import io.lockstep.journal.read.JournalStart;
import io.lockstep.journal.read.JournalSummary;
import io.lockstep.sequencer.journal.JournalReader;
import io.lockstep.sequencer.journal.NodeDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * What a journal holds: range, time span, counts.
 */
@Command(name = "info", description = "Says what a journal holds: range, time span, counts by message, size, build, configuration.", mixinStandardHelpOptions = true, footer = {
    "", "Example: lockstep journal info --json /var/lib/lockstep/node-1"})
final class JournalInfoCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Mixin
    private DirectoryArgument argument;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call()
    {
        final NodeDirectory directory = argument.journal();
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
        if (!json)
        {
            values.replaceAll((key, value) -> key.endsWith("TimeNs") ? Times.iso((Long)value) : value);
        }
        print(values);
        return ExitStatus.DONE;
    }

    /** The configuration, of many lines, comes last and as it is. */
    private void print(final Map<String, Object> values)
    {
        final Object configuration = values.get("configuration");
        if (!json)
        {
            values.remove("configuration");
            values.put("firstTime", values.remove("firstTimeNs"));
            values.put("lastTime", values.remove("lastTimeNs"));
        }
        new ValuesPrinter(spec.commandLine().getOut(), json).print(values);
        if (!json)
        {
            spec.commandLine().getOut().println("configuration\n" + configuration);
        }
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
}
