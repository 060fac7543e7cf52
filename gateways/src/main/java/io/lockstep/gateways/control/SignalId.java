package io.lockstep.gateways.control;

import java.nio.charset.StandardCharsets;

/**
 * Whose signal it is, and which: the node answers each once. Within an epoch a client counts up, in steps of its own; a higher epoch
 * begins the counter anew, and the earlier ones are over.
 *
 * @param clientName from 1 to {@value #NAME_BYTES_MAX} bytes in UTF-8.
 * @param epoch      not negative.
 * @param counter    not negative.
 */
public record SignalId(String clientName, long epoch, long counter)
{
    public static final int NAME_BYTES_MAX = 64;

    private static final String FORM = "expected CLIENT:EPOCH:COUNTER, such as platform:1:42";

    public SignalId
    {
        final int bytes = clientName.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > NAME_BYTES_MAX || clientName.codePoints().anyMatch(Character::isISOControl))
        {
            throw new IllegalArgumentException("client=" + clientName.strip() + ": expected a name of 1 to " +
                NAME_BYTES_MAX + " bytes on one line");
        }
        if (epoch < 0 || counter < 0)
        {
            throw new IllegalArgumentException(
                "epoch=" + epoch + " counter=" + counter + ": expected no negative number");
        }
    }

    /**
     * From {@code CLIENT:EPOCH:COUNTER}; the client's name may have colons too.
     *
     * @throws IllegalArgumentException when it has not that form.
     */
    public static SignalId parse(final String text)
    {
        final int beforeCounter = text.lastIndexOf(':');
        final int beforeEpoch = text.lastIndexOf(':', beforeCounter - 1);
        if (beforeEpoch < 0)
        {
            throw new IllegalArgumentException(FORM);
        }
        return new SignalId(text.substring(0, beforeEpoch), number(text.substring(beforeEpoch + 1, beforeCounter)),
            number(text.substring(beforeCounter + 1)));
    }

    private static long number(final String text)
    {
        try
        {
            return Long.parseLong(text);
        }
        catch (final NumberFormatException ex)
        {
            throw new IllegalArgumentException("'" + text + "' is no whole number of 63 bits: " + FORM, ex);
        }
    }

    @Override
    public String toString()
    {
        return clientName + ':' + epoch + ':' + counter;
    }
}
