package io.lockstep.core.execution;

import io.lockstep.codecs.Nulls;
import io.lockstep.core.instrument.InstrumentSlot;
import io.lockstep.core.market.Market;
import io.lockstep.core.order.OrderTerms;
import io.lockstep.sbe.Side;

/**
 * What an order for an amount of the quote currency comes to in lots, when it is asked for: at its limit price, else at its trigger price,
 * else at what it would take, else at the mark. No state, no allocation.
 */
final class QuotedOrder
{
    private QuotedOrder()
    {
    }

    /** Rounded down to what orders are multiples of; 0 where the amount is none or there is no price. */
    static long lots(final InstrumentSlot slot, final OrderTerms terms)
    {
        final long priceTicks = priceTicks(slot.market(), terms);
        return priceTicks <= 0 || terms.quoteMantissa() <= 0
            ? 0
            : slot.quoteLots().at(priceTicks, terms.quoteMantissa(), terms.quoteExponent());
    }

    private static long priceTicks(final Market market, final OrderTerms terms)
    {
        if (terms.priceTicks() != Nulls.NULL_PRICE_TICKS)
        {
            return terms.priceTicks();
        }
        if (terms.triggerPxTicks() != Nulls.NULL_PRICE_TICKS)
        {
            return terms.triggerPxTicks();
        }
        final long touchTicks = terms.side() == Side.BUY ? market.bestAskTicks() : market.bestBidTicks();
        return touchTicks != Nulls.NULL_PRICE_TICKS ? touchTicks : market.markTicks();
    }
}
