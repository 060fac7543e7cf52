package io.lockstep.gateways.recording;

import io.lockstep.sbe.FeedReason;

/**
 * Why one line cannot be used. Whoever reads the file knows its name and the line's number, and whether to refuse or to
 * report; without a stack trace, because a running node may meet many.
 */
final class MalformedLine extends RuntimeException
{
    private static final long serialVersionUID = 1L;

    private final FeedReason reason;

    MalformedLine(final String detail)
    {
        this(FeedReason.BAD_INPUT, detail);
    }

    MalformedLine(final FeedReason reason, final String detail)
    {
        super(detail, null, false, false);
        this.reason = reason;
    }

    /** For a line that names no symbol, where its file does not have exactly one. */
    static MalformedLine withoutSymbol(final int symbolsOfFile)
    {
        return new MalformedLine(
            "symbol=: expected a symbol on a line of a file that has " + symbolsOfFile + " of them");
    }

    FeedReason reason()
    {
        return reason;
    }
}
