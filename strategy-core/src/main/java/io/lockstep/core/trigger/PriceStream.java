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
        public MarketEvent kind(final Market market)
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
            case MARK, NULL_VAL, SBE_UNKNOWN -> null;
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

    /** The kind of data that it comes from. */
    public MarketEvent kind(final Market market)
    {
        return market.touchKind();
    }
}
