package io.lockstep.core.market;

/**
 * What a venue says of a derivative beside its own market, to be read: the mark price by which it settles and liquidates, the price of
 * what the contract is of, and the rate of the next funding. Prices in ticks, times in nanoseconds, each null before it was said. It
 * follows what the venue says; no allocation.
 */
public interface ReferencePriceView
{
    /** Whether anything was said. */
    boolean isKnown();

    /** Null before the venue has said one. */
    long markTicks();

    /** Of what the contract is of; null where the venue says none. */
    long indexTicks();

    /** Since the mark was received; {@link Long#MAX_VALUE} before there is one. */
    long markAgeNs(long nowNs);

    /** Rate of the next funding, as mantissa x 10^{@link #fundingExponent()}; null before it was said. */
    long fundingMantissa();

    int fundingExponent();

    /** When the next funding is, since 1970; null where it was not said. */
    long nextFundingNs();
}
