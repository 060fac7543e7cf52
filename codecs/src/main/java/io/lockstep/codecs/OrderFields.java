package io.lockstep.codecs;

import io.lockstep.sbe.OffsetUnit;
import io.lockstep.sbe.OperatorCancelEncoder;
import io.lockstep.sbe.OperatorOrderEncoder;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TriggerSource;

/**
 * Says that what most orders do not have is not there: an encoder that is wrapped anew holds whatever its buffer held. No allocation.
 */
public final class OrderFields
{
    private OrderFields()
    {
    }

    /** An order by hand without flags, trigger, amount, expiry or display. */
    public static OperatorOrderEncoder none(final OperatorOrderEncoder order)
    {
        order.flags().clear();
        return order
            .triggerSource(TriggerSource.NULL_VAL)
            .offsetUnit(OffsetUnit.NULL_VAL)
            .quoteExponent(OperatorOrderEncoder.quoteExponentNullValue())
            .quoteMantissa(Nulls.NULL_LONG)
            .triggerPxTicks(Nulls.NULL_PRICE_TICKS)
            .trailingOffset(Nulls.NULL_LONG)
            .limitOffsetTicks(Nulls.NULL_LONG)
            .activationPxTicks(Nulls.NULL_PRICE_TICKS)
            .displayQtyLots(Nulls.NULL_LONG)
            .expireTimeNs(Nulls.NULL_TIME_NS);
    }

    /** A cancel of any venue and either side. */
    public static OperatorCancelEncoder none(final OperatorCancelEncoder cancel)
    {
        return cancel.venueId(OperatorCancelEncoder.venueIdNullValue()).side(Side.NULL_VAL);
    }
}
