package io.lockstep.core.host;

/**
 * The core failed on an input. Its state is that of no sequence, and the host must not be used again; the input is in the
 * journal, and a replay that passes over it goes on.
 */
public final class CoreFailureException extends RuntimeException
{
    private static final long serialVersionUID = 1L;

    private final long sequence;
    private final String detail;

    /**
     * @param detail what failed, on what and where.
     */
    public CoreFailureException(final long sequence, final String detail, final Throwable cause)
    {
        super("the core fails on the input of sequence=" + sequence + ": " + detail, cause);
        this.sequence = sequence;
        this.detail = detail;
    }

    /** Sequence of the input. */
    public long sequence()
    {
        return sequence;
    }

    /** The message without the sequence. */
    public String detail()
    {
        return detail;
    }
}
