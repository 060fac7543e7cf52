package io.lockstep.cli.output;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Locale;

/**
 * An output that knows whether all was written, for {@link java.io.PrintWriter} tells nobody. The first failure is kept, and
 * everything after it fails likewise. One thread at a time, as the streams it is used with see to.
 */
public final class CheckedOutput extends OutputStream
{
    private final String name;
    private final OutputStream target;
    private IOException failure;

    /**
     * @param name for messages.
     */
    public CheckedOutput(final String name, final OutputStream target)
    {
        this.name = name;
        this.target = target;
    }

    @Override
    public void write(final int value) throws IOException
    {
        write(new byte[]{(byte)value}, 0, 1);
    }

    @Override
    public void write(final byte[] bytes, final int offset, final int length) throws IOException
    {
        attempt(() -> target.write(bytes, offset, length));
    }

    @Override
    public void flush() throws IOException
    {
        attempt(target::flush);
    }

    @Override
    public void close() throws IOException
    {
        try (target)
        {
            flush();
        }
    }

    /** What could not be written and why; null when all was, or when the reader of a pipe had gone. */
    public String problem()
    {
        return failure == null || isClosedPipe(failure) ? null : failure.getMessage();
    }

    private void attempt(final Attempt attempt) throws IOException
    {
        if (failure != null)
        {
            throw failure;
        }
        try
        {
            attempt.run();
            if (target instanceof PrintStream stream && stream.checkError())
            {
                throw new IOException("write error");
            }
        }
        catch (final IOException ex)
        {
            failure = new IOException("cannot write " + name + ": " + ex.getMessage(), ex);
            throw failure;
        }
    }

    /** Whoever read this has gone, which is no error: {@code lockstep journal print ... | head -1}. */
    public static boolean isClosedPipe(final IOException ex)
    {
        final String message = String.valueOf(ex.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("broken pipe") || message.contains("epipe");
    }

    /** What may fail. */
    private interface Attempt
    {
        void run() throws IOException;
    }
}
