package io.lockstep.cli.journal;

import io.lockstep.journal.replay.ReplayStart;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Where a replay begins, as it is typed: {@code start}, {@code snapshot} or a sequence.
 */
final class ReplayStartConverter implements ITypeConverter<ReplayStart>
{
    @Override
    public ReplayStart convert(final String text)
    {
        return switch (text)
        {
            case "start" -> ReplayStart.START;
            case "snapshot" -> ReplayStart.SNAPSHOT;
            default -> new ReplayStart(false, sequence(text));
        };
    }

    private static long sequence(final String text)
    {
        try
        {
            final long sequence = Long.parseLong(text);
            if (sequence > 0)
            {
                return sequence;
            }
        }
        catch (final NumberFormatException ex)
        {
            // Said below.
        }
        throw new TypeConversionException("--from=" + text + ": expected start, snapshot or a sequence above 0");
    }
}
