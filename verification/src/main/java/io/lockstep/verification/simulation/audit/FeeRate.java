package io.lockstep.verification.simulation.audit;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.BestBidOfferDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.verification.simulation.market.SimulatedMarket;
import org.agrona.DirectBuffer;

import java.math.BigInteger;

/**
 * What a fee in the venue's own asset comes to: by the newest quote that was journaled before the fill, in numbers without bounds.
 */
final class FeeRate
{
    private static final int UNIT_EXPONENT = -18;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final BestBidOfferDecoder quote = new BestBidOfferDecoder();
    private long markTicks = Nulls.NULL_PRICE_TICKS;

    void onQuote(final DirectBuffer record)
    {
        quote.wrapAndApplyHeader(record, RecordDescriptor.HEADER_LENGTH, header);
        if (quote.instrumentId() == SimulatedMarket.FEE_RATE)
        {
            markTicks = Math.floorDiv(quote.bidPriceTicks() + quote.askPriceTicks(), 2L);
        }
    }

    /**
     * In the cash units of the instrument, rounded up; 0 where there was no quote yet.
     *
     * @param amount of 10^exponent of the asset.
     * @param rate   whose price is the asset's.
     */
    BigInteger cash(final BigInteger amount, final int exponent, final Instrument rate, final Instrument instrument)
    {
        if (markTicks == Nulls.NULL_PRICE_TICKS)
        {
            return BigInteger.ZERO;
        }
        final BigInteger units = amount.negate().multiply(BigInteger.TEN.pow(exponent - UNIT_EXPONENT))
            .multiply(BigInteger.valueOf(markTicks)).multiply(BigInteger.valueOf(rate.tick().mantissa()));
        final BigInteger worth = floor(units, BigInteger.TEN.pow(-rate.tick().exponent()));
        return floor(worth, BigInteger.TEN.pow(instrument.cashExponent() - UNIT_EXPONENT)).negate();
    }

    private static BigInteger floor(final BigInteger value, final BigInteger divisor)
    {
        final BigInteger[] parts = value.divideAndRemainder(divisor);
        return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
    }
}
