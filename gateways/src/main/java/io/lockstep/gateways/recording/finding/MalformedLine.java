package io.lockstep.gateways.recording.finding;

import io.lockstep.sbe.FeedReason;

/**
 * Why one line cannot be used. Whoever reads the file knows its name and the line's number, and whether to refuse or to
 * report; without a stack trace, because a running node may meet many.
 */
public final class MalformedLine extends RuntimeException
{
    private static final long serialVersionUID = 1L;

    private final FeedReason reason;

    public MalformedLine(final String detail)
    {
        this(FeedReason.BAD_INPUT, detail);
    }

    public MalformedLine(final FeedReason reason, final String detail)
    {
        super(detail, null, false, false);
        this.reason = reason;
    }

    /** For a line that names no symbol, where its file does not have exactly one. */
    public static MalformedLine withoutSymbol(final int symbolsOfFile)
    {
        return new MalformedLine(
            "symbol=: expected a symbol on a line of a file that has " + symbolsOfFile + " of them");
    }

    public FeedReason reason()
    {
        return reason;
    }
}
