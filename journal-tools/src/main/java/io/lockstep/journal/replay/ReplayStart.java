package io.lockstep.journal.replay;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Where a replay begins: the journal's start, the newest snapshot, or a sequence.
 *
 * @param isSnapshot whether the newest snapshot is meant.
 * @param sequence   of the first input, 1 for the start.
 */
public record ReplayStart(boolean isSnapshot, long sequence)
{
    static final ReplayStart START = new ReplayStart(false, 1);

    /** From what is typed. */
    public static final class Converter implements ITypeConverter<ReplayStart>
    {
        @Override
        public ReplayStart convert(final String text)
        {
            if ("start".equals(text))
            {
                return START;
            }
            if ("snapshot".equals(text))
            {
                return new ReplayStart(true, 1);
            }
            try
            {
                final long sequence = Long.parseLong(text);
                if (sequence > 0)
                {
                    return new ReplayStart(false, sequence);
                }
            }
            catch (final NumberFormatException ex)
            {
                // Said below.
            }
            throw new TypeConversionException("--from=" + text + ": expected start, snapshot or a sequence above 0");
        }
    }
}
