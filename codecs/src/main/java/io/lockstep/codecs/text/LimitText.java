package io.lockstep.codecs.text;

import io.lockstep.sbe.LimitType;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Limits that bind no single instrument, or whose unit is no instrument's, as decimals with their unit.
 */
public final class LimitText
{
    /** The value of all positions together is counted in units of 10 to this power of the common quote currency. */
    private static final int TOTAL_NOTIONAL_EXPONENT = -8;
    /** Orders for each fill are counted in thousandths. */
    private static final int RATIO_EXPONENT = -3;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final String ORDERS_A_FILL = "orders/fill";

    private LimitText()
    {
    }

    /**
     * A limit in the unit of its check, as snapshots and refusals hold it.
     *
     * @param quoteCurrency empty where it is not known.
     * @throws IllegalArgumentException for a limit that is counted in an instrument's own units.
     */
    public static Amount ofChecked(final LimitType type, final BigInteger units, final String quoteCurrency)
    {
        return switch (type)
        {
            case MAX_MARKET_DATA_AGE_MS, DUPLICATE_WINDOW_MS, MAX_RATE_AGE_MS -> Times.duration(
                units.longValueExact());
            case MAX_ORDER_TO_TRADE_RATIO -> new Amount(Decimals.scaled(units, RATIO_EXPONENT), ORDERS_A_FILL);
            case MAX_TOTAL_NOTIONAL, MAX_NET_EXPOSURE, MAX_GROSS_EXPOSURE, MAX_CURRENCY_EXPOSURE,
                MAX_DAILY_REALIZED_LOSS,
                MAX_DAILY_LOSS, MAX_DRAWDOWN, MAX_TRADE_LOSS ->
                new Amount(Decimals.scaled(units, TOTAL_NOTIONAL_EXPONENT), quoteCurrency);
            case MAX_ORDER_QUANTITY, MAX_POSITION_QUANTITY, MAX_ORDER_NOTIONAL, MAX_POSITION_NOTIONAL,
                MIN_ORDER_QUANTITY, MIN_ORDER_NOTIONAL, MAX_LONG_POSITION, MAX_SHORT_POSITION ->
                throw new IllegalArgumentException("counted in an instrument's units: limitType=" + type);
            default -> ofSet(type, new BigDecimal(units), quoteCurrency);
        };
    }

    /**
     * A limit as it was set: a decimal in the unit that its type names.
     *
     * @param quoteCurrency empty where it is not known.
     */
    public static Amount ofSet(final LimitType type, final BigDecimal value, final String quoteCurrency)
    {
        return switch (type)
        {
            case MAX_ORDER_QUANTITY, MAX_POSITION_QUANTITY, MIN_ORDER_QUANTITY, MAX_LONG_POSITION, MAX_SHORT_POSITION ->
                new Amount(value, "");
            case MAX_ORDER_NOTIONAL, MAX_POSITION_NOTIONAL, MAX_TOTAL_NOTIONAL, MIN_ORDER_NOTIONAL, MAX_NET_EXPOSURE,
                MAX_GROSS_EXPOSURE, MAX_CURRENCY_EXPOSURE, MAX_DAILY_REALIZED_LOSS, MAX_DAILY_LOSS, MAX_DRAWDOWN,
                MAX_TRADE_LOSS -> new Amount(value, quoteCurrency);
            case MAX_CONSECUTIVE_LOSSES -> new Amount(value, "losses");
            case MAX_CANCELS_PER_SECOND -> new Amount(value, "cancels/s");
            case MAX_ORDER_TO_TRADE_RATIO -> new Amount(value, ORDERS_A_FILL);
            case PRICE_COLLAR_TICKS -> new Amount(value, "ticks");
            case MAX_OPEN_ORDERS, MAX_TOTAL_OPEN_ORDERS -> new Amount(value, "orders");
            case MAX_ORDERS_PER_SECOND, MAX_TOTAL_ORDERS_PER_SECOND -> new Amount(value, "orders/s");
            case PRICE_COLLAR_BPS -> new Amount(value, "bps");
            case MAX_MARKET_DATA_AGE_MS, DUPLICATE_WINDOW_MS, MAX_RATE_AGE_MS -> milliseconds(value);
            default -> new Amount(value, "");
        };
    }

    private static Amount milliseconds(final BigDecimal value)
    {
        final BigDecimal ns = value.multiply(BigDecimal.valueOf(NANOS_PER_MILLI));
        return ns.stripTrailingZeros().scale() > 0 || ns.precision() - ns.scale() > 18
            ? new Amount(value, "ms")
            : Times.duration(ns.longValueExact());
    }
}
