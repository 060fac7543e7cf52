package io.lockstep.gateways.recording.finding;

/** What a reader does with a line that it cannot use. */
public enum BadInputPolicy
{
    /** Throws {@link BadInputException}: for offline commands, which then leave no output. */
    REFUSE,
    /** Marks the instrument stale by a FeedStatus message, skips the line and counts it: for a running node. */
    REPORT;

    /**
     * What becomes of a line that cannot be used, before anything is passed on: under {@link #REPORT} nothing yet, the reader will meet it
     * again.
     *
     * @param line from 1; 0 when it is about the file as a whole.
     * @throws BadInputException under {@link #REFUSE}.
     */
    public void onMalformedLine(final String file, final long line, final MalformedLine cause)
    {
        if (this == REFUSE)
        {
            throw new BadInputException(file, line, cause.getMessage());
        }
    }
}
