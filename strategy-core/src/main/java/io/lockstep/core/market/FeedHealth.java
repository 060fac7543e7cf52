package io.lockstep.core.market;

import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.Xxh64;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.MarketSectionDecoder;
import io.lockstep.sbe.MarketSectionEncoder;

/**
 * Of each kind of an instrument's data, which source its newest came from, when the gateway of that source received it, and
 * whether the source is silent. Kinds are {@link MarketEvent}s but for the status.
 * <p>
 * When it was received is the gateway's word, less the delay of the feed, never later than sequenced time; all of it comes with
 * the input. Allocates nothing after construction.
 */
final class FeedHealth
{
    static final int NO_SOURCE_ID = Integer.MIN_VALUE;

    private static final MarketEvent[] KINDS = {MarketEvent.BOOK, MarketEvent.QUOTE, MarketEvent.TRADE,
        MarketEvent.BAR};

    // A change of the book needs one line of this object: fields for each kind, and no arrays.
    private long bookReceivedNs = Nulls.NULL_TIME_NS;
    private long quoteReceivedNs = Nulls.NULL_TIME_NS;
    private long tradeReceivedNs = Nulls.NULL_TIME_NS;
    private long barReceivedNs = Nulls.NULL_TIME_NS;
    private int bookSourceId = NO_SOURCE_ID;
    private int quoteSourceId = NO_SOURCE_ID;
    private int tradeSourceId = NO_SOURCE_ID;
    private int barSourceId = NO_SOURCE_ID;
    /** Bit by the kind's code. */
    private int silentKinds;

    /** Reads the object to have it in the caches; the sum means nothing. */
    long touch()
    {
        return bookReceivedNs;
    }

    /** Data of the kind came from the source, of whatever content: the source is not silent. */
    void heard(final MarketEvent kind, final int sourceId)
    {
        silentKinds &= ~bit(kind);
        // Whoever calls names the kind as a constant: comparisons vanish where they are inlined, a switch's table does not.
        if (kind == MarketEvent.BOOK)
        {
            bookSourceId = sourceId;
        }
        else if (kind == MarketEvent.QUOTE)
        {
            quoteSourceId = sourceId;
        }
        else if (kind == MarketEvent.TRADE)
        {
            tradeSourceId = sourceId;
        }
        else
        {
            barSourceId = sourceId;
        }
    }

    /**
     * What came made the kind's state newer.
     *
     * @param receivedNs see {@link ReceiptTime}.
     */
    void received(final MarketEvent kind, final long receivedNs)
    {
        if (kind == MarketEvent.BOOK)
        {
            bookReceivedNs = receivedNs;
        }
        else if (kind == MarketEvent.QUOTE)
        {
            quoteReceivedNs = receivedNs;
        }
        else if (kind == MarketEvent.TRADE)
        {
            tradeReceivedNs = receivedNs;
        }
        else
        {
            barReceivedNs = receivedNs;
        }
    }

    /** When the newest of the kind that counted was received, or null. */
    long receivedNs(final MarketEvent kind)
    {
        return switch (kind)
        {
            case BOOK -> bookReceivedNs;
            case QUOTE -> quoteReceivedNs;
            case TRADE -> tradeReceivedNs;
            case BAR -> barReceivedNs;
            case STATUS -> throw noKind();
        };
    }

    /** Source of the newest of the kind, {@link #NO_SOURCE_ID} before the first. */
    int sourceId(final MarketEvent kind)
    {
        return switch (kind)
        {
            case BOOK -> bookSourceId;
            case QUOTE -> quoteSourceId;
            case TRADE -> tradeSourceId;
            case BAR -> barSourceId;
            case STATUS -> throw noKind();
        };
    }

    boolean isSeen(final MarketEvent kind)
    {
        return sourceId(kind) != NO_SOURCE_ID;
    }

    boolean isSilent(final MarketEvent kind)
    {
        return (silentKinds & bit(kind)) != 0;
    }

    /** Whether some kind's newest came from the source. */
    boolean isSource(final int sourceId)
    {
        for (final MarketEvent kind : KINDS)
        {
            if (isFrom(kind, sourceId))
            {
                return true;
            }
        }
        return false;
    }

    boolean isFrom(final MarketEvent kind, final int sourceId)
    {
        return sourceId(kind) == sourceId;
    }

    /** All kinds whose newest came from the source are silent, or no longer. */
    void silent(final int sourceId, final boolean silent)
    {
        for (final MarketEvent kind : KINDS)
        {
            if (isFrom(kind, sourceId))
            {
                silentKinds = silent ? silentKinds | bit(kind) : silentKinds & ~bit(kind);
            }
        }
    }

    private static int bit(final MarketEvent kind)
    {
        return 1 << kind.code();
    }

    private static IllegalArgumentException noKind()
    {
        return new IllegalArgumentException("no kind of data: kind=" + MarketEvent.STATUS);
    }

    /** Writes the message's group; what comes before it must have been written. */
    void save(final MarketSectionEncoder section)
    {
        final MarketSectionEncoder.KindsEncoder kinds = section.kindsCount(KINDS.length);
        for (final MarketEvent kind : KINDS)
        {
            kinds.next().sourceId(sourceId(kind)).receivedNs(receivedNs(kind))
                .silent(isSilent(kind) ? BooleanType.TRUE : BooleanType.FALSE);
        }
    }

    /** Reads the message's group; false when it is of before there was one, and nothing is taken up. */
    boolean restore(final MarketSectionDecoder section)
    {
        final MarketSectionDecoder.KindsDecoder kinds = section.kinds();
        if (kinds.count() == 0)
        {
            return false;
        }
        if (kinds.count() != KINDS.length)
        {
            throw new IllegalArgumentException("kinds=" + kinds.count() + " expected=" + KINDS.length);
        }
        for (final MarketEvent kind : KINDS)
        {
            kinds.next();
            restore(kind, kinds.sourceId(), kinds.receivedNs(), kinds.silent() == BooleanType.TRUE);
        }
        return true;
    }

    /** Takes up one kind. */
    void restore(final MarketEvent kind, final int sourceId, final long receivedNs, final boolean silent)
    {
        heard(kind, sourceId);
        received(kind, receivedNs);
        silentKinds |= silent ? bit(kind) : 0;
    }

    /** Hash of what a change of the book leaves alone. */
    long quietHash()
    {
        long hash = Xxh64.chain(quoteReceivedNs, tradeReceivedNs);
        hash = Xxh64.chain(hash, barReceivedNs);
        hash = Xxh64.chain(hash, (long)quoteSourceId << 32 | tradeSourceId & 0xFFFF_FFFFL);
        return Xxh64.chain(hash, barSourceId);
    }

    /** Hash of what a change of the book changes. */
    long bookHash()
    {
        return Xxh64.chain(bookReceivedNs, (long)bookSourceId << 32 | silentKinds);
    }
}
