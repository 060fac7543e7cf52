package io.lockstep.cli.journal;

import io.lockstep.cli.argument.DirectoryArgument;
import io.lockstep.cli.argument.UsageException;
import io.lockstep.cli.output.ExitStatus;
import io.lockstep.cli.output.RailsPicture;
import io.lockstep.cli.output.SignalPicture;
import io.lockstep.cli.output.TradingPicture;
import io.lockstep.codecs.text.Times;
import io.lockstep.core.TradingCore;
import io.lockstep.core.host.CoreHost;
import io.lockstep.journal.replay.ReplayRun;
import io.lockstep.journal.state.StateSections;
import io.lockstep.journal.text.Json;
import io.lockstep.journal.text.YamlText;
import io.lockstep.sequencer.counters.CoreLines;
import io.lockstep.sequencer.journal.NodeDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;

/**
 * The whole state behind one input, as a snapshot would hold it.
 */
@Command(name = "state", description = {
    "Prints the full state after an input: books, orders, positions, limits, timers, strategies, links.",
    "The node may be running: the newest snapshot is taken and what follows in the journal is replayed, in this process.",
    "Text (YAML) has decimals with their unit; --json has the raw values too."}, mixinStandardHelpOptions = true, footer =
    {"", "Example: lockstep journal state --at 103033 --instrument BTCUSDT.SIMULATED /var/lib/lockstep/node-1"})
final class JournalStateCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Mixin
    private DirectoryArgument argument;

    @Option(names = "--at", paramLabel = "SEQ", description = "After the input of this sequence. Default: the newest.")
    private Long at;

    @Option(names = "--instrument", paramLabel = "NAME", description = "Only what concerns this instrument, by name or id.")
    private String instrument;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call()
    {
        final NodeDirectory directory = argument.journal();
        final PrintWriter err = spec.commandLine().getErr();
        final CoreHost host = new ReplayRun(directory, true, (notice) -> err.println("lockstep: " + notice),
            (inputs) ->
            {
            }).state(at == null ? Long.MAX_VALUE : at);
        if (at != null && host.core().lastSequence() != at)
        {
            throw new UsageException("--at=" + at + ": expected a sequence of the journal, whose last is " +
                host.core().lastSequence());
        }
        final Map<String, Object> values = new LinkedHashMap<>();
        values.put("sequence", host.core().lastSequence());
        values.put("timeNs", host.lastTimeNs());
        values.put("logicVersion", TradingCore.LOGIC_VERSION);
        values.put("stateHash", Json.hex(host.core().stateHash()));
        values.put("decisionHash", Json.hex(host.decisionHash()));
        new TradingPicture(CoreLines.instances(host.core()), CoreLines.venues(host.core())).putInto(values);
        new SignalPicture(host.core()).putInto(values);
        new RailsPicture(host.core(), host.lastTimeNs()).putInto(values);
        values.put("state", sections(new StateSections(host)));
        print(values);
        return ExitStatus.DONE;
    }

    private List<Map<String, Object>> sections(final StateSections state)
    {
        final OptionalInt id = instrument == null ? OptionalInt.empty() : instrumentId(state.idByInstrument());
        return json ? state.explained(id) : state.readable(id);
    }

    private OptionalInt instrumentId(final Map<String, Integer> idByName)
    {
        return OptionalInt.of(idByName.entrySet().stream()
            .filter((entry) -> instrument.equals(entry.getKey()) || instrument.equals(entry.getValue().toString()))
            .findFirst().map(Map.Entry::getValue)
            .orElseThrow(() -> new UsageException("--instrument=" + instrument +
                ": expected one of the journal's, by name or id: " + idByName)));
    }

    private void print(final Map<String, Object> values)
    {
        final PrintWriter out = spec.commandLine().getOut();
        if (json)
        {
            out.println(Json.text(values));
            return;
        }
        values.put("time", Times.iso((Long)values.remove("timeNs")));
        for (final String last : List.of("strategies", "venues", "signals", "breakers", "results", "state"))
        {
            values.put(last, values.remove(last));
        }
        out.print(YamlText.of(values));
    }
}
