package io.lockstep.gateways.recording;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
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
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private static final DateTimeFormatter DATE_TIME = new DateTimeFormatterBuilder()
        .appendPattern("uuuu-MM-dd[['T'][' ']HH:mm[:ss")
        .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
        .appendPattern("]]")
        .appendPattern("[XXX]")
        .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
        .parseDefaulting(ChronoField.MINUTE_OF_HOUR, 0)
        .parseDefaulting(ChronoField.OFFSET_SECONDS, 0)
        .toFormatter(Locale.ROOT)
        .withResolverStyle(ResolverStyle.STRICT);

    private final int[] numberColumns = new int[NUMBER_COUNT];
    private int timeColumn;
    private int columnCount;
    private int[] starts = new int[0];
    private int[] ends = new int[0];
    private byte[] bytes;
    private long openTimeNs;
    private final byte[][] plainNumbers = new byte[NUMBER_COUNT][];

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
            throw new MalformedLine("header=" + header + ": expected a column timestamp, ts_ms, date or datetime");
        }
        for (int i = 0; i < NUMBER_COUNT; i++)
        {
            numberColumns[i] = columns.indexOf(NUMBER_COLUMNS.get(i));
            if (numberColumns[i] < 0)
            {
                throw new MalformedLine("header=" + header + ": expected a column " + NUMBER_COLUMNS.get(i));
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
        openTimeNs = parseTime();
        for (int i = 0; i < NUMBER_COUNT; i++)
        {
            plainNumbers[i] = null;
            if (Text.significantDecimals(bytes, starts[numberColumns[i]], ends[numberColumns[i]]) == Text.NOT_A_NUMBER)
            {
                plainNumbers[i] = plain(i);
            }
        }
    }

    static String name(final int number)
    {
        return NUMBER_COLUMNS.get(number);
    }

    long openTimeNs()
    {
        return openTimeNs;
    }

    /** Array that holds the text of a number, from {@link #start} to {@link #end}. */
    byte[] bytes(final int number)
    {
        return null == plainNumbers[number] ? bytes : plainNumbers[number];
    }

    int start(final int number)
    {
        return null == plainNumbers[number] ? starts[numberColumns[number]] : 0;
    }

    int end(final int number)
    {
        return null == plainNumbers[number] ? ends[numberColumns[number]] : plainNumbers[number].length;
    }

    /** Significant places of a number after the point. */
    int decimals(final int number)
    {
        final int decimals = Text.significantDecimals(bytes(number), start(number), end(number));
        if (decimals > DecimalPlaces.DECIMALS_MAX)
        {
            throw wrong(number, "a decimal of at most " + DecimalPlaces.DECIMALS_MAX + " places");
        }
        return decimals;
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

    private long parseTime()
    {
        final int start = starts[timeColumn];
        final int end = ends[timeColumn];
        final long timeNs = Text.timeNs(bytes, start, end);
        if (timeNs != Text.NOT_A_NUMBER)
        {
            return timeNs;
        }
        final String text = Text.ascii(bytes, start, end);
        try
        {
            final OffsetDateTime time = DATE_TIME.parse(text, OffsetDateTime::from);
            return Math.addExact(Math.multiplyExact(time.toEpochSecond(), 1_000_000_000L), time.getNano());
        }
        catch (final DateTimeException | ArithmeticException ex)
        {
            throw new MalformedLine("time=" + text + ": expected a number, or a date such as 2024-08-08 23:54:00");
        }
    }

    private byte[] plain(final int number)
    {
        final int column = numberColumns[number];
        final byte[] plain = Text.plain(Text.ascii(bytes, starts[column], ends[column]))
            .getBytes(StandardCharsets.ISO_8859_1);
        if (Text.significantDecimals(plain, 0, plain.length) == Text.NOT_A_NUMBER)
        {
            throw wrong(number, "a decimal");
        }
        return plain;
    }
}
