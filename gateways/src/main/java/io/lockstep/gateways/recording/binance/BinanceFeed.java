package io.lockstep.gateways.recording.binance;

import io.lockstep.codecs.Instrument;
import io.lockstep.gateways.recording.message.InstrumentFeed;

/** What the reader of {@code binance-ws} keeps for one instrument, across all its files. */
final class BinanceFeed extends InstrumentFeed
{
    private final DepthSynchronizer synchronizer;
    private final boolean isSpot;
    private final boolean hasDepth;

    /**
     * @param instrument with its id.
     * @param hasDepth   whether the recording has a book for it: then only a change that follows proves it healthy again.
     */
    BinanceFeed(
        final Instrument instrument, final DepthSynchronizer synchronizer, final boolean isSpot, final boolean hasDepth)
    {
        super(instrument);
        this.synchronizer = synchronizer;
        this.isSpot = isSpot;
        this.hasDepth = hasDepth;
    }

    DepthSynchronizer synchronizer()
    {
        return synchronizer;
    }

    boolean isSpot()
    {
        return isSpot;
    }

    boolean hasDepth()
    {
        return hasDepth;
    }
}
