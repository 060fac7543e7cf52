package io.lockstep.core.reference;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What an instrument is, in decimals.
 *
 * @param isInverse    settled in what is traded: worth a number of quote units a contract, whatever the price.
 * @param orderTicks   the step of orders' prices.
 * @param orderLots    the step of orders' quantities.
 * @param cashExponent cash is counted in units of ten to this.
 */
record ModelInstrument(
    int id,
    int venueId,
    boolean isInverse,
    BigDecimal tick,
    BigDecimal lot,
    BigDecimal multiplier,
    long orderTicks,
    long orderLots,
    int cashExponent)
{
    /** What so many lots are worth in the quote currency, rounded up to the unit of cash. */
    BigDecimal notional(final long priceTicks, final long lots)
    {
        final BigDecimal contracts = lot.multiply(multiplier).multiply(BigDecimal.valueOf(Math.abs(lots)));
        return isInverse
            ? contracts
            : contracts.multiply(tick).multiply(BigDecimal.valueOf(priceTicks)).setScale(-cashExponent,
                RoundingMode.CEILING);
    }

    /** A limit in the unit of notionals: of an inverse contract that of a contract, else that of cash. */
    BigDecimal notionalLimit(final BigDecimal limit, final RoundingMode rounding)
    {
        final int scale = isInverse ? lot.multiply(multiplier).stripTrailingZeros().scale() : -cashExponent;
        return limit.setScale(scale, rounding);
    }

    /** What a fill adds to cash, rounded down: buying pays, and of an inverse contract sells what it is settled in. */
    BigDecimal cash(final long priceTicks, final long signedLots)
    {
        final BigDecimal contracts = lot.multiply(multiplier).multiply(BigDecimal.valueOf(signedLots));
        final BigDecimal price = tick.multiply(BigDecimal.valueOf(priceTicks));
        return isInverse
            ? contracts.divide(price, -cashExponent, RoundingMode.FLOOR)
            : contracts.multiply(price).negate().setScale(-cashExponent, RoundingMode.FLOOR);
    }

    /** Whole lots in a quantity, rounded down. */
    long lots(final BigDecimal quantity)
    {
        return quantity.divide(lot, 0, RoundingMode.FLOOR).longValueExact();
    }

    long onGrid(final long lots)
    {
        return lots - lots % orderLots;
    }
}
