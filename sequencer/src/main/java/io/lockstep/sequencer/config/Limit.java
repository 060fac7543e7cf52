package io.lockstep.sequencer.config;

import io.lockstep.codecs.Decimal;
import io.lockstep.core.risk.ExposureLimits;
import io.lockstep.core.risk.RiskLimits;
import io.lockstep.core.risk.SelfTradePolicy;
import io.lockstep.core.risk.TotalLimits;
import io.lockstep.core.risk.rule.ScopedTypes;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A pre-trade limit and its value; the unit is the type's.
 */
public record Limit(LimitType type, Decimal value)
{
    private static final long COUNT_MAX = 1_000_000_000;
    private static final long SELF_TRADE_MAX = SelfTradePolicy.CANCEL_BOTH.code();

    /** The name in configuration and commands, e.g. {@code maxOrderQuantity}. */
    public static String name(final LimitType type)
    {
        final StringBuilder name = new StringBuilder();
        for (final String word : type.name().toLowerCase(Locale.ROOT).split("_"))
        {
            name.append(name.length() == 0 ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return name.toString();
    }

    /** All types that can be set. */
    public static List<LimitType> types()
    {
        final List<LimitType> types = new ArrayList<>(List.of(LimitType.values()));
        types.removeIf((type) -> type == LimitType.NULL_VAL || type == LimitType.SBE_UNKNOWN);
        return types;
    }

    /** Whether a limit of the type can be set of the scope; those that bind all instruments together, of the node alone. */
    public static boolean isPossible(final LimitType type, final LimitScope scope)
    {
        return ScopedTypes.isScoped(type, scope) || switch (scope)
        {
            case LEG -> ExposureLimits.isAboutExposure(type);
            case INSTRUMENT -> RiskLimits.TYPES.contains(type);
            case NODE -> RiskLimits.TYPES.contains(type) || TotalLimits.isTotal(type);
            case STRATEGY, VENUE, ACCOUNT, NULL_VAL, SBE_UNKNOWN -> false;
        };
    }

    /** Whether it counts something, so that its value is a whole number. */
    public static boolean isWhole(final LimitType type)
    {
        return switch (type)
        {
            case MAX_OPEN_ORDERS, MAX_ORDERS_PER_SECOND, PRICE_COLLAR_BPS, MAX_MARKET_DATA_AGE_MS,
                MAX_TOTAL_OPEN_ORDERS,
                MAX_TOTAL_ORDERS_PER_SECOND, MAX_CANCELS_PER_SECOND, PRICE_COLLAR_TICKS, DUPLICATE_WINDOW_MS,
                SELF_TRADE,
                MAX_RATE_AGE_MS, SHORT_SELLING, BALANCE, MAX_CONSECUTIVE_LOSSES, TRADING_HOURS -> true;
            case MAX_ORDER_QUANTITY, MAX_ORDER_NOTIONAL, MAX_POSITION_QUANTITY, MAX_POSITION_NOTIONAL,
                MAX_TOTAL_NOTIONAL, MIN_ORDER_QUANTITY, MIN_ORDER_NOTIONAL, MAX_LONG_POSITION, MAX_SHORT_POSITION,
                MAX_NET_EXPOSURE, MAX_GROSS_EXPOSURE, MAX_CURRENCY_EXPOSURE, MAX_ORDER_TO_TRADE_RATIO,
                MAX_DAILY_REALIZED_LOSS, MAX_DAILY_LOSS, MAX_DRAWDOWN, MAX_TRADE_LOSS -> false;
            case NULL_VAL, SBE_UNKNOWN -> throw new IllegalArgumentException("no limit: type=" + type);
        };
    }

    private static Decimal whole(final YamlSection section, final LimitType type)
    {
        final long max = switch (type)
        {
            case MAX_ORDERS_PER_SECOND, MAX_TOTAL_ORDERS_PER_SECOND, MAX_CANCELS_PER_SECOND ->
                RiskLimits.ORDERS_PER_SECOND_MAX;
            case SELF_TRADE -> SELF_TRADE_MAX;
            case SHORT_SELLING, BALANCE, TRADING_HOURS -> 1;
            case MAX_MARKET_DATA_AGE_MS, DUPLICATE_WINDOW_MS, MAX_RATE_AGE_MS -> TimeUnit.DAYS.toMillis(365);
            default -> COUNT_MAX;
        };
        final long value = section.whole(name(type), -1, 0, max);
        return value < 0 ? null : Decimal.parse(Long.toString(value));
    }

    /**
     * @param mayBe which types may stand there.
     */
    static List<Limit> read(final YamlSection section, final Predicate<LimitType> mayBe)
    {
        final List<Limit> limits = new ArrayList<>();
        for (final LimitType type : types())
        {
            if (!mayBe.test(type))
            {
                continue;
            }
            final Decimal value = isWhole(type) ? whole(section, type) : section.decimal(name(type));
            if (value != null)
            {
                if (value.mantissa() < 0)
                {
                    section.refuse(name(type), value, "a limit that is not negative");
                    continue;
                }
                limits.add(new Limit(type, value));
            }
        }
        section.refuseUnknown();
        return limits;
    }
}
