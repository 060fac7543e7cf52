package io.lockstep.gateways.recording.bars;

import io.lockstep.gateways.recording.finding.MalformedLine;
import io.lockstep.gateways.recording.scan.RecordedFile;
import io.lockstep.gateways.recording.text.LineReader;
import org.agrona.CloseHelper;

import java.util.Iterator;
import java.util.List;

/** The lines of the files of bars of one instrument, headers left out, as they lie in the files. For one thread. */
class BarRows implements AutoCloseable
{
    private final Iterator<RecordedFile> files;
    private RecordedFile file;
    private BarsLine line;
    private LineReader reader;

    BarRows(final List<RecordedFile> files)
    {
        this.files = files.iterator();
    }

    /**
     * Moves to the next line; it is not parsed yet.
     *
     * @return false at the end.
     * @throws MalformedLine when an archive is damaged from here on.
     */
    boolean next()
    {
        while (reader == null || !reader.next())
        {
            CloseHelper.close(reader);
            reader = null;
            if (!files.hasNext())
            {
                return false;
            }
            file = files.next();
            line = new BarsLine();
            reader = new LineReader(file.path());
            Bars.readHeader(reader, line, file.name());
        }
        return true;
    }

    /**
     * @throws MalformedLine for a line that is no bar.
     */
    void parse()
    {
        line.parse(reader.buffer(), reader.start(), reader.end());
    }

    /** As {@link #parse} left it. */
    BarsLine line()
    {
        return line;
    }

    RecordedFile file()
    {
        return file;
    }

    long lineNumber()
    {
        return reader.lineNumber();
    }

    @Override
    public void close()
    {
        CloseHelper.close(reader);
    }
}
