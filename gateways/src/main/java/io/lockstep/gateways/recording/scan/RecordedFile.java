package io.lockstep.gateways.recording.scan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the first pass found out about one file. Filled by the scan, only read afterwards. */
public final class RecordedFile
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
    public RecordedFile(final String name, final Path path, final RecordingFormat format, final int index)
    {
        this.name = name;
        this.path = path;
        this.format = format;
        this.index = index;
    }

    public String name()
    {
        return name;
    }

    public Path path()
    {
        return path;
    }

    public RecordingFormat format()
    {
        return format;
    }

    /** Place among the files given. */
    public int index()
    {
        return index;
    }

    public List<SymbolStatistics> symbols()
    {
        return symbols;
    }

    /** The largest long for a file without a line. */
    public long firstTimestampNs()
    {
        return firstTimestampNs;
    }

    public long lastTimestampNs()
    {
        return lastTimestampNs;
    }

    public void observeTimestampNs(final long timeNs)
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
    public long descents()
    {
        return descents;
    }

    /** Whether the newest line comes first, and each of several after it goes back. */
    public boolean isDescending()
    {
        return descents > 1 && ascents == 0;
    }

    public long convertibleLines()
    {
        return convertibleLines;
    }

    public void countConvertibleLine()
    {
        convertibleLines++;
    }

    /** One that was counted turned out to be none. */
    public void leaveOutLine()
    {
        convertibleLines--;
    }

    /** Of the messages that name no symbol; null when all do. */
    public SymbolStatistics withoutSymbol()
    {
        return withoutSymbol;
    }

    public void withoutSymbol(final SymbolStatistics statistics)
    {
        withoutSymbol = statistics;
    }

    /** Null for other formats. */
    public BarInterval barInterval()
    {
        return barInterval;
    }

    public void barInterval(final BarInterval interval)
    {
        barInterval = interval;
    }

    public boolean sharesInstrument(final RecordedFile other)
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
