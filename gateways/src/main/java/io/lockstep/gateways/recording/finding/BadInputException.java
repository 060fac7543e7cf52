package io.lockstep.gateways.recording.finding;

/**
 * A recording that cannot be read as what it was given as. The message names file and line, what was found and what was
 * expected: {@code file:line: field=value: what was expected}.
 */
public final class BadInputException extends RuntimeException
{
    private static final long serialVersionUID = 1L;

    /**
     * @param line from 1; 0 when it is about the file as a whole.
     */
    public BadInputException(final String file, final long line, final String detail)
    {
        super(message(file, line, detail));
    }

    static String message(final String file, final long line, final String detail)
    {
        return file + (line > 0 ? ":" + line : "") + ": " + detail;
    }
}
