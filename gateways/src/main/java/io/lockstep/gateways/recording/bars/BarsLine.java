package io.lockstep.gateways.recording.bars;

import io.lockstep.gateways.recording.finding.MalformedLine;
import io.lockstep.gateways.recording.text.Text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Lines of one {@code bars-csv} file: the header says which column is which, each other line is a bar. Allocates only
 * for times that are dates and for numbers in scientific notation.
 */
final class BarsLine
{
    static final int OPEN = 0;
    static final int HIGH = 1;
    static final int LOW = 2;
    static final int CLOSE = 3;
    static final int VOLUME = 4;
    static final int NUMBER_COUNT = 5;

    private static final List<String> NUMBER_COLUMNS = List.of("open", "high", "low", "close", "volume");
    /** The first of them that is there counts. */
    private static final List<String> TIME_COLUMNS = List.of("timestamp", "ts_ms", "date", "datetime");
    private static final String DATE = "date";
    private static final String TIME_OF_DAY = "time";
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final int[] numberColumns = new int[NUMBER_COUNT];
    private int timeColumn;
    private int columnCount;
    private int[] starts = new int[0];
    private int[] ends = new int[0];
    private byte[] bytes;
    private BarTime time;
    private int lineStart;
    private int lineEnd;

    /**
     * @throws MalformedLine for a header that lacks a column.
     */
    void parseHeader(final byte[] buffer, final int start, final int end)
    {
        String header = Text.ascii(buffer, start, end);
        if (header.startsWith(BYTE_ORDER_MARK))
        {
            header = header.substring(1);
        }
        final List<String> columns = new ArrayList<>();
        for (final String column : header.split(",", -1))
        {
            columns.add(column.strip().replace("\"", "").toLowerCase(Locale.ROOT));
        }
        columnCount = columns.size();
        starts = new int[columnCount];
        ends = new int[columnCount];
        timeColumn = -1;
        for (int i = TIME_COLUMNS.size() - 1; i >= 0; i--)
        {
            final int column = columns.indexOf(TIME_COLUMNS.get(i));
            timeColumn = column >= 0 ? column : timeColumn;
        }
        if (timeColumn < 0)
        {
            throw new MalformedLine(
                "header=" + excerpt(header) + ": expected a column timestamp, ts_ms, date or datetime");
        }
        final boolean isDate = columns.get(timeColumn).startsWith(DATE);
        if (isDate && columns.contains(TIME_OF_DAY))
        {
            throw new MalformedLine("header=" + excerpt(header) + ": expected date and time of day in one column");
        }
        time = new BarTime(isDate);
        for (int i = 0; i < NUMBER_COUNT; i++)
        {
            numberColumns[i] = columns.indexOf(NUMBER_COLUMNS.get(i));
            if (numberColumns[i] < 0)
            {
                throw new MalformedLine("header=" + excerpt(header) + ": expected a column " + NUMBER_COLUMNS.get(i));
            }
        }
    }

    /**
     * @throws MalformedLine for a line that is no bar.
     */
    void parse(final byte[] buffer, final int start, final int end)
    {
        bytes = buffer;
        split(start, end);
        lineStart = start;
        lineEnd = end;
        time.parse(bytes, starts[timeColumn], ends[timeColumn]);
        for (int i = 0; i < NUMBER_COUNT; i++)
        {
            if (Text.significantDecimals(bytes, start(i), end(i)) == Text.NOT_A_NUMBER &&
                Text.decimal(bytes, start(i), end(i)) == null)
            {
                throw wrong(i, "a decimal");
            }
        }
    }

    /** The line's own bytes. */
    byte[] copy()
    {
        return Arrays.copyOfRange(bytes, lineStart, lineEnd);
    }

    static String name(final int number)
    {
        return NUMBER_COLUMNS.get(number);
    }

    long openTimeNs()
    {
        return time.timeNs();
    }

    /** Of the zone that the opening time is given in, else 0. */
    int offsetSeconds()
    {
        return time.offsetSeconds();
    }

    /** Array that holds the text of a number, from {@link #start} to {@link #end}. */
    byte[] bytes()
    {
        return bytes;
    }

    int start(final int number)
    {
        return starts[numberColumns[number]];
    }

    int end(final int number)
    {
        return ends[numberColumns[number]];
    }

    MalformedLine wrong(final int number, final String expected)
    {
        return new MalformedLine(describe(number) + ": expected " + expected);
    }

    /** {@code field=value}, for messages. */
    String describe(final int number)
    {
        final int column = numberColumns[number];
        return NUMBER_COLUMNS.get(number) + "=" + Text.excerpt(bytes, starts[column], ends[column]);
    }

    String describeTime()
    {
        return "time=" + Text.excerpt(bytes, starts[timeColumn], ends[timeColumn]);
    }

    private void split(final int start, final int end)
    {
        int column = 0;
        int from = start;
        for (int i = start; i <= end; i++)
        {
            if (i == end || bytes[i] == ',')
            {
                if (column < columnCount)
                {
                    trim(column, from, i);
                }
                column++;
                from = i + 1;
            }
        }
        if (column != columnCount)
        {
            throw new MalformedLine("columns=" + column + ": expected " + columnCount + ", as in the header");
        }
    }

    private void trim(final int column, final int start, final int end)
    {
        int from = start;
        int to = end;
        while (from < to && (bytes[from] == ' ' || bytes[from] == '"'))
        {
            from++;
        }
        while (to > from && (bytes[to - 1] == ' ' || bytes[to - 1] == '"'))
        {
            to--;
        }
        starts[column] = from;
        ends[column] = to;
    }

    private static String excerpt(final String header)
    {
        final byte[] text = header.getBytes(StandardCharsets.UTF_8);
        return Text.excerpt(text, 0, text.length);
    }
}
