package io.lockstep.core.reference;

import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.TradingMode;

import java.math.BigDecimal;
import java.util.List;
import java.util.SplittableRandom;

/** Limits and trading states by chance, of every scope that has them, so that some bind and most orders still pass. */
final class RandomLimits
{
    private static final int LIMITS_MAX = 10;
    private static final List<LimitType> PLACED = List.of(LimitType.MAX_ORDER_QUANTITY, LimitType.MAX_ORDER_NOTIONAL,
        LimitType.MAX_POSITION_QUANTITY, LimitType.MAX_POSITION_NOTIONAL, LimitType.MAX_OPEN_ORDERS,
        LimitType.MAX_ORDERS_PER_SECOND);
    private static final List<LimitType> SPARSE = List.of(LimitType.MIN_ORDER_QUANTITY, LimitType.MIN_ORDER_NOTIONAL,
        LimitType.MAX_LONG_POSITION, LimitType.MAX_SHORT_POSITION, LimitType.MAX_CANCELS_PER_SECOND,
        LimitType.PRICE_COLLAR_TICKS, LimitType.DUPLICATE_WINDOW_MS, LimitType.SELF_TRADE, LimitType.SHORT_SELLING);
    private static final List<LimitType> TOTALS = List.of(LimitType.MAX_TOTAL_OPEN_ORDERS,
        LimitType.MAX_TOTAL_ORDERS_PER_SECOND, LimitType.MAX_TOTAL_NOTIONAL);
    private static final TradingMode[] MODES = {TradingMode.REDUCE_ONLY, TradingMode.HALTED, TradingMode.KILLED};

    private final SplittableRandom random;
    private final ReferenceModel model;
    private final CoreUnderTest core;

    RandomLimits(final SplittableRandom random, final ReferenceModel model, final CoreUnderTest core)
    {
        this.random = random;
        this.model = model;
        this.core = core;
    }

    private <T> T oneOf(final List<T> list)
    {
        return list.get(random.nextInt(list.size()));
    }

    /** Sets or takes back a limit, and says which. */
    String limit()
    {
        final List<ModelLimit> limits = model.risk().limits();
        if (limits.size() >= LIMITS_MAX || !limits.isEmpty() && random.nextInt(3) == 0)
        {
            final ModelLimit limit = oneOf(limits);
            model.unlimit(limit.scope, limit.type);
            core.unlimit(limit.scope, limit.type);
            return "unset " + limit.scope + " " + limit.type;
        }
        final ModelScope scope = scope();
        final LimitType type = type(scope);
        final BigDecimal value = value(type, model.slot(scope.instrumentId()).instrument);
        if (isCounting(type) && model.risk().isSet(scope, type))
        {
            return "leave " + scope + " " + type;
        }
        model.limit(scope, type, value);
        core.limit(scope, type, value);
        return "set " + scope + " " + type + " " + value;
    }

    private ModelLeg leg()
    {
        return oneOf(oneOf(model.slots()).legs);
    }

    private ModelScope scope()
    {
        final ModelLeg leg = leg();
        return switch (random.nextInt(5))
        {
            case 0 -> ModelScope.ofLeg(leg);
            case 1 -> ModelScope.ofStrategy(leg.strategyId);
            case 2 -> ModelScope.ofInstrument(leg.slot.id());
            case 3 -> ModelScope.ofVenue(leg.slot.instrument.venueId());
            default -> ModelScope.NODE;
        };
    }

    private LimitType type(final ModelScope scope)
    {
        final boolean isSparse = random.nextInt(3) == 0;
        if (scope.scope() == LimitScope.NODE)
        {
            return oneOf(isSparse ? SPARSE : TOTALS);
        }
        final boolean isCollar = scope.scope() != LimitScope.LEG && random.nextInt(8) == 0;
        return isCollar ? LimitType.PRICE_COLLAR_BPS : oneOf(isSparse ? SPARSE : PLACED);
    }

    private static boolean isCounting(final LimitType type)
    {
        return switch (type)
        {
            case MAX_ORDERS_PER_SECOND, MAX_TOTAL_ORDERS_PER_SECOND, MAX_CANCELS_PER_SECOND, DUPLICATE_WINDOW_MS ->
                true;
            default -> false;
        };
    }

    private BigDecimal value(final LimitType type, final ModelInstrument instrument)
    {
        final BigDecimal lots = instrument.lot().multiply(BigDecimal.valueOf(instrument.orderLots()));
        return switch (type)
        {
            case MAX_ORDER_QUANTITY -> lots.multiply(BigDecimal.valueOf(4 + random.nextInt(8)));
            case MIN_ORDER_QUANTITY -> lots.multiply(BigDecimal.valueOf(1 + random.nextInt(4)));
            case MAX_POSITION_QUANTITY, MAX_LONG_POSITION, MAX_SHORT_POSITION ->
                lots.multiply(BigDecimal.valueOf(random.nextInt(60)));
            case MAX_ORDER_NOTIONAL -> BigDecimal.valueOf(random.nextInt(12_000));
            case MIN_ORDER_NOTIONAL -> BigDecimal.valueOf(random.nextInt(3_000));
            case MAX_POSITION_NOTIONAL -> BigDecimal.valueOf(random.nextInt(60_000));
            case MAX_TOTAL_NOTIONAL -> BigDecimal.valueOf(random.nextInt(150_000));
            case MAX_OPEN_ORDERS -> BigDecimal.valueOf(1 + random.nextInt(12));
            case MAX_TOTAL_OPEN_ORDERS -> BigDecimal.valueOf(5 + random.nextInt(25));
            case PRICE_COLLAR_BPS -> BigDecimal.valueOf(random.nextInt(100));
            case PRICE_COLLAR_TICKS -> BigDecimal.valueOf(random.nextInt(40));
            case DUPLICATE_WINDOW_MS -> BigDecimal.valueOf(1 + random.nextInt(5_000));
            case SELF_TRADE, MAX_CANCELS_PER_SECOND -> BigDecimal.ONE;
            case SHORT_SELLING -> BigDecimal.valueOf(random.nextInt(2));
            default -> BigDecimal.valueOf(1 + random.nextInt(4));
        };
    }

    /** Sets a trading state, and says which: more often than not everything runs again. */
    String mode()
    {
        final ModelLeg leg = leg();
        final ModelScope scope = switch (random.nextInt(4))
        {
            case 0 -> ModelScope.ofStrategy(leg.strategyId);
            case 1 -> ModelScope.ofInstrument(leg.slot.id());
            case 2 -> ModelScope.ofVenue(leg.slot.instrument.venueId());
            default -> ModelScope.NODE;
        };
        return mode(scope, MODES[random.nextInt(MODES.length)]);
    }

    /** Everything runs again. */
    String run()
    {
        List.copyOf(model.risk().scopesInState()).forEach((scope) -> mode(scope, TradingMode.RUNNING));
        return "run";
    }

    private String mode(final ModelScope scope, final TradingMode mode)
    {
        model.mode(scope, mode);
        core.mode(scope, mode);
        return scope + " " + mode;
    }
}
