package io.lockstep.gateways.feed;

import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;

import java.util.List;

/**
 * Several sources as one, ordered by {@link MarketSource#timeNs()} and, where that is equal, by place in the list.
 * Chunks of one snapshot stay together, since they have one time.
 * <p>
 * Owns its sources: closing it closes them. A source that answers false is at its end and is not asked again. Allocates
 * nothing after construction.
 */
public final class MergedSource implements MarketSource
{
    private final MarketSource[] sources;
    private final boolean[] isPresent;
    private MarketSource current;
    private int currentIndex = -1;
    private boolean isStarted;

    public MergedSource(final List<? extends MarketSource> sources)
    {
        this.sources = sources.toArray(new MarketSource[0]);
        this.isPresent = new boolean[this.sources.length];
    }

    @Override
    public boolean next()
    {
        if (isStarted)
        {
            if (currentIndex >= 0)
            {
                isPresent[currentIndex] = current.next();
            }
        }
        else
        {
            isStarted = true;
            for (int i = 0; i < sources.length; i++)
            {
                isPresent[i] = sources[i].next();
            }
        }
        currentIndex = earliest();
        current = currentIndex >= 0 ? sources[currentIndex] : null;
        return current != null;
    }

    @Override
    public long timeNs()
    {
        return current.timeNs();
    }

    @Override
    public long gatewayTimeNs()
    {
        return current.gatewayTimeNs();
    }

    @Override
    public long venueTimeNs()
    {
        return current.venueTimeNs();
    }

    @Override
    public boolean isEventEnd()
    {
        return current.isEventEnd();
    }

    @Override
    public DirectBuffer buffer()
    {
        return current.buffer();
    }

    @Override
    public int offset()
    {
        return current.offset();
    }

    @Override
    public int length()
    {
        return current.length();
    }

    @Override
    public void close()
    {
        CloseHelper.closeAll(sources);
    }

    private int earliest()
    {
        int earliest = -1;
        for (int i = 0; i < sources.length; i++)
        {
            if (isPresent[i] && (earliest < 0 || sources[i].timeNs() < sources[earliest].timeNs()))
            {
                earliest = i;
            }
        }
        return earliest;
    }
}
