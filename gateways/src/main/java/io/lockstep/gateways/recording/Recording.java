package io.lockstep.gateways.recording;

import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.gateways.feed.MarketSource;
import io.lockstep.gateways.feed.MergedSource;
import io.lockstep.gateways.recording.bars.Bars;
import io.lockstep.gateways.recording.bars.BarsCsvReader;
import io.lockstep.gateways.recording.binance.BinanceWsFiles;
import io.lockstep.gateways.recording.finding.BadInputException;
import io.lockstep.gateways.recording.finding.BadInputPolicy;
import io.lockstep.gateways.recording.finding.Findings;
import io.lockstep.gateways.recording.message.ReadCounters;
import io.lockstep.gateways.recording.scan.DecimalPlaces;
import io.lockstep.gateways.recording.scan.NumberGrid;
import io.lockstep.gateways.recording.scan.RecordedFile;
import io.lockstep.gateways.recording.scan.RecordingFormat;
import io.lockstep.gateways.recording.scan.SymbolStatistics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * Recorded market data: files of any {@link RecordingFormat}, plain, gzip or zip, and {@code -} for standard input.
 * <p>
 * {@link #open} reads everything once, to find out which instruments there are; {@link #source} reads it again, as
 * messages. Files of one instrument follow one another in order of their first timestamp and its state carries over;
 * different instruments are merged by time. Instruments are those configured, found by name; where none are, they are
 * derived from the recording's own text: one tick is the finest price in it, one lot the finest quantity.
 * <p>
 * A file that cannot be read at all, whose format is not recognised, or that needs an instrument nobody can name, is
 * refused with {@link BadInputException} under either policy. For one thread. Closing deletes the copy of standard
 * input; sources must be closed before.
 */
public final class Recording implements AutoCloseable
{
    /** In a list of files: standard input. */
    public static final Path STANDARD_INPUT = Path.of("-");

    private static final Comparator<RecordedFile> BY_TIME = Comparator
        .<RecordedFile>comparingLong(file -> file.firstTimestampNs()).thenComparingInt(RecordedFile::index);

    private final BadInputPolicy policy;
    private final ReadCounters counters = new ReadCounters();
    private final List<Path> temporaryFiles = new ArrayList<>();
    private final Findings findings = new Findings();
    private final RecordingScan scan;
    private final Map<String, Instrument> instrumentByName = new TreeMap<>();
    private final boolean isDerived;
    private List<RecordedFile> files = List.of();

    private Recording(final BadInputPolicy policy, final boolean isDerived)
    {
        this.policy = policy;
        this.isDerived = isDerived;
        this.scan = new RecordingScan(policy, findings);
    }

    /**
     * Scans the files.
     *
     * @param paths      in any order; {@link #STANDARD_INPUT} at most once.
     * @param format     of all files; null to recognise each by its content.
     * @param configured instruments to read, by name; empty to derive them.
     * @throws BadInputException    for what cannot be used, under {@link BadInputPolicy#REFUSE} every such line.
     * @throws UncheckedIOException when a file cannot be read.
     */
    public static Recording open(
        final List<Path> paths,
        final RecordingFormat format,
        final BadInputPolicy policy,
        final List<Instrument> configured)
    {
        final Recording recording = new Recording(policy, configured.isEmpty());
        try
        {
            recording.scan(paths, format, configured);
        }
        catch (final RuntimeException ex)
        {
            recording.close();
            throw ex;
        }
        return recording;
    }

    /** Instruments that occur in the recording, by name. Derived ones have no id. */
    public List<Instrument> instruments()
    {
        return List.copyOf(instrumentByName.values());
    }

    /** Whether the instruments come from the recording's text and not from configuration. */
    public boolean isDerived()
    {
        return isDerived;
    }

    /** Format of each file, by name, in the order given. */
    public Map<String, RecordingFormat> formatByFile()
    {
        final Map<String, RecordingFormat> formats = new LinkedHashMap<>();
        scan.files().forEach(file -> formats.put(file.name(), file.format()));
        return formats;
    }

    /**
     * Lines that are a market event each. Under {@link BadInputPolicy#REPORT} the number includes those that only
     * reading finds to be bad.
     */
    public long convertibleLines()
    {
        return files.stream().mapToLong(RecordedFile::convertibleLines).sum();
    }

    /** What the recording holds that is not passed on as it is printed; complete once it is open. */
    public Findings findings()
    {
        return findings;
    }

    /** Number of lines by the name of their stream, in order of name, for streams that are passed over. */
    public Map<String, Long> unknownStreams()
    {
        return scan.unknownStreams();
    }

    /** Local time of the earliest line; 0 when there is none. */
    public long firstTimestampNs()
    {
        return files.isEmpty() || files.get(0).firstTimestampNs() == Long.MAX_VALUE
            ? 0
            : files.get(0).firstTimestampNs();
    }

    /** The latest local time in the recording, 0 when there is none. */
    public long lastTimestampNs()
    {
        return files.stream().mapToLong(RecordedFile::lastTimestampNs).max().orElse(0);
    }

    /** Lines so far whose local time was before that of a line before them. */
    public long clockBackwards()
    {
        return counters.clockBackwards();
    }

    /** Lines so far that could not be used; under {@link BadInputPolicy#REPORT}, since the other throws. */
    public long badLines()
    {
        return counters.badLines();
    }

    /** Changes so far that were released without a snapshot because too many were held. */
    public long heldOverflows()
    {
        return counters.heldOverflows();
    }

    /**
     * The recording as messages, from its beginning. Counters go on from where an earlier source left them.
     *
     * @param instrumentId gives an instrument of {@link #instruments()} the id that its messages carry.
     */
    public MarketSource source(final ToIntFunction<Instrument> instrumentId)
    {
        final Map<String, Instrument> identifiedByName = new TreeMap<>();
        instrumentByName.forEach(
            (name, instrument) -> identifiedByName.put(name, instrument.withId(instrumentId.applyAsInt(instrument))));
        final List<MarketSource> sources = new ArrayList<>();
        for (final List<RecordedFile> group : groups())
        {
            sources.add(switch (group.get(0).format())
            {
                case BINANCE_WS -> BinanceWsFiles.source(group, identifiedByName, policy, counters);
                case BARS_CSV -> barsReader(group, identifiedByName, counters, null);
            });
        }
        return sources.size() == 1 ? sources.get(0) : new MergedSource(sources);
    }

    @Override
    public void close()
    {
        for (final Path path : temporaryFiles)
        {
            try
            {
                Files.deleteIfExists(path);
            }
            catch (final IOException ex)
            {
                throw new UncheckedIOException("cannot delete " + path, ex);
            }
        }
        temporaryFiles.clear();
    }

    private void scan(final List<Path> paths, final RecordingFormat format, final List<Instrument> configured)
    {
        for (final Path path : paths)
        {
            if (STANDARD_INPUT.equals(path))
            {
                scan.scan("-", copyOfStandardInput(), format);
            }
            else
            {
                scan.scan(path.toString(), path, format);
            }
        }
        scan.conclude();
        files = scan.files().stream()
            .sorted(BY_TIME)
            .toList();
        if (isDerived)
        {
            deriveInstruments();
        }
        else
        {
            findInstruments(configured);
        }
        requireOneBarInterval();
        for (final RecordedFile file : files)
        {
            for (final SymbolStatistics symbol : file.symbols())
            {
                symbol.prices().report(findings, file.name());
                symbol.quantities().report(findings, file.name());
            }
        }
        checkBars();
    }

    /** Reads all bars once, in their order: what is wrong with them is known, or refused, before anything goes out. */
    private void checkBars()
    {
        for (final List<RecordedFile> group : groups())
        {
            if (group.get(0).format() == RecordingFormat.BARS_CSV)
            {
                try (MarketSource source = barsReader(group, instrumentByName, new ReadCounters(), findings))
                {
                    while (source.next())
                    {
                        // The reader tells what it finds.
                    }
                }
            }
        }
    }

    private Path copyOfStandardInput()
    {
        try
        {
            final Path copy = Files.createTempFile("lockstep-stdin-", ".recording");
            temporaryFiles.add(copy);
            // For a process that is interrupted before it closes this.
            copy.toFile().deleteOnExit();
            Files.copy(System.in, copy, StandardCopyOption.REPLACE_EXISTING);
            return copy;
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException("cannot copy standard input to a temporary file", ex);
        }
    }

    private void deriveInstruments()
    {
        final Map<String, SymbolStatistics> symbolByName = new TreeMap<>();
        final Map<String, int[]> decimalsByName = new TreeMap<>();
        final Map<String, RecordingFormat> formatByName = new TreeMap<>();
        for (final RecordedFile file : files)
        {
            for (final SymbolStatistics symbol : file.symbols())
            {
                final String name = symbol.instrumentName();
                symbolByName.putIfAbsent(name, symbol);
                formatByName.put(name, file.format());
                final int[] decimals = decimalsByName.computeIfAbsent(name, key -> new int[2]);
                decimals[0] = Math.max(decimals[0], decimals(symbol.prices()));
                decimals[1] = Math.max(decimals[1], decimals(symbol.quantities()));
            }
        }
        symbolByName.forEach((name, symbol) -> instrumentByName.put(name,
            derive(symbol, formatByName.get(name), decimalsByName.get(name))));
    }

    /** What is finer was refused, or will be reported line by line. */
    private static int decimals(final NumberGrid numbers)
    {
        return Math.min(numbers.decimals(), DecimalPlaces.DECIMALS_MAX);
    }

    private static Instrument derive(
        final SymbolStatistics symbol, final RecordingFormat format, final int[] decimals)
    {
        final Increment tick = new Increment(1, -decimals[0]);
        final Increment lot = new Increment(1, -decimals[1]);
        return switch (format)
        {
            case BINANCE_WS -> symbol.product().instrument(symbol.symbol(), tick, lot);
            case BARS_CSV -> Bars.instrument(symbol.symbol(), tick, lot);
        };
    }

    private void findInstruments(final List<Instrument> configured)
    {
        final Map<String, Instrument> configuredByName = new TreeMap<>();
        configured.forEach(instrument -> configuredByName.put(instrument.name(), instrument));
        for (final RecordedFile file : files)
        {
            for (final SymbolStatistics symbol : file.symbols())
            {
                final Instrument instrument = configuredByName.get(symbol.instrumentName());
                if (instrument != null)
                {
                    instrumentByName.put(instrument.name(), instrument);
                    symbol.prices().configured(-instrument.tick().exponent());
                    symbol.quantities().configured(-instrument.lot().exponent());
                }
                else if (policy == BadInputPolicy.REFUSE)
                {
                    throw new BadInputException(file.name(), symbol.firstLine(), "symbol=" + symbol.symbol() + " (" +
                        symbol.instrumentName() + "): expected one of the configured instruments " +
                        String.join(", ", configuredByName.keySet()));
                }
            }
        }
    }

    private void requireOneBarInterval()
    {
        final Map<String, RecordedFile> fileByInstrument = new TreeMap<>();
        for (final RecordedFile file : files)
        {
            if (file.format() == RecordingFormat.BARS_CSV)
            {
                final String name = file.symbols().get(0).instrumentName();
                final RecordedFile first = fileByInstrument.computeIfAbsent(name, key -> file);
                if (!first.barInterval().isLike(file.barInterval()))
                {
                    throw new BadInputException(file.name(), 0, "interval=" + file.barInterval() + ": expected " +
                        first.barInterval() + " as in " + first.name() +
                        ", for one instrument has bars of one interval");
                }
            }
        }
    }

    /** Files that have instruments in common, directly or through others, in the order of their first timestamps. */
    private Collection<List<RecordedFile>> groups()
    {
        final List<List<RecordedFile>> groups = new ArrayList<>();
        for (final RecordedFile file : files)
        {
            final List<RecordedFile> joined = new ArrayList<>();
            groups.removeIf(group ->
            {
                final boolean isJoined = group.stream().anyMatch(file::sharesInstrument);
                if (isJoined)
                {
                    joined.addAll(group);
                }
                return isJoined;
            });
            joined.add(file);
            joined.sort(BY_TIME);
            groups.add(joined);
        }
        groups.sort((a, b) -> BY_TIME.compare(a.get(0), b.get(0)));
        return groups;
    }

    private MarketSource barsReader(
        final List<RecordedFile> group,
        final Map<String, Instrument> instruments,
        final ReadCounters readCounters,
        final Findings readFindings)
    {
        final Instrument instrument = instruments.get(group.get(0).symbols().get(0).instrumentName());
        return instrument == null
            ? new MergedSource(List.of())
            : BarsCsvReader.of(group, instrument, policy, readCounters, readFindings);
    }
}
