package io.lockstep.gateways.simulated;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.codecs.Nulls;
import io.lockstep.sbe.ExecInst;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.OrdRejReason;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TimeInForce;

/**
 * The venue's rules for what an order may say. Each check answers NONE or why not, in the order: form, quantity, price,
 * market, band, value. No state, no allocation.
 */
final class OrderChecks
{
    private static final long BASIS_POINTS = 10_000;

    private final VenueRules rules;
    private final MutableInt128 band = new MutableInt128();
    private final MutableInt128 distance = new MutableInt128();

    OrderChecks(final VenueRules rules)
    {
        this.rules = rules;
    }

    /** Whether every field has a value that this venue knows. */
    static boolean isWellFormed(final NewOrderSingleDecoder order)
    {
        return isSide(order.side()) && isOrdType(order.ordType()) && isTimeInForce(order.timeInForce()) &&
            isExecInst(order.execInst()) &&
            (OrdType.MARKET == order.ordType() || Nulls.NULL_PRICE_TICKS != order.priceTicks());
    }

    OrdRejReason checkMarketOrder(final VenueMarket market, final long quantityLots)
    {
        final OrdRejReason reason = checkQuantity(market.instrument(), quantityLots);
        if (OrdRejReason.NONE != reason)
        {
            return reason;
        }
        return market.isOpen()
            ? checkValue(market, market.referenceTicks(), quantityLots)
            : OrdRejReason.EXCHANGE_CLOSED;
    }

    OrdRejReason checkLimitOrder(final VenueMarket market, final long priceTicks, final long quantityLots)
    {
        final OrdRejReason reason = checkQuantity(market.instrument(), quantityLots);
        if (OrdRejReason.NONE != reason)
        {
            return reason;
        }
        if (priceTicks <= 0 || priceTicks % market.instrument().orderTicks() != 0)
        {
            return OrdRejReason.INVALID_PRICE_INCREMENT;
        }
        if (!market.isOpen())
        {
            return OrdRejReason.EXCHANGE_CLOSED;
        }
        return isInBand(priceTicks, market.referenceTicks())
            ? checkValue(market, priceTicks, quantityLots)
            : OrdRejReason.PRICE_EXCEEDS_PRICE_BAND;
    }

    private OrdRejReason checkQuantity(final Instrument instrument, final long quantityLots)
    {
        final boolean correct = quantityLots > 0 && quantityLots % instrument.orderLots() == 0 &&
            quantityLots >= rules.quantityMinLots() && quantityLots <= rules.quantityMaxLots();
        return correct ? OrdRejReason.NONE : OrdRejReason.INCORRECT_QUANTITY;
    }

    private boolean isInBand(final long priceTicks, final long referenceTicks)
    {
        return 0 == rules.priceBandBps() || Nulls.NULL_PRICE_TICKS == referenceTicks ||
            band.set(referenceTicks).mulDivFloor(rules.priceBandBps(), BASIS_POINTS)
                .compareTo(distance.set(priceTicks).subtract(referenceTicks).abs()) >= 0;
    }

    private static OrdRejReason checkValue(final VenueMarket market, final long priceTicks, final long quantityLots)
    {
        if (Nulls.NULL_PRICE_TICKS == priceTicks)
        {
            return OrdRejReason.NONE;
        }
        try
        {
            return market.isBelowMinimum(priceTicks, quantityLots)
                ? OrdRejReason.NOTIONAL_BELOW_MINIMUM
                : OrdRejReason.NONE;
        }
        catch (final ArithmeticException ex)
        {
            // Its value does not fit in 127 bits of the smallest cash unit.
            return OrdRejReason.ORDER_EXCEEDS_LIMIT;
        }
    }

    private static boolean isSide(final Side side)
    {
        return switch (side)
        {
            case BUY, SELL -> true;
            case SBE_UNKNOWN, NULL_VAL -> false;
        };
    }

    private static boolean isOrdType(final OrdType ordType)
    {
        return switch (ordType)
        {
            case MARKET, LIMIT -> true;
            // The engine emulates them: the venue has no triggers of its own.
            case STOP, STOP_LIMIT, MARKET_IF_TOUCHED, LIMIT_IF_TOUCHED, TRAILING_STOP, TRAILING_STOP_LIMIT -> false;
            case SBE_UNKNOWN, NULL_VAL -> false;
        };
    }

    private static boolean isTimeInForce(final TimeInForce timeInForce)
    {
        return switch (timeInForce)
        {
            case GOOD_TILL_CANCEL, IMMEDIATE_OR_CANCEL, FILL_OR_KILL -> true;
            case DAY, GOOD_TILL_DATE -> false;
            case SBE_UNKNOWN, NULL_VAL -> false;
        };
    }

    private static boolean isExecInst(final ExecInst execInst)
    {
        return switch (execInst)
        {
            case NONE, PARTICIPATE_DONT_INITIATE -> true;
            case SBE_UNKNOWN, NULL_VAL -> false;
        };
    }
}
