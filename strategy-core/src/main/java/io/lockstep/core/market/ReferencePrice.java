package io.lockstep.core.market;

import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.Xxh64;
import io.lockstep.sbe.FundingRateDecoder;
import io.lockstep.sbe.MarkPriceDecoder;
import io.lockstep.sbe.ReferencePriceSectionDecoder;
import io.lockstep.sbe.ReferencePriceSectionEncoder;

/**
 * The prices and rates that a {@link ReferencePriceView} shows, as the inputs say them. One thread; no allocation.
 */
public final class ReferencePrice implements ReferencePriceView
{
    private long markTicks = Nulls.NULL_PRICE_TICKS;
    private long indexTicks = Nulls.NULL_PRICE_TICKS;
    private long markReceivedNs = Nulls.NULL_TIME_NS;
    private long fundingMantissa = Nulls.NULL_LONG;
    private int fundingExponent;
    private long nextFundingNs = Nulls.NULL_TIME_NS;

    @Override
    public boolean isKnown()
    {
        return markReceivedNs != Nulls.NULL_TIME_NS || fundingMantissa != Nulls.NULL_LONG;
    }

    @Override
    public long markTicks()
    {
        return markTicks;
    }

    @Override
    public long indexTicks()
    {
        return indexTicks;
    }

    @Override
    public long markAgeNs(final long nowNs)
    {
        return markReceivedNs == Nulls.NULL_TIME_NS ? Long.MAX_VALUE : nowNs - markReceivedNs;
    }

    @Override
    public long fundingMantissa()
    {
        return fundingMantissa;
    }

    @Override
    public int fundingExponent()
    {
        return fundingExponent;
    }

    @Override
    public long nextFundingNs()
    {
        return nextFundingNs;
    }

    /**
     * @param receivedNs by the gateway; what lies ahead of sequenced time counts as now.
     * @return false for a price that is none; it changes nothing.
     */
    public boolean onMarkPrice(final MarkPriceDecoder mark, final long receivedNs, final long nowNs)
    {
        if (mark.markPxTicks() <= 0)
        {
            return false;
        }
        markTicks = mark.markPxTicks();
        indexTicks = mark.indexPxTicks() > 0 ? mark.indexPxTicks() : Nulls.NULL_PRICE_TICKS;
        markReceivedNs = Math.min(receivedNs, nowNs);
        return true;
    }

    /** A rate that is null changes nothing. */
    public void onFundingRate(final FundingRateDecoder funding)
    {
        if (funding.rate().mantissa() == Nulls.NULL_LONG)
        {
            return;
        }
        fundingMantissa = funding.rate().mantissa();
        fundingExponent = funding.rate().exponent();
        nextFundingNs = funding.nextFundingTimeNs();
    }

    public void save(final ReferencePriceSectionEncoder section)
    {
        section.markPxTicks(markTicks).indexPxTicks(indexTicks).markReceivedNs(markReceivedNs)
            .nextFundingTimeNs(nextFundingNs);
        section.fundingRate().mantissa(fundingMantissa).exponent((byte)fundingExponent);
    }

    public void restore(final ReferencePriceSectionDecoder section)
    {
        markTicks = section.markPxTicks();
        indexTicks = section.indexPxTicks();
        markReceivedNs = section.markReceivedNs();
        nextFundingNs = section.nextFundingTimeNs();
        fundingMantissa = section.fundingRate().mantissa();
        fundingExponent = section.fundingRate().exponent();
    }

    public long stateHash()
    {
        long hash = Xxh64.chain(Xxh64.chain(markTicks, indexTicks), markReceivedNs);
        hash = Xxh64.chain(Xxh64.chain(hash, fundingMantissa), fundingExponent);
        return Xxh64.chain(hash, nextFundingNs);
    }
}
