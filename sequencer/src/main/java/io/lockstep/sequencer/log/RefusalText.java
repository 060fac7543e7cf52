package io.lockstep.sequencer.log;

import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.text.Amount;
import io.lockstep.codecs.text.InstrumentText;
import io.lockstep.sbe.OrderRefusedDecoder;

import java.math.BigInteger;

/**
 * The two numbers of a refusal in their units.
 */
final class RefusalText
{
    private RefusalText()
    {
    }

    /** Null where the refusal is about no limit. */
    static Amount limit(final InstrumentText text, final OrderRefusedDecoder message)
    {
        return amount(text, message, message.limitValue());
    }

    /** Null where there is none. */
    static Amount actual(final InstrumentText text, final OrderRefusedDecoder message)
    {
        return amount(text, message, message.actualValue());
    }

    private static Amount amount(final InstrumentText text, final OrderRefusedDecoder message, final long value)
    {
        return value == Nulls.NULL_LONG ? null : text.refusal(message.reason(), BigInteger.valueOf(value));
    }
}
