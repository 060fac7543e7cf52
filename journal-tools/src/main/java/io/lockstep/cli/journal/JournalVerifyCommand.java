package io.lockstep.cli.journal;

import io.lockstep.cli.argument.DirectoryArgument;
import io.lockstep.cli.output.ExitStatus;
import io.lockstep.cli.output.ValuesPrinter;
import io.lockstep.journal.text.Json;
import io.lockstep.journal.verify.JournalVerification;
import io.lockstep.sequencer.journal.NodeDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Whether a journal is whole: continuity, checksums, chain.
 */
@Command(name = "verify", description = {
    "Checks length, checksum, chain, sequence and schema of every record, and that nothing beside the journal (snapshots,",
    "counters, a copy, other segments) knows more than it."}, mixinStandardHelpOptions = true, footer =
    {
        "", "Example: lockstep journal verify /var/lib/lockstep/node-1"})
final class JournalVerifyCommand implements Callable<Integer>
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
        final JournalVerification verification = JournalVerification.of(directory);
        final Map<String, Object> values = new LinkedHashMap<>();
        values.put("records", verification.records());
        values.put("firstBadSequence", verification.firstBadSequence());
        values.put("problem", verification.problem());
        values.put("chainHash", Json.hex(verification.chain()));
        values.put("cleanEnd", verification.cleanEnd());
        values.put("tornBytes", verification.tornBytes());
        new ValuesPrinter(spec.commandLine().getOut(), json).print(values);
        return verification.problem() == null ? ExitStatus.DONE : ExitStatus.CHECK_FAILED;
    }
}
