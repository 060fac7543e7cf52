package io.lockstep.gateways.recording.binance;

import io.lockstep.gateways.recording.finding.MalformedLine;
import io.lockstep.gateways.recording.text.Text;

/**
 * Walks over JSON in a line's bytes, and checks what it passes to be JSON. Whoever wants a value remembers where the
 * cursor was before and after it. No allocation, except for errors.
 */
final class JsonCursor
{
    private static final int DEPTH_MAX = 64;

    private byte[] bytes;
    private int lineStart;
    private int position;
    private int limit;
    private int nameStart;
    private int nameEnd;

    /**
     * @param newLineStart from which messages count columns.
     * @param start        of the JSON, or of space before it.
     */
    void wrap(final byte[] newBytes, final int newLineStart, final int start, final int end)
    {
        bytes = newBytes;
        lineStart = newLineStart;
        position = start;
        limit = end;
    }

    byte[] bytes()
    {
        return bytes;
    }

    int position()
    {
        return position;
    }

    void position(final int newPosition)
    {
        position = newPosition;
    }

    boolean isAtEnd()
    {
        return position >= limit;
    }

    /** The next byte, or -1 at the end of the line. */
    int peek()
    {
        return position < limit ? bytes[position] : -1;
    }

    /** Passes the character and space after it, if it is next. */
    boolean accept(final char c)
    {
        if (peek() != c)
        {
            return false;
        }
        position++;
        skipSpace();
        return true;
    }

    /**
     * Passes the bracket that opens an object or array.
     *
     * @return false when nothing is in it: then the closing bracket is passed too.
     */
    boolean enter(final char closing)
    {
        position++;
        skipSpace();
        if (peek() != closing)
        {
            return true;
        }
        position++;
        return false;
    }

    /**
     * Passes what follows a value in an object or array.
     *
     * @return false when that was the closing bracket, true when another value comes.
     */
    boolean next(final char closing)
    {
        skipSpace();
        final int c = peek();
        if (c != closing && c != ',')
        {
            throw unexpected("',' or '" + closing + "'");
        }
        position++;
        if (c == closing)
        {
            return false;
        }
        skipSpace();
        return true;
    }

    /** Passes the name of a member and the colon, up to the member's value. */
    void skipName()
    {
        if (peek() != '"')
        {
            throw unexpected("a name in quotes");
        }
        nameStart = position + 1;
        skipString();
        nameEnd = position - 1;
        skipSpace();
        if (!accept(':'))
        {
            throw unexpected("':'");
        }
    }

    /** Of the name passed last, without quotes. */
    int nameStart()
    {
        return nameStart;
    }

    int nameEnd()
    {
        return nameEnd;
    }

    void skipValue(final int depth)
    {
        if (depth > DEPTH_MAX)
        {
            throw unexpected("JSON nested at most " + DEPTH_MAX + " deep");
        }
        switch (peek())
        {
            case '"' -> skipString();
            case '{' -> skipObject(depth + 1);
            case '[' -> skipArray(depth + 1);
            case 't' -> skipLiteral("true");
            case 'f' -> skipLiteral("false");
            case 'n' -> skipLiteral("null");
            default -> skipNumber();
        }
    }

    void skipArray(final int depth)
    {
        if (enter(']'))
        {
            do
            {
                skipValue(depth);
            }
            while (next(']'));
        }
    }

    private void skipObject(final int depth)
    {
        if (enter('}'))
        {
            do
            {
                skipName();
                skipValue(depth);
            }
            while (next('}'));
        }
    }

    void skipString()
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

    void skipNumber()
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

    void skipLiteral(final String literal)
    {
        if (!Text.startsWith(bytes, position, limit, literal))
        {
            throw unexpected("a JSON value");
        }
        position += literal.length();
    }

    void skipSpace()
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

    MalformedLine unexpected(final String expected)
    {
        final String found = position < limit ? Text.excerpt(bytes, position, limit) : "end of line";
        return new MalformedLine(
            "json=" + found + ": expected " + expected + " at column " + (position - lineStart + 1));
    }
}
