package io.lockstep.cli.journal;

import io.lockstep.cli.argument.DirectoryArgument;
import io.lockstep.cli.argument.UsageException;
import io.lockstep.cli.output.ExitStatus;
import io.lockstep.journal.text.Json;
import io.lockstep.sequencer.journal.LostRecords;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.journal.TailCut;
import io.lockstep.sequencer.node.Node;
import io.lockstep.sequencer.recovery.DamagedTail;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * The way on with a journal that a crash of the operating system has damaged: first what it would lose, then, at the
 * operator's word, without it.
 */
@Command(name = "cut", description = {
    "Says what of a node's journal is damaged, where a start could go on, and what would be lost behind that. With",
    "--keep-to it then cuts the journal off there; what is cut off is kept in a directory beside it. The next start comes",
    "up halted and asks the venue; where the order gateway has decisions that were cut off it still wants",
    "'run --accept-lost-tail'. Only a tail can be cut off, and only what a start would refuse."}, mixinStandardHelpOptions = true, footer =
    {
        "", "Example: lockstep journal cut /var/lib/lockstep/node-1",
        "         lockstep journal cut --keep-to 103033 /var/lib/lockstep/node-1"})
final class JournalCutCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Mixin
    private DirectoryArgument argument;

    @Option(names = "--keep-to", paramLabel = "SEQ", description = "Cut, and keep what there is up to this input: the last one that can be kept, as this command says it.")
    private Long keepTo;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    @SuppressWarnings("try") // the lock is held, not used
    public Integer call()
    {
        final NodeDirectory directory = argument.journal();
        try (NodeDirectory.Lock lock = Node.lock(directory))
        {
            final DamagedTail tail = DamagedTail.find(directory,
                (notice) -> spec.commandLine().getErr().println("lockstep: " + notice));
            return tail == null ? nothing() : cut(directory, tail);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private int nothing()
    {
        if (keepTo != null)
        {
            throw new UsageException("--keep-to=" + keepTo + ": a start needs nothing that is damaged: nothing to cut");
        }
        print(values(null, LostRecords.NONE, null));
        return ExitStatus.DONE;
    }

    private int cut(final NodeDirectory directory, final DamagedTail tail) throws IOException
    {
        final TailCut cut = new TailCut(directory, tail.kept());
        final LostRecords lost = cut.lost();
        if (keepTo == null)
        {
            print(values(tail, lost, null));
            return ExitStatus.CHECK_FAILED;
        }
        if (keepTo != tail.kept().lastSequence())
        {
            throw new UsageException("--keep-to=" + keepTo + ": expected " + tail.kept().lastSequence() +
                ", the last input that can be kept");
        }
        print(values(tail, lost, cut.apply(tail.snapshots(), tail.incarnation())));
        return ExitStatus.DONE;
    }

    private static Map<String, Object> values(final DamagedTail tail, final LostRecords lost, final Path aside)
    {
        final Map<String, Object> values = new LinkedHashMap<>();
        values.put("problem", tail == null ? null : tail.problem());
        values.put("firstBadSequence", tail == null ? null : tail.kept().lastSequence() + 1);
        values.put("keptSequence", tail == null ? null : tail.kept().lastSequence());
        values.put("lostRecords", lost.records());
        values.put("lostInputs", lost.inputs());
        values.put("lostDecisions", lost.decisions());
        values.put("lostOrders", lost.orders());
        values.put("lostLastSequence", lost.lastSequence());
        values.put("unreadableBytes", lost.otherBytes());
        values.put("lostSnapshots", tail == null
            ? List.of()
            : tail.snapshots().stream()
                .map((file) -> file.getFileName().toString()).toList());
        values.put("aside", aside == null ? null : aside.toString());
        return values;
    }

    private void print(final Map<String, Object> values)
    {
        final PrintWriter out = spec.commandLine().getOut();
        if (json)
        {
            out.println(Json.text(values));
            return;
        }
        if (values.get("problem") == null)
        {
            out.println("A start needs nothing that is damaged: nothing to cut.");
            return;
        }
        out.println("Damaged: " + values.get("problem"));
        out.println("A start can go on behind sequence=" + values.get("keptSequence") + ".");
        out.printf(
            Locale.ROOT,
            "Behind that stand %s whole records: %s inputs up to sequence=%s, %s decisions, %s of them new orders;%n",
            values.get("lostRecords"), values.get("lostInputs"), values.get("lostLastSequence"),
            values.get("lostDecisions"), values.get("lostOrders"));
        out.println("and " + values.get("unreadableBytes") +
            " bytes besides. What was there and cannot be read any more is not counted.");
        out.println("Snapshots of what would be lost: " + values.get("lostSnapshots"));
        out.println(values.get("aside") == null
            ? "Nothing was changed. To go on without it: lockstep journal cut --keep-to " + values.get("keptSequence") +
                " " + argument.required()
            : "It is cut off, and kept in " + values.get("aside") + ". The next start comes up halted.");
    }
}
