package io.lockstep.core.execution;

import io.lockstep.codecs.Nulls;
import io.lockstep.core.instance.Leg;
import io.lockstep.core.instrument.InstrumentSlot;
import io.lockstep.core.market.Market;
import io.lockstep.core.order.Order;
import io.lockstep.core.order.OrderTerms;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.Side;

/**
 * What the terms of an order come to when it is asked for, and when it leaves: lots for an amount of the quote currency, the lots that are
 * left to reduce, the price that does not match. No state, no allocation.
 */
final class Resolution
{
    private Resolution()
    {
    }

    /** The quantity; that of an order which only reduces is no more than there is to reduce, 0 when there is nothing. */
    static long lots(final Leg leg, final OrderTerms terms)
    {
        final long askedLots = terms.hasQuoteAmount() ? quotedLots(leg.slot(), terms) : terms.quantityLots();
        if (!terms.isReduceOnly() || terms.waitsForList() || askedLots <= 0)
        {
            return askedLots;
        }
        return terms.isHeld()
            ? ReduceOnly.heldLots(leg, terms.side(), askedLots)
            : ReduceOnly.lots(leg, terms.side(), askedLots);
    }

    /** At its limit price, else at its trigger price, else at what it would take, else at the mark; rounded down, 0 without a price. */
    private static long quotedLots(final InstrumentSlot slot, final OrderTerms terms)
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

    /** An order that leaves at once and may slide gets a price that does not match. */
    static void slide(final InstrumentSlot slot, final OrderTerms terms)
    {
        if (terms.isPostOnlySlide() && terms.ordType() == OrdType.LIMIT && !terms.isHeld() &&
            terms.priceTicks() != Nulls.NULL_PRICE_TICKS)
        {
            terms.price(slid(slot, terms.side(), terms.priceTicks()));
        }
    }

    /** One price increment from the other side, where the price would match. */
    private static long slid(final InstrumentSlot slot, final Side side, final long priceTicks)
    {
        final Market market = slot.market();
        final long orderTicks = slot.instrument().orderTicks();
        if (side == Side.BUY)
        {
            final long askTicks = market.bestAskTicks();
            return askTicks != Nulls.NULL_PRICE_TICKS && priceTicks >= askTicks
                ? Math.floorDiv(askTicks - 1, orderTicks) * orderTicks
                : priceTicks;
        }
        final long bidTicks = market.bestBidTicks();
        return bidTicks != Nulls.NULL_PRICE_TICKS && priceTicks <= bidTicks
            ? Math.floorDiv(bidTicks + orderTicks, orderTicks) * orderTicks
            : priceTicks;
    }

    /** What is left of a held order that is to leave; 0 when it only reduces, and there is nothing to reduce. */
    static long lots(final Leg leg, final Order order)
    {
        return order.isReduceOnly()
            ? ReduceOnly.lots(leg, order.side(), order.leavesQtyLots())
            : order.leavesQtyLots();
    }

    /** Its price, or null. */
    static long priceTicks(final Leg leg, final Order order)
    {
        return order.isPostOnlySlide() && order.workingType() == OrdType.LIMIT
            ? slid(leg.slot(), order.side(), order.priceTicks())
            : order.priceTicks();
    }
}
