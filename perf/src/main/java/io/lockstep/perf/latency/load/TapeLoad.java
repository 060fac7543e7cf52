package io.lockstep.perf.latency.load;

import io.lockstep.cli.argument.UsageException;
import io.lockstep.cli.output.RecordingReport;
import io.lockstep.codecs.Instrument;
import io.lockstep.gateways.feed.InstrumentFilter;
import io.lockstep.gateways.feed.MarketSource;
import io.lockstep.gateways.recording.Recording;
import io.lockstep.gateways.recording.finding.BadInputPolicy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The load that a recording makes: its messages in its order, at whatever rate is asked for, over and over.
 */
final class TapeLoad
{
    /** Of a tape; what does not fit is left out. The memory is not that of the heap. */
    private static final int LENGTH_MAX = 128 << 20;

    private TapeLoad()
    {
    }

    /**
     * Reads the recording and encodes it.
     *
     * @param err is told what was found in it.
     * @throws UsageException when it cannot make an order, or has not what was asked for.
     */
    static Load read(final LoadPlan plan, final int orderEvery, final PrintWriter err)
    {
        final List<Path> files = files(plan.data());
        try (Recording recording = Recording.open(files, null, BadInputPolicy.REFUSE, List.of()))
        {
            RecordingReport.print(recording, err);
            final List<Instrument> instruments = chosen(recording.instruments(), plan.symbols());
            final TapeRecorder recorder = new TapeRecorder(instruments, orderEvery);
            final int events;
            try (MarketSource source = source(recording, instruments))
            {
                events = record(source, plan.events(), recorder);
            }
            if (recorder.mix().orders() == 0)
            {
                throw new UsageException("--data=" + names(plan.data()) + ": book updates that can make an order=0 in "
                    +
                    events + " market events: expected a recording with a book's snapshot and the updates after it");
            }
            return load(recorder, about(files, instruments, events, recorder));
        }
    }

    private static List<Path> files(final List<Path> data)
    {
        final List<Path> files = new ArrayList<>();
        for (final Path path : data)
        {
            if (Recording.STANDARD_INPUT.equals(path))
            {
                throw new UsageException("--data=-: expected files, since every fork reads them");
            }
            if (Files.isDirectory(path))
            {
                files.addAll(filesIn(path));
            }
            else
            {
                files.add(path);
            }
        }
        return files;
    }

    private static List<Path> filesIn(final Path directory)
    {
        try (Stream<Path> paths = Files.list(directory))
        {
            final List<Path> files = paths.filter(Files::isRegularFile).sorted().toList();
            if (files.isEmpty())
            {
                throw new UsageException("--data=" + directory + ": files=0: expected recordings in the directory");
            }
            return files;
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /** Those with such a symbol or name, in the order of the recording. */
    private static List<Instrument> chosen(final List<Instrument> all, final List<String> symbols)
    {
        for (final String symbol : symbols)
        {
            if (all.stream().noneMatch((instrument) -> isOne(instrument, symbol)))
            {
                throw new UsageException("--symbol=" + symbol + ": expected a symbol or a name of the recording's " +
                    all.stream().map(Instrument::name).collect(Collectors.joining(", ")));
            }
        }
        return all.stream().filter((instrument) -> symbols.isEmpty() ||
            symbols.stream().anyMatch((symbol) -> isOne(instrument, symbol))).toList();
    }

    private static boolean isOne(final Instrument instrument, final String symbol)
    {
        return instrument.symbol().equals(symbol) || instrument.name().equals(symbol);
    }

    /** Only messages of these, with their places in the list as ids. */
    private static MarketSource source(final Recording recording, final List<Instrument> instruments)
    {
        // Those behind the chosen ones are passed over.
        final List<Instrument> all = new ArrayList<>(instruments);
        recording.instruments().stream().filter((instrument) -> !instruments.contains(instrument)).forEach(all::add);
        return new InstrumentFilter(recording.source(all::indexOf), (id) -> id < instruments.size());
    }

    /** Returns how many market events there were. */
    private static int record(final MarketSource source, final int eventsMax, final TapeRecorder recorder)
    {
        int events = 0;
        while (events < eventsMax && recorder.length() < LENGTH_MAX && source.next())
        {
            recorder.add(source.buffer(), source.offset(), source.length());
            events += source.isEventEnd() ? 1 : 0;
        }
        return events;
    }

    private static Load load(final TapeRecorder recorder, final Map<String, Object> about)
    {
        final Tape tape = recorder.tape();
        return new Load(about, recorder.configured(), TapeRecorder.ORDER_MULTIPLE, tape.lengthMax(), tape.count(),
            () -> new TapeWorkload(tape));
    }

    private static String names(final List<Path> paths)
    {
        return paths.stream().map(Path::toString).collect(Collectors.joining(" "));
    }

    private static Map<String, Object> about(
        final List<Path> files, final List<Instrument> instruments, final int events, final TapeRecorder recorder)
    {
        final TapeMix mix = recorder.mix();
        final Map<String, Object> about = new LinkedHashMap<>();
        about.put("load", "recorded, the first " + events + " market events round and round");
        about.put("data", files.stream().map(Path::toString).toList());
        about.put("instruments", instruments.stream().map(Instrument::name).toList());
        about.put("mix", mix.messages());
        about.put("levelsPerUpdate", mix.levelsPerUpdate());
        about.put("ordersARound", mix.orders());
        return about;
    }
}
