package io.lockstep.core.risk;

import io.lockstep.codecs.Int128;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.market.Market;
import io.lockstep.core.market.MarketEvent;
import io.lockstep.sbe.FeedReason;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.RiskReason;
import io.lockstep.sbe.Side;

/**
 * Whether the market can be relied on for an order, and whether the order is priced too far from it.
 * <p>
 * An order relies on the touch that it would take, the best offer for a buy and the best bid for a sale, of depth or quotes,
 * whichever is newer; without that touch on the last trade, else on the last bar, and on the depth or quotes that say that the
 * side is empty. What it relies on must not be older than maxMarketDataAgeMs, nor may its source be silent. A market order
 * without a touch and without a trade that is young enough has no price to be checked with.
 * <p>
 * The collar bounds how far a limit price lies beyond that touch; for a market order, how far the touch that it would take lies
 * from the mark, which is the mid, or the last trade while there is no other side. Allocates nothing.
 */
final class MarketRule
{
    private static final long BPS = 10_000;

    private final Market market;
    private final RiskLimits limits;
    private final MutableInt128 bound = new MutableInt128();
    private final MutableInt128 scratch = new MutableInt128();

    MarketRule(final Market market, final RiskLimits limits)
    {
        this.market = market;
        this.limits = limits;
    }

    RiskReason check(final OrderIntent intent, final long nowNs, final Refusal refusal)
    {
        if (!market.isLive())
        {
            return refusal.because(RiskReason.INSTRUMENT_NOT_TRADABLE, Nulls.NULL_LONG, market.reason().value());
        }
        if (market.markTicks() == Nulls.NULL_PRICE_TICKS)
        {
            return refusal.because(RiskReason.NO_REFERENCE_PRICE);
        }
        if (touchTicks(intent.side()) != Nulls.NULL_PRICE_TICKS)
        {
            return checkKind(market.touchKind(), RiskReason.STALE_MARKET_DATA, nowNs, refusal);
        }
        final RiskReason reason = market.mainKind() == MarketEvent.BOOK || market.mainKind() == MarketEvent.QUOTE
            ? checkKind(market.touchKind(), RiskReason.STALE_MARKET_DATA, nowNs, refusal)
            : RiskReason.NONE;
        return reason == RiskReason.NONE ? checkKind(market.markKind(), tooOld(intent), nowNs, refusal) : reason;
    }

    private static RiskReason tooOld(final OrderIntent intent)
    {
        return intent.ordType() == OrdType.MARKET ? RiskReason.NO_REFERENCE_PRICE : RiskReason.STALE_MARKET_DATA;
    }

    private RiskReason checkKind(
        final MarketEvent kind, final RiskReason tooOld, final long nowNs, final Refusal refusal)
    {
        if (market.isSilent(kind))
        {
            return refusal.because(RiskReason.INSTRUMENT_NOT_TRADABLE, Nulls.NULL_LONG, FeedReason.SILENT.value());
        }
        final long ageNs = market.ageNs(kind, nowNs);
        return ageNs > ageMaxNs()
            ? refusal.because(tooOld, LimitScope.INSTRUMENT, ageMaxNs(), ageNs)
            : RiskReason.NONE;
    }

    /** Age of what an order of the side relies on: the touch, or without one the mark. */
    long ageNs(final Side side, final long nowNs)
    {
        return market.ageNs(
            touchTicks(side) == Nulls.NULL_PRICE_TICKS ? market.markKind() : market.touchKind(), nowNs);
    }

    /** The largest age that is not beyond the limit. */
    long ageMaxNs()
    {
        return limits.bound(LimitType.MAX_MARKET_DATA_AGE_MS);
    }

    /** What an order of the side would take, or null. */
    private long touchTicks(final Side side)
    {
        return side == Side.BUY ? market.bestAskTicks() : market.bestBidTicks();
    }

    /** Likewise, else the mark. */
    long takenTicks(final Side side)
    {
        final long touch = touchTicks(side);
        return touch != Nulls.NULL_PRICE_TICKS ? touch : market.markTicks();
    }

    /**
     * What a lot of the order is worth: the price that it may pay; of a sale, which takes the bid however low its limit is,
     * no less than the bid.
     */
    long pricedAtTicks(final OrderIntent intent)
    {
        if (intent.ordType() == OrdType.MARKET)
        {
            return takenTicks(intent.side());
        }
        // The null price is below all others.
        return intent.side() == Side.SELL
            ? Math.max(intent.priceTicks(), market.bestBidTicks())
            : intent.priceTicks();
    }

    RiskReason checkCollar(final OrderIntent intent, final long nowNs, final Refusal refusal)
    {
        if (!limits.isSet(LimitType.PRICE_COLLAR_BPS))
        {
            return RiskReason.NONE;
        }
        final long takenTicks = takenTicks(intent.side());
        if (intent.ordType() == OrdType.LIMIT)
        {
            return checkCollar(intent.side(), intent.priceTicks(), takenTicks, refusal);
        }
        final RiskReason reason = market.hasBestBidOffer()
            ? RiskReason.NONE
            : checkKind(market.markKind(), RiskReason.NO_REFERENCE_PRICE, nowNs, refusal);
        return reason == RiskReason.NONE
            ? checkCollar(intent.side(), takenTicks, market.markTicks(), refusal)
            : reason;
    }

    /** Only what costs money is beyond: a buy too far above, a sale too far below. */
    private RiskReason checkCollar(
        final Side side, final long priceTicks, final long referenceTicks, final Refusal refusal)
    {
        final boolean isBeyond = countBound(side, referenceTicks) &&
            (side == Side.BUY ? bound.compareTo(priceTicks) < 0 : bound.compareTo(priceTicks) > 0);
        return isBeyond
            ? refusal.because(RiskReason.PRICE_COLLAR, LimitScope.INSTRUMENT, bound, priceTicks)
            : RiskReason.NONE;
    }

    /** Counts the price that is the bound; false when that is more than 127 bits, so that no price is beyond. */
    private boolean countBound(final Side side, final long referenceTicks)
    {
        try
        {
            final Int128 collarBps = limits.value(LimitType.PRICE_COLLAR_BPS);
            scratch.set(collarBps).mulDivFloor(Math.absExact(referenceTicks), BPS);
            bound.set(referenceTicks).add(side == Side.BUY ? scratch : scratch.negate());
            return true;
        }
        catch (final ArithmeticException ex)
        {
            return false;
        }
    }
}
