package io.lockstep.gateways.recording.binance;

import io.lockstep.gateways.recording.finding.MalformedLine;
import io.lockstep.gateways.recording.text.Text;

import java.util.Arrays;

import static io.lockstep.gateways.recording.binance.BinanceField.ASK;
import static io.lockstep.gateways.recording.binance.BinanceField.ASKS;
import static io.lockstep.gateways.recording.binance.BinanceField.ASK_QUANTITY;
import static io.lockstep.gateways.recording.binance.BinanceField.BID;
import static io.lockstep.gateways.recording.binance.BinanceField.BIDS;
import static io.lockstep.gateways.recording.binance.BinanceField.BID_QUANTITY;
import static io.lockstep.gateways.recording.binance.BinanceField.DATA;
import static io.lockstep.gateways.recording.binance.BinanceField.EVENT;
import static io.lockstep.gateways.recording.binance.BinanceField.EVENT_TIME;
import static io.lockstep.gateways.recording.binance.BinanceField.FUTURES_MARK;
import static io.lockstep.gateways.recording.binance.BinanceField.LAST_UPDATE_ID;
import static io.lockstep.gateways.recording.binance.BinanceField.QUANTITY;
import static io.lockstep.gateways.recording.binance.BinanceField.SNAPSHOT_UPDATE_ID;
import static io.lockstep.gateways.recording.binance.BinanceField.STREAM;
import static io.lockstep.gateways.recording.binance.BinanceField.SYMBOL;
import static io.lockstep.gateways.recording.binance.BinanceField.SYMBOL_OF_SNAPSHOT;
import static io.lockstep.gateways.recording.binance.BinanceField.TRANSACTION_TIME;

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

    private static final BinanceField[] SYMBOL_FIELDS = {SYMBOL, SYMBOL_OF_SNAPSHOT, STREAM};

    private static final byte ABSENT = 0;
    private static final byte STRING = 1;
    private static final byte NUMBER = 2;
    private static final byte TRUE = 3;
    private static final byte FALSE = 4;
    private static final byte OTHER = 5;

    private static final int LONG_DIGITS_MAX = 18;

    private final JsonCursor json = new JsonCursor();
    private final byte[] types = new byte[BinanceField.COUNT];
    private final int[] starts = new int[BinanceField.COUNT];
    private final int[] ends = new int[BinanceField.COUNT];
    private final LevelRanges bids = new LevelRanges();
    private final LevelRanges asks = new LevelRanges();

    private byte[] bytes;
    private long localTimeNs;
    private Kind kind;

    /**
     * @throws MalformedLine for a line that is no time followed by JSON, or whose event type is no text. Fields are
     *                       checked when they are read.
     */
    void parse(final byte[] buffer, final int start, final int end)
    {
        Arrays.fill(types, ABSENT);
        bids.clear();
        asks.clear();
        bytes = buffer;
        json.wrap(buffer, start, parseTime(start, end), end);
        json.skipSpace();
        switch (json.peek())
        {
            case '{' -> parseObject(0);
            case '[' -> json.skipArray(0);
            default -> throw json.unexpected("a JSON object after the time");
        }
        json.skipSpace();
        if (!json.isAtEnd())
        {
            throw json.unexpected("nothing after the JSON");
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
    LevelRanges bids()
    {
        return wellFormed(bids, kind == Kind.SNAPSHOT ? BIDS : BID);
    }

    LevelRanges asks()
    {
        return wellFormed(asks, kind == Kind.SNAPSHOT ? ASKS : ASK);
    }

    boolean has(final BinanceField field)
    {
        return type(field) != ABSENT;
    }

    int start(final BinanceField field)
    {
        return starts[field.ordinal()];
    }

    int end(final BinanceField field)
    {
        return ends[field.ordinal()];
    }

    /** The field's range is to be read as a decimal: text, or a number. */
    void requireDecimal(final BinanceField field)
    {
        if (type(field) != STRING && type(field) != NUMBER)
        {
            throw wrong(field, "a decimal");
        }
    }

    long integer(final BinanceField field)
    {
        final int start = start(field);
        final int end = end(field);
        if (type(field) != NUMBER || end - start > LONG_DIGITS_MAX)
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

    boolean bool(final BinanceField field)
    {
        if (type(field) != TRUE && type(field) != FALSE)
        {
            throw wrong(field, "true or false");
        }
        return type(field) == TRUE;
    }

    /** Whether a trade is none: the venue marks it so, or nothing was traded. */
    boolean isNoTrade()
    {
        return type(FUTURES_MARK) == STRING && Text.equal(bytes, start(FUTURES_MARK), end(FUTURES_MARK), "NA") ||
            isZero(QUANTITY);
    }

    /** Whether the field is a decimal of 0. */
    boolean isZero(final BinanceField field)
    {
        return Text.isZero(bytes, start(field), end(field));
    }

    /** {@code field=value}, for messages. */
    String describe(final BinanceField field)
    {
        return field.key() + "=" + Text.excerpt(bytes, start(field), end(field));
    }

    /** The venue's time of the event, or 0. */
    long venueTimeNs()
    {
        final BinanceField field = has(EVENT_TIME) ? EVENT_TIME : TRANSACTION_TIME;
        if (!has(field))
        {
            return 0;
        }
        final long time = integer(field);
        return time * Text.timeUnitNs(time);
    }

    /** The field that names the symbol, or null. A stream's name names it in lower case, before the first {@code @}. */
    BinanceField symbolField()
    {
        for (final BinanceField field : SYMBOL_FIELDS)
        {
            if (has(field))
            {
                if (type(field) != STRING || start(field) == end(field))
                {
                    throw wrong(field, "a name");
                }
                if (field != STREAM || bytes[start(STREAM)] != '!' && symbolEnd(STREAM) > start(STREAM))
                {
                    return field;
                }
            }
        }
        return null;
    }

    int symbolEnd(final BinanceField field)
    {
        if (field != STREAM)
        {
            return end(field);
        }
        for (int i = start(STREAM); i < end(STREAM); i++)
        {
            if (bytes[i] == '@')
            {
                return i;
            }
        }
        return start(STREAM);
    }

    /** What to call a stream that is not converted; allocates. */
    String streamName()
    {
        final BinanceField field = type(STREAM) == STRING ? STREAM : EVENT;
        return type(field) == STRING
            ? Text.excerpt(bytes, start(field), end(field))
            : "(neither stream nor event type)";
    }

    MalformedLine wrong(final BinanceField field, final String expected)
    {
        final String value = type(field) == ABSENT
            ? ""
            : Text.excerpt(bytes, start(field), Math.max(start(field), end(field)));
        return new MalformedLine(field.key() + "=" + value + ": expected " + expected);
    }

    private byte type(final BinanceField field)
    {
        return types[field.ordinal()];
    }

    private LevelRanges wellFormed(final LevelRanges levels, final BinanceField field)
    {
        if (!levels.isWellFormed())
        {
            throw wrong(field, "an array of [price, quantity]");
        }
        return levels;
    }

    private Kind classify()
    {
        if (type(EVENT) == STRING)
        {
            return classifyEvent(start(EVENT), end(EVENT));
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
        return type(STREAM) == STRING ? classifyStream() : Kind.UNKNOWN;
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
        if (Text.startsWith(bytes, start, end(STREAM), "depth"))
        {
            return isPartialDepth() ? Kind.UNKNOWN : Kind.DEPTH;
        }
        return classifyEvent(start, end(STREAM));
    }

    /**
     * A stream such as {@code btcusdt@depth20} repeats the best levels of the book: neither a change nor a whole
     * snapshot, though its frames look like one or the other.
     */
    private boolean isPartialDepth()
    {
        if (type(STREAM) != STRING)
        {
            return false;
        }
        final int start = streamKind();
        final int levels = start + "depth".length();
        return Text.startsWith(bytes, start, end(STREAM), "depth") && levels < end(STREAM) && bytes[levels] >= '0' &&
            bytes[levels] <= '9';
    }

    private int streamKind()
    {
        for (int i = start(STREAM); i < end(STREAM); i++)
        {
            if (bytes[i] == '@' || bytes[i] == '!')
            {
                return i + 1;
            }
        }
        return end(STREAM);
    }

    /** Returns where the time ends. */
    private int parseTime(final int start, final int lineEnd)
    {
        int end = start;
        while (end < lineEnd && bytes[end] != ' ' && bytes[end] != '\t')
        {
            end++;
        }
        localTimeNs = Text.timeNs(bytes, start, end);
        if (localTimeNs == Text.NOT_A_NUMBER)
        {
            throw new MalformedLine("time=" + Text.excerpt(bytes, start, end) +
                ": expected the local time, a number, and a space before the JSON");
        }
        return end;
    }

    private void parseObject(final int depth)
    {
        if (json.enter('}'))
        {
            do
            {
                json.skipName();
                parseMember(BinanceField.of(bytes, json.nameStart(), json.nameEnd()), depth);
            }
            while (json.next('}'));
        }
    }

    private void parseMember(final BinanceField field, final int depth)
    {
        if (field == null)
        {
            json.skipValue(depth);
        }
        else if (DATA == field)
        {
            parseData(depth);
        }
        else
        {
            parseField(field, depth);
        }
    }

    /** The fields of a combined stream's message count as the line's own. */
    private void parseData(final int depth)
    {
        if (0 == depth && json.peek() == '{')
        {
            parseObject(1);
        }
        else
        {
            json.skipValue(depth);
        }
    }

    private void parseField(final BinanceField field, final int depth)
    {
        final int start = json.position();
        switch (json.peek())
        {
            case '"' -> {
                json.skipString();
                record(field, STRING, start + 1, json.position() - 1);
            }
            case 't' -> {
                json.skipLiteral("true");
                record(field, TRUE, start, json.position());
            }
            case 'f' -> {
                json.skipLiteral("false");
                record(field, FALSE, start, json.position());
            }
            case '[' -> {
                parseArray(levelsOf(field), depth);
                record(field, OTHER, start, json.position());
            }
            case '{', 'n' -> {
                json.skipValue(depth);
                record(field, OTHER, start, json.position());
            }
            default -> {
                json.skipNumber();
                record(field, NUMBER, start, json.position());
            }
        }
    }

    private void record(final BinanceField field, final byte type, final int start, final int end)
    {
        types[field.ordinal()] = type;
        starts[field.ordinal()] = start;
        ends[field.ordinal()] = end;
    }

    private LevelRanges levelsOf(final BinanceField field)
    {
        if (BID == field || BIDS == field)
        {
            return bids;
        }
        return ASK == field || ASKS == field ? asks : null;
    }

    private void parseArray(final LevelRanges levels, final int depth)
    {
        final int start = json.position();
        if (levels == null || !levels.parse(json))
        {
            json.position(start);
            json.skipArray(depth);
        }
    }
}
