package io.lockstep.codecs.text;

import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Nulls;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.RiskReason;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * The numbers of one instrument's messages as decimals with their unit. Each method returns null for the absent value.
 * Immutable.
 */
public final class InstrumentText
{
    private static final Increment WHOLE = new Increment(1, 0);
    /** Of balances, in the asset that a buy pays with or a sale gives. */
    private static final int ASSET_EXPONENT = -18;

    private final Instrument instrument;
    private final String quantityUnit;
    private final int quoteExponent;

    public InstrumentText(final Instrument instrument)
    {
        this.instrument = instrument;
        final boolean countsBase = !instrument.isInverse() && instrument.multiplier().isEqualTo(WHOLE);
        quantityUnit = countsBase ? instrument.baseCurrency() : "contracts";
        quoteExponent = instrument.isInverse()
            ? instrument.lot().exponent() + instrument.multiplier().exponent()
            : instrument.cashExponent();
    }

    /** The name people use, fit for a terminal. */
    public String name()
    {
        return Escapes.line(instrument.name());
    }

    public Instrument instrument()
    {
        return instrument;
    }

    public Amount price(final long ticks)
    {
        return ticks == Nulls.NULL_LONG
            ? null
            : new Amount(instrument.tick().decimal(ticks), instrument.quoteCurrency());
    }

    public Amount quantity(final long lots)
    {
        return lots == Nulls.NULL_LONG ? null : new Amount(instrument.lot().decimal(lots), quantityUnit);
    }

    /** Of the instrument's cash unit: cash, profit, commission. */
    public Amount cash(final long units)
    {
        return units == Nulls.NULL_LONG ? null : cash(BigInteger.valueOf(units));
    }

    /** Of the instrument's cash unit, in more than 64 bits. */
    public Amount cash(final BigInteger units)
    {
        return new Amount(Decimals.scaled(units, instrument.cashExponent()), instrument.settlementCurrency());
    }

    /** Of the unit that limits of value are checked in: the quote currency's, whatever the contract settles in. */
    public Amount notional(final long units)
    {
        return units == Nulls.NULL_LONG ? null : notional(BigInteger.valueOf(units));
    }

    /** As {@link #notional(long)}, in more than 64 bits. */
    public Amount notional(final BigInteger units)
    {
        return new Amount(Decimals.scaled(units, quoteExponent), instrument.quoteCurrency());
    }

    /** A limit in the unit of its check, as snapshots hold it. */
    public Amount limit(final LimitType type, final BigInteger units)
    {
        return switch (type)
        {
            case MAX_ORDER_QUANTITY, MAX_POSITION_QUANTITY, MIN_ORDER_QUANTITY, MAX_LONG_POSITION, MAX_SHORT_POSITION ->
                quantity(units.longValueExact());
            case MAX_ORDER_NOTIONAL, MAX_POSITION_NOTIONAL, MIN_ORDER_NOTIONAL -> notional(units);
            default -> LimitText.ofChecked(type, units, instrument.quoteCurrency());
        };
    }

    /** A limit as it was set: a decimal in the unit that its type names. */
    public Amount limit(final LimitType type, final BigDecimal value)
    {
        return switch (type)
        {
            case MAX_ORDER_QUANTITY, MAX_POSITION_QUANTITY, MIN_ORDER_QUANTITY, MAX_LONG_POSITION, MAX_SHORT_POSITION ->
                new Amount(value, quantityUnit);
            default -> LimitText.ofSet(type, value, instrument.quoteCurrency());
        };
    }

    /** A limit, or what an order would have made of it, in a refusal for this reason; null where the number counts nothing. */
    public Amount refusal(final RiskReason reason, final BigInteger units)
    {
        return switch (reason)
        {
            case INVALID_QUANTITY, MAX_ORDER_QUANTITY, MAX_POSITION_QUANTITY, MIN_ORDER_QUANTITY, MAX_LONG_POSITION,
                MAX_SHORT_POSITION, SHORT_SELLING, REDUCE_ONLY -> quantity(units.longValueExact());
            case INVALID_PRICE, PRICE_COLLAR, PRICE_COLLAR_TICKS, SELF_TRADE -> price(units.longValueExact());
            case MAX_ORDER_NOTIONAL, MAX_POSITION_NOTIONAL, MIN_ORDER_NOTIONAL -> notional(units);
            case MAX_NET_EXPOSURE, MAX_GROSS_EXPOSURE, MAX_CURRENCY_EXPOSURE, NO_RATE -> limit(
                LimitType.MAX_NET_EXPOSURE, units);
            case MAX_CANCEL_RATE -> limit(LimitType.MAX_CANCELS_PER_SECOND, units);
            case MAX_ORDER_TO_TRADE_RATIO -> limit(LimitType.MAX_ORDER_TO_TRADE_RATIO, units);
            case INSUFFICIENT_BALANCE -> new Amount(Decimals.scaled(units, ASSET_EXPONENT), "");
            case MAX_DAILY_REALIZED_LOSS, MAX_DAILY_LOSS, MAX_DRAWDOWN, MAX_TRADE_LOSS -> LimitText.ofChecked(
                LimitType.MAX_DAILY_LOSS, units, instrument.settlementCurrency());
            case MAX_CONSECUTIVE_LOSSES -> limit(LimitType.MAX_CONSECUTIVE_LOSSES, units);
            case STALE_MARKET_DATA, DUPLICATE_ORDER, STALE_RATE, BREAKER_OPEN -> Times.duration(units.longValueExact());
            case MAX_OPEN_ORDERS -> limit(LimitType.MAX_OPEN_ORDERS, units);
            case MAX_ORDER_RATE -> limit(LimitType.MAX_ORDERS_PER_SECOND, units);
            case MAX_TOTAL_OPEN_ORDERS -> limit(LimitType.MAX_TOTAL_OPEN_ORDERS, units);
            case MAX_TOTAL_ORDER_RATE -> limit(LimitType.MAX_TOTAL_ORDERS_PER_SECOND, units);
            case MAX_TOTAL_NOTIONAL -> limit(LimitType.MAX_TOTAL_NOTIONAL, units);
            default -> null;
        };
    }
}
