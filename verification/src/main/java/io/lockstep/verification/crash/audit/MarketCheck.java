package io.lockstep.verification.crash.audit;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.gateways.feed.MarketSource;
import org.agrona.DirectBuffer;

/**
 * Holds the market data that a journal has against the market as it was played, message by message: each must be there once,
 * in its place, in every byte.
 */
public final class MarketCheck implements AutoCloseable
{
    private final MarketSource played;
    private long lastSequence;
    private long lost;
    private long repeated;
    private long changed;

    /**
     * @param played the market once more from its beginning; closed with this.
     */
    public MarketCheck(final MarketSource played)
    {
        this.played = played;
    }

    /** A journaled message; source sequences count the messages played, from 1. */
    void onJournaled(final long sourceSequence, final DirectBuffer buffer, final int record)
    {
        if (sourceSequence <= lastSequence)
        {
            repeated++;
            return;
        }
        while (++lastSequence < sourceSequence)
        {
            lost++;
            played.next();
        }
        changed += played.next() && isEqual(buffer, record) ? 0 : 1;
    }

    private boolean isEqual(final DirectBuffer buffer, final int record)
    {
        if (RecordDescriptor.recordLength(buffer, record) != RecordDescriptor.recordLength(played.length()))
        {
            return false;
        }
        for (int i = 0; i < played.length(); i++)
        {
            if (buffer.getByte(record + RecordDescriptor.HEADER_LENGTH + i) != played.buffer()
                .getByte(played.offset() + i))
            {
                return false;
            }
        }
        return true;
    }

    /** No more is journaled. */
    void end()
    {
        while (played.next())
        {
            lost++;
        }
    }

    /** Messages played and not journaled. */
    long lost()
    {
        return lost;
    }

    /** Messages journaled again. */
    long repeated()
    {
        return repeated;
    }

    /** Messages journaled that were not played so. */
    long changed()
    {
        return changed;
    }

    @Override
    public void close()
    {
        played.close();
    }
}
