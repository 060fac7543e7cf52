package io.lockstep.gateways.orders;

import java.nio.charset.StandardCharsets;

/**
 * Whose requests a log holds. A log of another identity is refused, for its ClOrdIDs say nothing about this gateway's.
 *
 * @param venue   that the requests go to.
 * @param account that they trade for.
 * @param shard   of the node that decides them.
 */
public record RequestLogIdentity(String venue, String account, int shard)
{
    /** Bytes of UTF-8 that venue and account may have each. */
    public static final int NAME_LENGTH_MAX = 128;

    public RequestLogIdentity
    {
        requireLength("venue", venue);
        requireLength("account", account);
    }

    private static void requireLength(final String field, final String name)
    {
        final int length = name.getBytes(StandardCharsets.UTF_8).length;
        if (0 == length || length > NAME_LENGTH_MAX)
        {
            throw new IllegalArgumentException(
                field + "=" + name + ": expected 1 to " + NAME_LENGTH_MAX + " bytes of UTF-8, found " + length);
        }
    }
}
