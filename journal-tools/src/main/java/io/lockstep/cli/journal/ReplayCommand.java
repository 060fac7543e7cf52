package io.lockstep.cli.journal;

import io.lockstep.cli.argument.DirectoryArgument;
import io.lockstep.cli.output.ExitStatus;
import io.lockstep.cli.output.Progress;
import io.lockstep.journal.decode.RecordDecoder;
import io.lockstep.journal.replay.ReplayRun;
import io.lockstep.journal.replay.ReplayStart;
import io.lockstep.journal.text.Json;
import io.lockstep.journal.text.ValueText;
import io.lockstep.sequencer.code.CodeDifference;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.replay.Divergence;
import io.lockstep.sequencer.replay.Replayer;
import org.agrona.DirectBuffer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Re-runs a journal.
 */
@Command(name = "replay", description = "Re-runs a journal through the core; with --verify every decision is held against the recorded one.", mixinStandardHelpOptions = true, footer = {
    "", "Example: lockstep replay --verify /var/lib/lockstep/node-1"})
final class ReplayCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Mixin
    private DirectoryArgument argument;

    @Option(names = "--verify", description = "Compare every decision and state hash byte for byte; a difference is exit 1.")
    private boolean verify;

    @Option(names = "--from", paramLabel = "start|snapshot|SEQ", defaultValue = "start", converter = ReplayStartConverter.class, description = "Begin at the journal's start, behind the newest snapshot, or with the input of this sequence. Default: ${DEFAULT-VALUE}.")
    private ReplayStart from;

    @Option(names = "--to", paramLabel = "SEQ", description = "Stop after the input of this sequence.")
    private Long toSequence;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call()
    {
        final NodeDirectory directory = argument.journal();
        final long startNs = System.nanoTime();
        final Replayer replayer = replay(directory);
        final double seconds = (System.nanoTime() - startNs) / 1e9;
        final Map<String, Object> values = values(replayer, seconds);
        if (json)
        {
            spec.commandLine().getOut().println(Json.text(values));
        }
        else
        {
            print(values, replayer);
        }
        return replayer.divergence() == null ? ExitStatus.DONE : ExitStatus.CHECK_FAILED;
    }

    private Replayer replay(final NodeDirectory directory)
    {
        final Progress progress = new Progress(spec.commandLine().getErr());
        try
        {
            return new ReplayRun(directory, verify, (notice) -> spec.commandLine().getErr()
                .println("lockstep: " + notice), progress::update)
                .run(from, toSequence == null ? Long.MAX_VALUE : toSequence);
        }
        finally
        {
            progress.done();
        }
    }

    private Map<String, Object> values(final Replayer replayer, final double seconds)
    {
        final Map<String, Object> values = new LinkedHashMap<>();
        values.put("inputs", replayer.inputs());
        values.put("decisions", replayer.host().decisionCount());
        values.put("firstSequence", replayer.firstSequence());
        values.put("lastSequence", replayer.host().core().lastSequence());
        values.put("divergences", replayer.divergence() == null ? 0 : 1);
        values.put("firstDivergence", divergence(replayer.divergence()));
        values.put("codeDifferences", CodeDifference.of(replayer.host().core()).stream().map(ReplayCommand::code)
            .toList());
        values.put("stateHash", Json.hex(replayer.host().core().stateHash()));
        values.put("decisionHash", Json.hex(replayer.host().decisionHash()));
        values.put("inputsPerSecond", Math.round(replayer.inputs() / seconds));
        return values;
    }

    private static Map<String, Object> divergence(final Divergence divergence)
    {
        if (divergence == null)
        {
            return null;
        }
        final RecordDecoder decoder = new RecordDecoder();
        final Map<String, Object> values = new LinkedHashMap<>();
        values.put("sequence", divergence.sequence());
        values.put("ordinal", divergence.ordinal());
        values.put("stateAlone", divergence.isStateAlone());
        values.put("equalUpToSequence", divergence.equalUpToSequence());
        values.put("expected", decoded(decoder, divergence.expected()));
        values.put("actual", decoded(decoder, divergence.actual()));
        return values;
    }

    private static Map<String, Object> code(final CodeDifference difference)
    {
        final Map<String, Object> values = new LinkedHashMap<>();
        values.put("instance", difference.instance());
        values.put("strategy", difference.strategy());
        values.put("recorded", Json.hex(difference.recordedHash()));
        values.put("loaded", Json.hex(difference.loadedHash()));
        return values;
    }

    private static Object decoded(final RecordDecoder decoder, final DirectBuffer record)
    {
        return record == null ? null : decoder.decode(record, 0);
    }

    private void print(final Map<String, Object> values, final Replayer replayer)
    {
        final Divergence divergence = replayer.divergence();
        final java.io.PrintWriter out = spec.commandLine().getOut();
        out.printf(Locale.ROOT, "Replayed %,d inputs (sequence %d to %d) into %,d decisions, %,d inputs a second.%n",
            values.get("inputs"), values.get("firstSequence"), values.get("lastSequence"), values.get("decisions"),
            values.get("inputsPerSecond"));
        out.println("State hash " + values.get("stateHash") + ", decision hash " + values.get("decisionHash") + ".");
        if (divergence != null)
        {
            final Map<String, Object> first = divergence(divergence);
            out.println("DIVERGENCE at sequence=" + divergence.sequence() + " ordinal=" + divergence.ordinal());
            out.println("  journal:  " + ValueText.of(first.get("expected")));
            out.println("  replay:   " + ValueText.of(first.get("actual")));
            if (divergence.isStateAlone())
            {
                out.println("Every decision up to there is equal: the state came apart behind sequence=" +
                    divergence.equalUpToSequence() + ", the newest state hash that is equal (0: the beginning).");
            }
        }
        else if (verify)
        {
            out.println("0 divergences: every decision and state hash equals the recorded one.");
        }
        CodeDifference.of(replayer.host().core())
            .forEach((difference) -> out.println("Note: " + difference + "."));
    }
}
