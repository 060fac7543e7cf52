package io.lockstep.core.risk;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.position.QuoteLots;
import io.lockstep.sbe.ExecInst;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.RiskReason;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TimeInForce;

/**
 * Whether what is asked for is an order at all: each enum has a value that means something, together they make sense, and price
 * and total quantity lie on the instrument's order grid.
 */
final class TermsRule
{
    private TermsRule()
    {
    }

    static RiskReason check(final OrderIntent intent, final Instrument instrument, final Refusal refusal)
    {
        if (!isKnown(intent) || !isSense(intent))
        {
            return refusal.because(isWrongOnlyInPostOnly(intent) ? RiskReason.POST_ONLY : RiskReason.INVALID_TERMS);
        }
        final long lots = intent.orderQtyLots();
        if (lots <= intent.cumQtyLots() || lots % instrument.orderLots() != 0)
        {
            return refusal.because(RiskReason.INVALID_QUANTITY, instrument.orderLots(), lots);
        }
        if (lots == QuoteLots.TOO_MANY)
        {
            return refusal.because(RiskReason.ARITHMETIC_OVERFLOW, QuoteLots.TOO_MANY - 1, Nulls.NULL_LONG);
        }
        final long priceTicks = intent.priceTicks();
        return intent.ordType() == OrdType.LIMIT && intent.isPriced()
            && (priceTicks <= 0 || priceTicks % instrument.orderTicks() != 0)
                ? refusal.because(RiskReason.INVALID_PRICE, instrument.orderTicks(), priceTicks)
                : RiskReason.NONE;
    }

    private static boolean isWrongOnlyInPostOnly(final OrderIntent intent)
    {
        return isKnown(intent) && intent.execInst() == ExecInst.PARTICIPATE_DONT_INITIATE &&
            isSense(intent, false);
    }

    private static boolean isKnown(final OrderIntent intent)
    {
        return (intent.side() == Side.BUY || intent.side() == Side.SELL) &&
            (intent.ordType() == OrdType.LIMIT || intent.ordType() == OrdType.MARKET) &&
            (intent.timeInForce() == TimeInForce.GOOD_TILL_CANCEL || isImmediate(intent)) &&
            (intent.execInst() == ExecInst.NONE || intent.execInst() == ExecInst.PARTICIPATE_DONT_INITIATE);
    }

    private static boolean isImmediate(final OrderIntent intent)
    {
        return intent.timeInForce() == TimeInForce.IMMEDIATE_OR_CANCEL ||
            intent.timeInForce() == TimeInForce.FILL_OR_KILL;
    }

    /** A market order has no price and rests nowhere; what may not match on arrival has to rest. */
    private static boolean isSense(final OrderIntent intent)
    {
        return isSense(intent, intent.execInst() == ExecInst.PARTICIPATE_DONT_INITIATE);
    }

    private static boolean isSense(final OrderIntent intent, final boolean isPostOnly)
    {
        return intent.ordType() == OrdType.MARKET
            ? isImmediate(intent) && !isPostOnly && intent.priceTicks() == Nulls.NULL_PRICE_TICKS
            : !isPostOnly || !isImmediate(intent);
    }
}
