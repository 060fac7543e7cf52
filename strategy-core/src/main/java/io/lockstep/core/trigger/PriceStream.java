package io.lockstep.core.trigger;

import io.lockstep.codecs.Nulls;
import io.lockstep.core.market.Market;
import io.lockstep.core.market.MarketEvent;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TriggerSource;

/**
 * The prices of an instrument that orders wait for, each in ticks. A price between two ticks is seen from below by who waits for it to
 * rise, and from above by who waits for it to fall.
 */
public enum PriceStream
{
    /** The last trade; of an instrument of which only bars are known, the last close. */
    LAST
    {
        @Override
        public long risingTicks(final Market market)
        {
            return market.lastTradeTicks() != Nulls.NULL_PRICE_TICKS ? market.lastTradeTicks() : market.barCloseTicks();
        }

        @Override
        MarketEvent kind(final Market market)
        {
            return market.lastTradeTicks() != Nulls.NULL_PRICE_TICKS ? MarketEvent.TRADE : MarketEvent.BAR;
        }
    },
    BID
    {
        @Override
        public long risingTicks(final Market market)
        {
            return market.bestBidTicks();
        }
    },
    ASK
    {
        @Override
        public long risingTicks(final Market market)
        {
            return market.bestAskTicks();
        }
    },
    MID
    {
        @Override
        public long risingTicks(final Market market)
        {
            return market.hasBestBidOffer() ? Math.floorDiv(market.twiceMidTicks(), 2L) : Nulls.NULL_PRICE_TICKS;
        }

        @Override
        public long fallingTicks(final Market market)
        {
            return market.hasBestBidOffer() ? -Math.floorDiv(-market.twiceMidTicks(), 2L) : Nulls.NULL_PRICE_TICKS;
        }
    },
    /** The venue's mark price. */
    MARK
    {
        @Override
        public long risingTicks(final Market market)
        {
            return market.reference().markTicks();
        }

        @Override
        public long ageNs(final Market market, final long nowNs)
        {
            return market.reference().markAgeNs(nowNs);
        }

        @Override
        public boolean isSilent(final Market market)
        {
            return false;
        }
    };

    private static final PriceStream[] ALL = values();

    /** How many there are. */
    static int count()
    {
        return ALL.length;
    }

    static PriceStream of(final int ordinal)
    {
        return ALL[ordinal];
    }

    /** What an order of the side and source waits for; null where no such price is known. */
    public static PriceStream of(final TriggerSource source, final Side side)
    {
        return switch (source)
        {
            case LAST_TRADE -> LAST;
            case BID_ASK -> side == Side.BUY ? ASK : BID;
            case MID -> MID;
            case MARK -> MARK;
            case NULL_VAL, SBE_UNKNOWN -> null;
        };
    }

    /** The price as who waits for it to rise sees it, or null. */
    public abstract long risingTicks(Market market);

    /** The price as who waits for it to fall sees it, or null. */
    public long fallingTicks(final Market market)
    {
        return risingTicks(market);
    }

    /** The price as the order sees it, or null. */
    public long ticks(final Market market, final boolean isRising)
    {
        return isRising ? risingTicks(market) : fallingTicks(market);
    }

    /** How old the newest of it is, in nanoseconds. */
    public long ageNs(final Market market, final long nowNs)
    {
        return market.ageNs(kind(market), nowNs);
    }

    /** Whether nothing is heard of who sends it. */
    public boolean isSilent(final Market market)
    {
        return market.isSilent(kind(market));
    }

    /** The kind of market data that it comes from. */
    MarketEvent kind(final Market market)
    {
        return market.touchKind();
    }
}
