package io.lockstep.core.market;

import io.lockstep.codecs.Nulls;
import io.lockstep.sbe.FundingRateDecoder;
import io.lockstep.sbe.FundingRateEncoder;
import io.lockstep.sbe.MarkPriceDecoder;
import io.lockstep.sbe.MarkPriceEncoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReferencePriceTest
{
    private static final long NOW_NS = 1_000;

    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private final ReferencePrice reference = new ReferencePrice();

    private boolean mark(final long markTicks, final long indexTicks, final long receivedNs)
    {
        new MarkPriceEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder()).instrumentId(0)
            .markPxTicks(markTicks).indexPxTicks(indexTicks);
        return reference.onMarkPrice(
            new MarkPriceDecoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderDecoder()), receivedNs, NOW_NS);
    }

    private void funding(final long mantissa)
    {
        new FundingRateEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder()).instrumentId(0)
            .nextFundingTimeNs(77).rate().mantissa(mantissa).exponent((byte)-4);
        reference.onFundingRate(new FundingRateDecoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderDecoder()));
    }

    @Test
    void shouldKnowNothingBeforeItIsSaid()
    {
        assertThat(reference.isKnown()).isFalse();
        assertThat(reference.markTicks()).isEqualTo(Nulls.NULL_PRICE_TICKS);
        assertThat(reference.markAgeNs(NOW_NS)).isEqualTo(Long.MAX_VALUE);
        assertThat(reference.fundingMantissa()).isEqualTo(Nulls.NULL_LONG);
    }

    @Test
    void shouldKeepTheNewestMarkAndItsAge()
    {
        assertThat(mark(100, 99, 900)).isTrue();

        assertThat(reference.isKnown()).isTrue();
        assertThat(reference.markTicks()).isEqualTo(100);
        assertThat(reference.indexTicks()).isEqualTo(99);
        assertThat(reference.markAgeNs(NOW_NS)).isEqualTo(100);
        assertThat(mark(101, Nulls.NULL_PRICE_TICKS, NOW_NS + 5)).isTrue();
        assertThat(reference.markAgeNs(NOW_NS)).as("a gateway's clock that is ahead").isZero();
        assertThat(reference.indexTicks()).isEqualTo(Nulls.NULL_PRICE_TICKS);
    }

    @Test
    void shouldLeaveAPriceThatIsNone()
    {
        mark(100, 99, 900);

        assertThat(mark(0, 99, NOW_NS)).isFalse();
        assertThat(mark(-3, 99, NOW_NS)).isFalse();
        assertThat(reference.markTicks()).isEqualTo(100);
        assertThat(reference.markAgeNs(NOW_NS)).isEqualTo(100);
    }

    @Test
    void shouldKeepTheRateOfTheNextFunding()
    {
        funding(-3);
        assertThat(reference.fundingMantissa()).isEqualTo(-3);
        assertThat(reference.fundingExponent()).isEqualTo(-4);
        assertThat(reference.nextFundingNs()).isEqualTo(77);
        funding(Nulls.NULL_LONG);
        assertThat(reference.fundingMantissa()).as("said to be null").isEqualTo(-3);
    }
}
