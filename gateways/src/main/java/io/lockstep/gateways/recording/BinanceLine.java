package io.lockstep.gateways.recording;

import java.util.Arrays;

/**
 * One line of a {@code binance-ws} recording, {@code <local time> <json>}, parsed in place: fields are ranges of the
 * line's bytes until somebody needs their value. The JSON is a combined-stream frame, a raw event, or the body of a
 * depth snapshot as REST gives it. The whole of it is checked to be JSON, the parts that are of no interest too.
 * <p>
 * Reused for line after line; allocates only to grow its level arrays.
 */
final class BinanceLine
{
    /** What the line is. */
    enum Kind
    {
        DEPTH, SNAPSHOT, QUOTE, TRADE,
        /** Well-formed, but of a stream that is not converted. */
        UNKNOWN
    }

    /** Ranges of the prices and quantities of one side. */
    static final class Levels
    {
        private int[] ranges = new int[256];
        private int count;
        private boolean isWellFormed;

        int count()
        {
            return count;
        }

        int priceStart(final int index)
        {
            return ranges[4 * index];
        }

        int priceEnd(final int index)
        {
            return ranges[4 * index + 1];
        }

        int quantityStart(final int index)
        {
            return ranges[4 * index + 2];
        }

        int quantityEnd(final int index)
        {
            return ranges[4 * index + 3];
        }

        private void reset()
        {
            count = 0;
            isWellFormed = false;
        }

        private int begin()
        {
            if (4 * count == ranges.length)
            {
                ranges = Arrays.copyOf(ranges, 2 * ranges.length);
            }
            return 4 * count;
        }
    }

    static final int EVENT = 0;
    static final int EVENT_TIME = 1;
    static final int TRANSACTION_TIME = 2;
    static final int SYMBOL = 3;
    static final int PAIR_OF_EVENT = 4;
    static final int FIRST_UPDATE_ID = 5;
    static final int LAST_UPDATE_ID = 6;
    static final int PREVIOUS_UPDATE_ID = 7;
    static final int BID = 8;
    static final int BID_QUANTITY = 9;
    static final int ASK = 10;
    static final int ASK_QUANTITY = 11;
    static final int PRICE = 12;
    static final int QUANTITY = 13;
    static final int TRADE_ID = 14;
    static final int IS_BUYER_MAKER = 15;
    static final int SNAPSHOT_UPDATE_ID = 16;
    static final int BIDS = 17;
    static final int ASKS = 18;
    static final int SYMBOL_OF_SNAPSHOT = 19;
    static final int PAIR_OF_SNAPSHOT = 20;
    static final int STREAM = 21;
    /** Spot's {@code M}, which futures do not send. */
    static final int SPOT_MARK = 22;
    /** Futures' {@code X}, which spot does not send. */
    static final int FUTURES_MARK = 23;
    private static final int FIELD_COUNT = 24;
    private static final int DATA = 24;
    static final int NO_FIELD = -1;

    private static final int[] SYMBOL_FIELDS = {SYMBOL, SYMBOL_OF_SNAPSHOT, STREAM};
    private static final String[] FIELD_NAMES = {
        "e", "E", "T", "s", "ps", "U", "u", "pu", "b", "B", "a", "A", "p", "q", "t", "m", "lastUpdateId", "bids",
        "asks",
        "symbol", "pair", "stream", "M", "X"};

    private static final byte ABSENT = 0;
    private static final byte STRING = 1;
    private static final byte NUMBER = 2;
    private static final byte TRUE = 3;
    private static final byte FALSE = 4;
    private static final byte OTHER = 5;

    private static final int DEPTH_MAX = 64;
    private static final int LONG_DIGITS_MAX = 18;

    private final byte[] types = new byte[FIELD_COUNT];
    private final int[] starts = new int[FIELD_COUNT];
    private final int[] ends = new int[FIELD_COUNT];
    private final Levels bids = new Levels();
    private final Levels asks = new Levels();

    private byte[] bytes;
    private int lineStart;
    private int position;
    private int limit;
    private long localTimeNs;
    private Kind kind;

    /**
     * @throws MalformedLine for a line that is no time followed by JSON, or whose event type is no text. Fields are
     *                       checked when they are read.
     */
    void parse(final byte[] buffer, final int start, final int end)
    {
        Arrays.fill(types, ABSENT);
        bids.reset();
        asks.reset();
        bytes = buffer;
        lineStart = start;
        limit = end;
        parseTime(start);
        skipSpace();
        if (peek() == '[')
        {
            skipArray(0);
        }
        else if (peek() == '{')
        {
            parseObject(0, true);
        }
        else
        {
            throw unexpected("a JSON object after the time");
        }
        skipSpace();
        if (position < limit)
        {
            throw unexpected("nothing after the JSON");
        }
        kind = classify();
    }

    byte[] bytes()
    {
        return bytes;
    }

    long localTimeNs()
    {
        return localTimeNs;
    }

    Kind kind()
    {
        return kind;
    }

    /** Of a depth change or a snapshot. */
    Levels bids()
    {
        return wellFormed(bids, kind == Kind.SNAPSHOT ? BIDS : BID);
    }

    Levels asks()
    {
        return wellFormed(asks, kind == Kind.SNAPSHOT ? ASKS : ASK);
    }

    boolean has(final int field)
    {
        return types[field] != ABSENT;
    }

    int start(final int field)
    {
        return starts[field];
    }

    int end(final int field)
    {
        return ends[field];
    }

    /** The field's range is to be read as a decimal: text, or a number. */
    void requireDecimal(final int field)
    {
        if (types[field] != STRING && types[field] != NUMBER)
        {
            throw wrong(field, "a decimal");
        }
    }

    long integer(final int field)
    {
        final int start = starts[field];
        final int end = ends[field];
        if (types[field] != NUMBER || end - start > LONG_DIGITS_MAX)
        {
            throw wrong(field, "a whole number");
        }
        long value = 0;
        for (int i = start; i < end; i++)
        {
            final int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9)
            {
                throw wrong(field, "a whole number, not negative");
            }
            value = value * 10 + digit;
        }
        return value;
    }

    boolean bool(final int field)
    {
        if (types[field] != TRUE && types[field] != FALSE)
        {
            throw wrong(field, "true or false");
        }
        return types[field] == TRUE;
    }

    /** The venue's time of the event, or 0. */
    long venueTimeNs()
    {
        final int field = has(EVENT_TIME) ? EVENT_TIME : TRANSACTION_TIME;
        if (!has(field))
        {
            return 0;
        }
        final long time = integer(field);
        return time * Text.timeUnitNs(time);
    }

    /** The field that names the symbol, or -1. A stream's name names it in lower case, before the first {@code @}. */
    int symbolField()
    {
        for (final int field : SYMBOL_FIELDS)
        {
            if (has(field))
            {
                if (types[field] != STRING || starts[field] == ends[field])
                {
                    throw wrong(field, "a name");
                }
                if (field != STREAM || bytes[starts[STREAM]] != '!' && symbolEnd(STREAM) > starts[STREAM])
                {
                    return field;
                }
            }
        }
        return NO_FIELD;
    }

    int symbolEnd(final int field)
    {
        if (field != STREAM)
        {
            return ends[field];
        }
        for (int i = starts[STREAM]; i < ends[STREAM]; i++)
        {
            if (bytes[i] == '@')
            {
                return i;
            }
        }
        return starts[STREAM];
    }

    /** What to call a stream that is not converted; allocates. */
    String streamName()
    {
        final int field = types[STREAM] == STRING ? STREAM : EVENT;
        return types[field] == STRING
            ? Text.excerpt(bytes, starts[field], ends[field])
            : "(neither stream nor event type)";
    }

    MalformedLine wrong(final int field, final String expected)
    {
        final String value = types[field] == ABSENT
            ? ""
            : Text.excerpt(bytes, starts[field], Math.max(starts[field], ends[field]));
        return new MalformedLine(FIELD_NAMES[field] + "=" + value + ": expected " + expected);
    }

    private Levels wellFormed(final Levels levels, final int field)
    {
        if (!levels.isWellFormed)
        {
            throw wrong(field, "an array of [price, quantity]");
        }
        return levels;
    }

    private Kind classify()
    {
        if (types[EVENT] == STRING)
        {
            return classifyEvent(starts[EVENT], ends[EVENT]);
        }
        if (has(EVENT))
        {
            throw wrong(EVENT, "a name in quotes");
        }
        if (has(SNAPSHOT_UPDATE_ID))
        {
            return isPartialDepth() ? Kind.UNKNOWN : Kind.SNAPSHOT;
        }
        if (has(LAST_UPDATE_ID) && has(SYMBOL) && has(BID) && has(BID_QUANTITY) && has(ASK) && has(ASK_QUANTITY))
        {
            return Kind.QUOTE;
        }
        return types[STREAM] == STRING ? classifyStream() : Kind.UNKNOWN;
    }

    private Kind classifyEvent(final int start, final int end)
    {
        if (Text.equal(bytes, start, end, "depthUpdate"))
        {
            return isPartialDepth() ? Kind.UNKNOWN : Kind.DEPTH;
        }
        if (Text.equal(bytes, start, end, "bookTicker"))
        {
            return Kind.QUOTE;
        }
        return Text.equal(bytes, start, end, "trade") || Text.equal(bytes, start, end, "aggTrade")
            ? Kind.TRADE
            : Kind.UNKNOWN;
    }

    /**
     * By the stream's name alone: then required fields are missing, and saying which is better than passing over it.
     */
    private Kind classifyStream()
    {
        final int start = streamKind();
        if (startsWith(start, ends[STREAM], "depth"))
        {
            return isPartialDepth() ? Kind.UNKNOWN : Kind.DEPTH;
        }
        return classifyEvent(start, ends[STREAM]);
    }

    /**
     * A stream such as {@code btcusdt@depth20} repeats the best levels of the book: neither a change nor a whole
     * snapshot, though its frames look like one or the other.
     */
    private boolean isPartialDepth()
    {
        if (types[STREAM] != STRING)
        {
            return false;
        }
        final int start = streamKind();
        final int levels = start + "depth".length();
        return startsWith(start, ends[STREAM], "depth") && levels < ends[STREAM] && bytes[levels] >= '0' &&
            bytes[levels] <= '9';
    }

    private int streamKind()
    {
        for (int i = starts[STREAM]; i < ends[STREAM]; i++)
        {
            if (bytes[i] == '@' || bytes[i] == '!')
            {
                return i + 1;
            }
        }
        return ends[STREAM];
    }

    private boolean startsWith(final int start, final int end, final String text)
    {
        return end - start >= text.length() && Text.equal(bytes, start, start + text.length(), text);
    }

    private void parseTime(final int start)
    {
        int end = start;
        while (end < limit && bytes[end] != ' ' && bytes[end] != '\t')
        {
            end++;
        }
        localTimeNs = Text.timeNs(bytes, start, end);
        if (localTimeNs == Text.NOT_A_NUMBER)
        {
            throw new MalformedLine("time=" + Text.excerpt(bytes, start, end) +
                ": expected the local time, a number, and a space before the JSON");
        }
        position = end;
    }

    private void parseObject(final int depth, final boolean isRecorded)
    {
        position++;
        skipSpace();
        if (peek() == '}')
        {
            position++;
            return;
        }
        while (true)
        {
            if (peek() != '"')
            {
                throw unexpected("a name in quotes");
            }
            final int keyStart = position + 1;
            skipString();
            final int field = isRecorded ? fieldOf(keyStart, position - 1) : NO_FIELD;
            skipSpace();
            if (peek() != ':')
            {
                throw unexpected("':'");
            }
            position++;
            skipSpace();
            parseValue(field, depth);
            skipSpace();
            final int c = peek();
            if (c == '}')
            {
                position++;
                return;
            }
            if (c != ',')
            {
                throw unexpected("',' or '}'");
            }
            position++;
            skipSpace();
        }
    }

    private void parseValue(final int field, final int depth)
    {
        if (field == NO_FIELD)
        {
            skipValue(depth);
        }
        else if (field == DATA)
        {
            if (depth == 0 && peek() == '{')
            {
                parseObject(1, true);
            }
            else
            {
                skipValue(depth);
            }
        }
        else
        {
            parseField(field, depth);
        }
    }

    private void parseField(final int field, final int depth)
    {
        final int start = position;
        switch (peek())
        {
            case '"' -> {
                skipString();
                record(field, STRING, start + 1, position - 1);
            }
            case 't' -> {
                skipLiteral("true");
                record(field, TRUE, start, position);
            }
            case 'f' -> {
                skipLiteral("false");
                record(field, FALSE, start, position);
            }
            case '[' -> {
                parseArrayField(field, depth);
                record(field, OTHER, start, position);
            }
            case '{', 'n' -> {
                skipValue(depth);
                record(field, OTHER, start, position);
            }
            default -> {
                skipNumber();
                record(field, NUMBER, start, position);
            }
        }
    }

    private void record(final int field, final byte type, final int start, final int end)
    {
        types[field] = type;
        starts[field] = start;
        ends[field] = end;
    }

    private void parseArrayField(final int field, final int depth)
    {
        final int start = position;
        final Levels levels = field == BID || field == BIDS ? bids : field == ASK || field == ASKS ? asks : null;
        if (null == levels || !parseLevels(levels))
        {
            position = start;
            skipArray(depth);
        }
    }

    /**
     * False for anything that is not an array of [price, quantity, and anything]: whoever needs the levels will say so.
     */
    private boolean parseLevels(final Levels levels)
    {
        levels.reset();
        position++;
        skipSpace();
        if (peek() == ']')
        {
            position++;
            levels.isWellFormed = true;
            return true;
        }
        while (true)
        {
            if (!parseLevel(levels))
            {
                return false;
            }
            skipSpace();
            final int c = peek();
            position++;
            if (c == ']')
            {
                levels.isWellFormed = true;
                return true;
            }
            if (c != ',')
            {
                return false;
            }
            skipSpace();
        }
    }

    private boolean parseLevel(final Levels levels)
    {
        if (peek() != '[')
        {
            return false;
        }
        position++;
        final int at = levels.begin();
        skipSpace();
        if (!parseLevelNumber(levels, at))
        {
            return false;
        }
        skipSpace();
        if (peek() != ',')
        {
            return false;
        }
        position++;
        skipSpace();
        if (!parseLevelNumber(levels, at + 2))
        {
            return false;
        }
        skipSpace();
        while (peek() == ',')
        {
            position++;
            skipSpace();
            skipValue(3);
            skipSpace();
        }
        if (peek() != ']')
        {
            return false;
        }
        position++;
        levels.count++;
        return true;
    }

    private boolean parseLevelNumber(final Levels levels, final int at)
    {
        final int start = position;
        final int c = peek();
        if (c == '"')
        {
            skipString();
            levels.ranges[at] = start + 1;
            levels.ranges[at + 1] = position - 1;
            return true;
        }
        if (c == '-' || c >= '0' && c <= '9')
        {
            skipNumber();
            levels.ranges[at] = start;
            levels.ranges[at + 1] = position;
            return true;
        }
        return false;
    }

    private void skipValue(final int depth)
    {
        if (depth > DEPTH_MAX)
        {
            throw unexpected("JSON nested at most " + DEPTH_MAX + " deep");
        }
        switch (peek())
        {
            case '"' -> skipString();
            case '{' -> parseObject(depth + 1, false);
            case '[' -> skipArray(depth + 1);
            case 't' -> skipLiteral("true");
            case 'f' -> skipLiteral("false");
            case 'n' -> skipLiteral("null");
            default -> skipNumber();
        }
    }

    private void skipArray(final int depth)
    {
        position++;
        skipSpace();
        if (peek() == ']')
        {
            position++;
            return;
        }
        while (true)
        {
            skipValue(depth);
            skipSpace();
            final int c = peek();
            if (c == ']')
            {
                position++;
                return;
            }
            if (c != ',')
            {
                throw unexpected("',' or ']'");
            }
            position++;
            skipSpace();
        }
    }

    private void skipString()
    {
        position++;
        while (position < limit)
        {
            final byte c = bytes[position++];
            if (c == '"')
            {
                return;
            }
            if (c == '\\')
            {
                skipEscape();
            }
            else if (c >= 0 && c < ' ')
            {
                position--;
                throw unexpected("no control character in text");
            }
        }
        throw unexpected("'\"' at the end of text");
    }

    private void skipEscape()
    {
        final int c = peek();
        position++;
        if (c == 'u')
        {
            for (int i = 0; i < 4; i++)
            {
                if (Character.digit(peek(), 16) < 0)
                {
                    throw unexpected("four hexadecimal digits after \\u");
                }
                position++;
            }
        }
        else if (c < 0 || "\"\\/bfnrt".indexOf(c) < 0)
        {
            position--;
            throw unexpected("an escape that JSON knows");
        }
    }

    private void skipNumber()
    {
        if (peek() == '-')
        {
            position++;
        }
        if (peek() == '0')
        {
            position++;
        }
        else
        {
            skipDigits();
        }
        if (peek() == '.')
        {
            position++;
            skipDigits();
        }
        if (peek() == 'e' || peek() == 'E')
        {
            position++;
            if (peek() == '+' || peek() == '-')
            {
                position++;
            }
            skipDigits();
        }
    }

    private void skipDigits()
    {
        final int start = position;
        while (position < limit && bytes[position] >= '0' && bytes[position] <= '9')
        {
            position++;
        }
        if (position == start)
        {
            throw unexpected("a JSON value");
        }
    }

    private void skipLiteral(final String literal)
    {
        if (!startsWith(position, limit, literal))
        {
            throw unexpected("a JSON value");
        }
        position += literal.length();
    }

    private void skipSpace()
    {
        while (position < limit && isSpace(bytes[position]))
        {
            position++;
        }
    }

    private static boolean isSpace(final byte c)
    {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    /** The next byte, or -1 at the end of the line. */
    private int peek()
    {
        return position < limit ? bytes[position] : -1;
    }

    private MalformedLine unexpected(final String expected)
    {
        final String found = position < limit ? Text.excerpt(bytes, position, limit) : "end of line";
        return new MalformedLine(
            "json=" + found + ": expected " + expected + " at column " + (position - lineStart + 1));
    }

    private int fieldOf(final int start, final int end)
    {
        if (end - start == 1)
        {
            return fieldOfLetter(bytes[start]);
        }
        if (end - start == 2)
        {
            return bytes[start] != 'p'
                ? NO_FIELD
                : bytes[start + 1] == 'u'
                    ? PREVIOUS_UPDATE_ID
                    : bytes[start + 1] == 's'
                        ? PAIR_OF_EVENT
                        : NO_FIELD;
        }
        return fieldOfWord(start, end);
    }

    private static int fieldOfLetter(final byte letter)
    {
        return switch (letter)
        {
            case 'e' -> EVENT;
            case 'E' -> EVENT_TIME;
            case 'T' -> TRANSACTION_TIME;
            case 's' -> SYMBOL;
            case 'U' -> FIRST_UPDATE_ID;
            case 'u' -> LAST_UPDATE_ID;
            case 'b' -> BID;
            case 'B' -> BID_QUANTITY;
            case 'a' -> ASK;
            case 'A' -> ASK_QUANTITY;
            case 'p' -> PRICE;
            case 'q' -> QUANTITY;
            case 't' -> TRADE_ID;
            case 'm' -> IS_BUYER_MAKER;
            case 'M' -> SPOT_MARK;
            case 'X' -> FUTURES_MARK;
            default -> NO_FIELD;
        };
    }

    private int fieldOfWord(final int start, final int end)
    {
        if (Text.equal(bytes, start, end, "stream"))
        {
            return STREAM;
        }
        if (Text.equal(bytes, start, end, "data"))
        {
            return DATA;
        }
        if (Text.equal(bytes, start, end, "bids"))
        {
            return BIDS;
        }
        if (Text.equal(bytes, start, end, "asks"))
        {
            return ASKS;
        }
        if (Text.equal(bytes, start, end, "lastUpdateId"))
        {
            return SNAPSHOT_UPDATE_ID;
        }
        if (Text.equal(bytes, start, end, "symbol"))
        {
            return SYMBOL_OF_SNAPSHOT;
        }
        return Text.equal(bytes, start, end, "pair") ? PAIR_OF_SNAPSHOT : NO_FIELD;
    }
}
