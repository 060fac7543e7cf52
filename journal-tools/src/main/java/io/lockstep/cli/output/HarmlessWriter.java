package io.lockstep.cli.output;

import io.lockstep.codecs.text.Escapes;

import java.io.IOException;
import java.io.Writer;

/**
 * Where all text of a command goes through: control characters, escape sequences and marks of direction that came from outside
 * and that nothing has escaped before are escaped here, so that they never reach a terminal. Line feeds and tabulators pass.
 */
public final class HarmlessWriter extends Writer
{
    private final Writer target;
    private final boolean allowsReturn;
    private char highSurrogate;

    /**
     * @param allowsReturn whether a carriage return passes, with which a bar of progress begins its line anew.
     */
    public HarmlessWriter(final Writer target, final boolean allowsReturn)
    {
        super(target);
        this.target = target;
        this.allowsReturn = allowsReturn;
    }

    @Override
    public void write(final char[] text, final int offset, final int length) throws IOException
    {
        if (highSurrogate == 0 && isPlain(text, offset, length))
        {
            target.write(text, offset, length);
            return;
        }
        final StringBuilder whole = new StringBuilder(length + 1);
        if (highSurrogate != 0)
        {
            whole.append(highSurrogate);
            highSurrogate = 0;
        }
        whole.append(text, offset, length);
        if (whole.length() > 0 && Character.isHighSurrogate(whole.charAt(whole.length() - 1)))
        {
            highSurrogate = whole.charAt(whole.length() - 1);
            whole.setLength(whole.length() - 1);
        }
        target.write(harmless(whole));
    }

    private String harmless(final CharSequence text)
    {
        if (!allowsReturn || text.toString().indexOf('\r') < 0)
        {
            return Escapes.lines(text);
        }
        final StringBuilder lines = new StringBuilder();
        for (final String part : text.toString().split("(?<=\r)|(?=\r)"))
        {
            lines.append(part.equals("\r") ? part : Escapes.lines(part));
        }
        return lines.toString();
    }

    private static boolean isPlain(final char[] text, final int offset, final int length)
    {
        for (int i = offset; i < offset + length; i++)
        {
            final char c = text[i];
            if ((c < ' ' && c != '\n' && c != '\t') || c > '~')
            {
                return false;
            }
        }
        return true;
    }

    @Override
    public void flush() throws IOException
    {
        target.flush();
    }

    @Override
    public void close() throws IOException
    {
        target.close();
    }
}
