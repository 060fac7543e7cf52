package io.lockstep.gateways.recording;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the first pass found out about one file. Filled by the scan, only read afterwards. */
final class RecordedFile
{
    private final String name;
    private final Path path;
    private final RecordingFormat format;
    private final int index;
    private final List<SymbolStatistics> symbols = new ArrayList<>();
    private long firstTimestampNs = Long.MAX_VALUE;
    private long lastTimestampNs;
    private long convertibleLines;
    private SymbolStatistics withoutSymbol;
    private BarInterval barInterval;
    private long previousTimestampNs = Long.MIN_VALUE;
    private long ascents;
    private long descents;

    /**
     * @param name what messages call it.
     * @param path where its bytes are, which for standard input is a temporary copy.
     */
    RecordedFile(final String name, final Path path, final RecordingFormat format, final int index)
    {
        this.name = name;
        this.path = path;
        this.format = format;
        this.index = index;
    }

    String name()
    {
        return name;
    }

    Path path()
    {
        return path;
    }

    RecordingFormat format()
    {
        return format;
    }

    /** Place among the files given. */
    int index()
    {
        return index;
    }

    List<SymbolStatistics> symbols()
    {
        return symbols;
    }

    /** The largest long for a file without a line. */
    long firstTimestampNs()
    {
        return firstTimestampNs;
    }

    long lastTimestampNs()
    {
        return lastTimestampNs;
    }

    void observeTimestampNs(final long timeNs)
    {
        firstTimestampNs = Math.min(firstTimestampNs, timeNs);
        lastTimestampNs = Math.max(lastTimestampNs, timeNs);
        if (previousTimestampNs != Long.MIN_VALUE)
        {
            ascents += timeNs > previousTimestampNs ? 1 : 0;
            descents += timeNs < previousTimestampNs ? 1 : 0;
        }
        previousTimestampNs = timeNs;
    }

    /** Lines of a time before that of the line above. */
    long descents()
    {
        return descents;
    }

    /** Whether the newest line comes first, and each of several after it goes back. */
    boolean isDescending()
    {
        return descents > 1 && ascents == 0;
    }

    long convertibleLines()
    {
        return convertibleLines;
    }

    void countConvertibleLine()
    {
        convertibleLines++;
    }

    /** One that was counted turned out to be none. */
    void leaveOutLine()
    {
        convertibleLines--;
    }

    /** Of the messages that name no symbol; null when all do. */
    SymbolStatistics withoutSymbol()
    {
        return withoutSymbol;
    }

    void withoutSymbol(final SymbolStatistics statistics)
    {
        withoutSymbol = statistics;
    }

    /** Null for other formats. */
    BarInterval barInterval()
    {
        return barInterval;
    }

    void barInterval(final BarInterval interval)
    {
        barInterval = interval;
    }

    boolean sharesInstrument(final RecordedFile other)
    {
        for (final SymbolStatistics symbol : symbols)
        {
            for (final SymbolStatistics otherSymbol : other.symbols)
            {
                if (symbol.instrumentName().equals(otherSymbol.instrumentName()))
                {
                    return true;
                }
            }
        }
        return false;
    }
}
