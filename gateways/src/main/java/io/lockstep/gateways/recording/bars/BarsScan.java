package io.lockstep.gateways.recording.bars;

import io.lockstep.codecs.NameRule;
import io.lockstep.codecs.text.Escapes;
import io.lockstep.gateways.recording.finding.BadInputException;
import io.lockstep.gateways.recording.finding.BadInputPolicy;
import io.lockstep.gateways.recording.finding.Finding;
import io.lockstep.gateways.recording.finding.Findings;
import io.lockstep.gateways.recording.finding.MalformedLine;
import io.lockstep.gateways.recording.scan.BarInterval;
import io.lockstep.gateways.recording.scan.DecimalPlaces;
import io.lockstep.gateways.recording.scan.RecordedFile;
import io.lockstep.gateways.recording.scan.SymbolStatistics;
import io.lockstep.gateways.recording.text.LineReader;

import java.nio.file.Path;

/** The first pass over files of {@code bars-csv}: the symbol, numbers, times, and how long the bars are. */
public final class BarsScan
{
    private final BadInputPolicy policy;
    private final Findings findings;

    public BarsScan(final BadInputPolicy policy, final Findings findings)
    {
        this.policy = policy;
        this.findings = findings;
    }

    public void scan(final RecordedFile file)
    {
        final BarsFileName fileName = BarsFileName.parse(Path.of(file.name()).getFileName().toString());
        final String problem = NameRule.problem(fileName.symbol());
        if (problem != null)
        {
            throw new BadInputException(file.name(), 0, "symbol=" + Escapes.line(fileName.symbol()) +
                ": expected the name of a file of bars to begin with " + NameRule.EXPECTED + ": " + problem);
        }
        final SymbolStatistics symbol = new SymbolStatistics(fileName.symbol(), 1);
        symbol.instrumentName(fileName.symbol() + "." + Bars.VENUE);
        file.symbols().add(symbol);
        final BarsLine line = new BarsLine();
        final DecimalPlaces places = new DecimalPlaces();
        final BarSpacing spacing = new BarSpacing();
        try (LineReader reader = new LineReader(file.path()))
        {
            boolean isMore = Bars.readHeader(reader, line, file.name());
            while (isMore)
            {
                try
                {
                    isMore = reader.next();
                    if (isMore)
                    {
                        line.parse(reader.buffer(), reader.start(), reader.end());
                        measure(line, places, reader.lineNumber());
                        places.addTo(symbol.prices(), symbol.quantities());
                        observeTime(file, line, reader.lineNumber());
                        spacing.observe(line.openTimeNs());
                        file.countConvertibleLine();
                    }
                }
                catch (final MalformedLine ex)
                {
                    policy.onMalformedLine(file.name(), reader.lineNumber(), ex);
                }
            }
        }
        file.barInterval(interval(file, fileName, spacing));
    }

    /**
     * @throws MalformedLine for a number of the line that is no decimal.
     */
    private static void measure(final BarsLine line, final DecimalPlaces places, final long lineNumber)
    {
        places.begin(lineNumber);
        for (int i = BarsLine.OPEN; i <= BarsLine.CLOSE; i++)
        {
            places.measurePrice(line.bytes(), line.start(i), line.end(i), BarsLine.name(i), -1);
        }
        places.measureQuantity(line.bytes(), line.start(BarsLine.VOLUME), line.end(BarsLine.VOLUME),
            BarsLine.name(BarsLine.VOLUME), -1);
    }

    private void observeTime(final RecordedFile file, final BarsLine line, final long lineNumber)
    {
        final long descents = file.descents();
        file.observeTimestampNs(line.openTimeNs());
        if (file.descents() > descents)
        {
            findings.add(Finding.OUT_OF_ORDER, file.name(), lineNumber,
                line.describeTime() + ": before the bar above it, sorted by time");
        }
    }

    private static BarInterval interval(
        final RecordedFile file, final BarsFileName fileName, final BarSpacing spacing)
    {
        if (fileName.interval() != null)
        {
            return fileName.interval();
        }
        if (spacing.typicalNs() == 0)
        {
            throw new BadInputException(file.name(), 0,
                "interval=: expected two bars, or a file name that ends in the interval, such as BTCUSDT_1h.csv");
        }
        return BarInterval.unknown(spacing.typicalNs());
    }
}
