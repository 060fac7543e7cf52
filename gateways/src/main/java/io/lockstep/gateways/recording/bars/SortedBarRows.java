package io.lockstep.gateways.recording.bars;

import io.lockstep.gateways.recording.finding.MalformedLine;
import io.lockstep.gateways.recording.scan.RecordedFile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The lines of the files of bars of one instrument in the order of their times; of equal times, in the order of files and
 * lines. Holds all of them in memory, for files that are not in order themselves.
 */
final class SortedBarRows extends BarRows
{
    /** A line, and what its file's header says of it. */
    private record Row(
        long timeNs, RecordedFile file, BarsLine line, byte[] bytes, long lineNumber, MalformedLine failure)
    {
    }

    private final List<Row> rows;
    private int next;
    private Row row;

    SortedBarRows(final List<RecordedFile> files)
    {
        super(files);
        rows = load();
        rows.sort(Comparator.comparingLong(Row::timeNs));
    }

    @Override
    boolean next()
    {
        if (next == rows.size())
        {
            return false;
        }
        row = rows.get(next);
        next++;
        return true;
    }

    @Override
    void parse()
    {
        if (row.failure() != null)
        {
            throw row.failure();
        }
        row.line().parse(row.bytes(), 0, row.bytes().length);
    }

    @Override
    BarsLine line()
    {
        return row.line();
    }

    @Override
    RecordedFile file()
    {
        return row.file();
    }

    @Override
    long lineNumber()
    {
        return row.lineNumber();
    }

    /** A line that cannot be used stays behind the one above it. */
    private List<Row> load()
    {
        final List<Row> loaded = new ArrayList<>();
        long timeNs = Long.MIN_VALUE;
        boolean isMore = true;
        while (isMore)
        {
            MalformedLine failure = null;
            byte[] bytes = null;
            try
            {
                isMore = super.next();
                if (!isMore)
                {
                    return loaded;
                }
                super.parse();
                timeNs = super.line().openTimeNs();
                bytes = super.line().copy();
            }
            catch (final MalformedLine ex)
            {
                failure = ex;
            }
            loaded.add(new Row(timeNs, super.file(), super.line(), bytes, super.lineNumber(), failure));
        }
        return loaded;
    }
}
