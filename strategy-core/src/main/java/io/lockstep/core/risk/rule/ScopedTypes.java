package io.lockstep.core.risk.rule;

import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;

/** Which limits can be set of which scope, and the rule that keeps each. */
public final class ScopedTypes
{
    private ScopedTypes()
    {
    }

    /**
     * Whether a limit of the type, set of the scope, is one of those that are kept sparsely. The eight that each instrument has a place for
     * are not, when they are set of an instrument, of a strategy's leg or of all; those that bind all instruments together never are.
     */
    public static boolean isScoped(final LimitType type, final LimitScope scope)
    {
        return switch (type)
        {
            case MAX_ORDER_QUANTITY, MAX_ORDER_NOTIONAL, MAX_POSITION_QUANTITY, MAX_POSITION_NOTIONAL, MAX_OPEN_ORDERS,
                MAX_ORDERS_PER_SECOND, PRICE_COLLAR_BPS, MAX_MARKET_DATA_AGE_MS -> scope == LimitScope.STRATEGY ||
                    scope == LimitScope.VENUE || scope == LimitScope.ACCOUNT;
            case MIN_ORDER_QUANTITY, MIN_ORDER_NOTIONAL, MAX_LONG_POSITION, MAX_SHORT_POSITION, MAX_NET_EXPOSURE,
                MAX_GROSS_EXPOSURE, MAX_CURRENCY_EXPOSURE, MAX_CANCELS_PER_SECOND, MAX_ORDER_TO_TRADE_RATIO,
                PRICE_COLLAR_TICKS, DUPLICATE_WINDOW_MS, SELF_TRADE, SHORT_SELLING, BALANCE,
                MAX_DAILY_REALIZED_LOSS, MAX_DAILY_LOSS, MAX_DRAWDOWN,
                MAX_TRADE_LOSS, MAX_CONSECUTIVE_LOSSES, TRADING_HOURS -> true;
            case MAX_RATE_AGE_MS, MAX_TOTAL_OPEN_ORDERS, MAX_TOTAL_ORDERS_PER_SECOND, MAX_TOTAL_NOTIONAL, NULL_VAL,
                SBE_UNKNOWN -> false;
        };
    }

    /** A new rule without a limit yet; the type must be {@link #isScoped scoped} there. */
    static Rule newRule(final LimitType type, final LimitScope scope)
    {
        return switch (type)
        {
            case MAX_ORDER_QUANTITY -> new OrderQuantityRule(scope);
            case MAX_ORDER_NOTIONAL -> new OrderNotionalRule(scope);
            case MAX_POSITION_QUANTITY -> PositionRule.ofBoth(scope);
            case MAX_POSITION_NOTIONAL -> new PositionNotionalRule(scope);
            case MAX_OPEN_ORDERS -> new OpenOrdersRule(scope);
            case MAX_ORDERS_PER_SECOND -> new OrderRateRule(scope);
            case PRICE_COLLAR_BPS -> new BpsCollarRule(scope);
            case MAX_MARKET_DATA_AGE_MS -> new MarketDataAgeRule(scope);
            case MIN_ORDER_QUANTITY -> new LeastQuantityRule(scope);
            case MIN_ORDER_NOTIONAL -> new LeastNotionalRule(scope);
            case MAX_LONG_POSITION -> PositionRule.ofLong(scope);
            case MAX_SHORT_POSITION -> PositionRule.ofShort(scope);
            case MAX_NET_EXPOSURE -> new NetExposureRule(scope);
            case MAX_GROSS_EXPOSURE -> new GrossExposureRule(scope);
            case MAX_CURRENCY_EXPOSURE -> new CurrencyExposureRule(scope);
            case MAX_CANCELS_PER_SECOND -> new CancelRateRule(scope);
            case MAX_ORDER_TO_TRADE_RATIO -> new OrderToTradeRule(scope);
            case PRICE_COLLAR_TICKS -> new TicksCollarRule(scope);
            case DUPLICATE_WINDOW_MS -> new DuplicateRule(scope);
            case SELF_TRADE -> new SelfTradeRule(scope);
            case SHORT_SELLING -> new ShortSellingRule(scope);
            case BALANCE -> new BalanceRule(scope);
            case MAX_DAILY_REALIZED_LOSS -> DailyLossRule.ofRealized(scope);
            case MAX_DAILY_LOSS -> DailyLossRule.ofAll(scope);
            case MAX_DRAWDOWN -> new DrawdownRule(scope);
            case MAX_TRADE_LOSS -> new TradeLossRule(scope);
            case MAX_CONSECUTIVE_LOSSES -> new ConsecutiveLossesRule(scope);
            case TRADING_HOURS -> new TradingHoursRule(scope);
            case MAX_RATE_AGE_MS, MAX_TOTAL_OPEN_ORDERS, MAX_TOTAL_ORDERS_PER_SECOND, MAX_TOTAL_NOTIONAL, NULL_VAL,
                SBE_UNKNOWN -> throw new IllegalArgumentException("no scoped limit: type=" + type);
        };
    }
}
