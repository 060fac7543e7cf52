package io.lockstep.gateways.recording.binance;

import io.lockstep.gateways.recording.finding.MalformedLine;
import io.lockstep.gateways.recording.scan.RecordedFile;
import io.lockstep.gateways.recording.scan.SymbolStatistics;
import io.lockstep.gateways.recording.text.LineReader;

/** Position in one {@code binance-ws} file: the line that comes next, or why it cannot be used. */
final class BinanceWsFile implements AutoCloseable
{
    private final RecordedFile file;
    private final BinanceFeed[] feeds;
    private final SymbolTable symbols = new SymbolTable();
    private final BinanceLine line = new BinanceLine();
    private LineReader reader;
    private MalformedLine failure;
    private long timeNs;
    private boolean isAtEnd;
    private boolean isEnded;

    /**
     * @param feeds of the file's symbols, in the order of {@link RecordedFile#symbols()}; null for one that is not
     *              wanted.
     */
    BinanceWsFile(final RecordedFile file, final BinanceFeed[] feeds)
    {
        this.file = file;
        this.feeds = feeds;
        for (final SymbolStatistics symbol : file.symbols())
        {
            symbols.add(symbol.symbol());
        }
    }

    RecordedFile file()
    {
        return file;
    }

    BinanceFeed[] feeds()
    {
        return feeds;
    }

    boolean isOpen()
    {
        return reader != null;
    }

    boolean isAtEnd()
    {
        return isAtEnd;
    }

    /** Whether what follows from the end of the file has been done. */
    boolean isEnded()
    {
        return isEnded;
    }

    void end()
    {
        isEnded = true;
        close();
    }

    boolean has(final BinanceFeed feed)
    {
        for (final BinanceFeed each : feeds)
        {
            if (each == feed)
            {
                return true;
            }
        }
        return false;
    }

    BinanceLine line()
    {
        return line;
    }

    long lineNumber()
    {
        return reader.lineNumber();
    }

    /** Why the line cannot be used, or null. */
    MalformedLine failure()
    {
        return failure;
    }

    /** Local time of the line, or of the last one that had one. */
    long timeNs()
    {
        return timeNs;
    }

    void open()
    {
        reader = new LineReader(file.path());
        advance();
    }

    void advance()
    {
        failure = null;
        try
        {
            isAtEnd = !reader.next();
            if (!isAtEnd)
            {
                line.parse(reader.buffer(), reader.start(), reader.end());
                timeNs = line.localTimeNs();
            }
        }
        catch (final MalformedLine ex)
        {
            failure = ex;
        }
    }

    /**
     * The feed of the line's instrument; null when it is not wanted.
     *
     * @throws MalformedLine when the line names no symbol and the file has several.
     */
    BinanceFeed feed()
    {
        final BinanceField field = line.symbolField();
        if (field != null)
        {
            final int index = symbols.find(line, field);
            return index == SymbolTable.MISSING ? null : feed(index);
        }
        if (feeds.length != 1)
        {
            throw MalformedLine.withoutSymbol(feeds.length);
        }
        return feed(0);
    }

    private BinanceFeed feed(final int index)
    {
        final BinanceFeed feed = feeds[index];
        if (feed != null)
        {
            final SymbolStatistics symbol = file.symbols().get(index);
            feed.numbers(symbol.prices(), symbol.quantities());
        }
        return feed;
    }

    @Override
    public void close()
    {
        if (reader != null)
        {
            reader.close();
        }
    }
}
