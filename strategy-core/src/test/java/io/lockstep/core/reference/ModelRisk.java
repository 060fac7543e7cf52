package io.lockstep.core.reference;

import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.RiskReason;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TradingMode;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The checks in the order of docs/reference/pre-trade-checks.md, each as it reads there. */
final class ModelRisk
{
    private static final BigDecimal BPS = BigDecimal.valueOf(10_000);
    private static final int TOTAL_SCALE = 8;
    private static final Comparator<ModelLimit> CHECKED = Comparator
        .<ModelLimit, ModelScope>comparing((limit) -> limit.scope, ModelScope.NARROWEST_FIRST)
        .thenComparingInt((limit) -> limit.type.value());

    private final List<ModelSlot> slots;
    private final List<ModelLimit> limits = new ArrayList<>();
    private final Map<ModelScope, TradingMode> states = new TreeMap<>(ModelScope.NARROWEST_FIRST);

    ModelRisk(final List<ModelSlot> slots)
    {
        this.slots = slots;
    }

    // What is set.

    /** Null where none is set. */
    ModelLimit find(final ModelScope scope, final LimitType type)
    {
        return limits.stream().filter((limit) -> limit.type == type && limit.scope.equals(scope)).findFirst()
            .orElse(null);
    }

    boolean isSet(final ModelScope scope, final LimitType type)
    {
        return find(scope, type) != null;
    }

    void set(final ModelScope scope, final LimitType type, final BigDecimal value)
    {
        final ModelLimit there = find(scope, type);
        if (there == null)
        {
            limits.add(new ModelLimit(scope, type, value));
            limits.sort(CHECKED);
        }
        else
        {
            there.value(value);
        }
    }

    void unset(final ModelScope scope, final LimitType type)
    {
        limits.removeIf((limit) -> limit.type == type && limit.scope.equals(scope));
    }

    void mode(final ModelScope scope, final TradingMode mode)
    {
        if (mode == TradingMode.RUNNING)
        {
            states.remove(scope);
        }
        else
        {
            states.put(scope, mode);
        }
    }

    java.util.Set<ModelScope> scopesInState()
    {
        return states.keySet();
    }

    List<ModelLimit> limits()
    {
        return limits;
    }

    // What is counted.

    void sent(final ModelLeg leg, final Intent intent, final long nowNs)
    {
        for (final ModelLimit limit : limits)
        {
            if (!limit.scope.covers(leg))
            {
                continue;
            }
            switch (limit.type)
            {
                case MAX_ORDERS_PER_SECOND, MAX_TOTAL_ORDERS_PER_SECOND -> limit.count(nowNs);
                case MAX_CANCELS_PER_SECOND -> {
                    if (intent.isReplace())
                    {
                        limit.count(nowNs);
                    }
                }
                case DUPLICATE_WINDOW_MS -> {
                    if (!intent.isReplace())
                    {
                        limit.note(terms(leg, intent), nowNs);
                    }
                }
                default -> {
                    // Nothing is counted.
                }
            }
        }
    }

    private static String terms(final ModelLeg leg, final Intent intent)
    {
        return leg.slot.id() + " " + leg.strategyId + " " + intent.side() + " " + intent.isLimit() + " " +
            intent.timeInForce() + " " + intent.isPostOnly() + " " + intent.price() + " " + intent.lots();
    }

    /** A cancel that a strategy asks for. */
    Denial checkCancel(final ModelLeg leg, final long nowNs)
    {
        for (final ModelLimit limit : limits)
        {
            if (limit.type == LimitType.MAX_CANCELS_PER_SECOND && limit.scope.covers(leg) && limit.isRateUsedUp(nowNs))
            {
                return rate(limit, RiskReason.MAX_CANCEL_RATE);
            }
        }
        return Denial.NONE;
    }

    void cancelled(final ModelLeg leg, final long nowNs)
    {
        limits.stream().filter((limit) -> limit.type == LimitType.MAX_CANCELS_PER_SECOND && limit.scope.covers(leg))
            .forEach((limit) -> limit.count(nowNs));
    }

    // The checks.

    /** Of an order that is to leave. */
    Denial check(final ModelLeg leg, final Intent intent, final long nowNs)
    {
        Denial denial = checkStates(leg, intent);
        denial = denial.isNone() ? checkTerms(leg.slot.instrument, intent) : denial;
        denial = denial.isNone() ? checkNode(leg, intent) : denial;
        denial = denial.isNone() ? checkMarket(leg.slot.market) : denial;
        denial = denial.isNone() ? checkLimits(ModelScope.ofInstrument(leg.slot.id()), leg, intent, nowNs) : denial;
        denial = denial.isNone() ? checkCollar(leg, intent) : denial;
        denial = denial.isNone() ? checkTotals(leg, intent, nowNs) : denial;
        denial = denial.isNone() ? checkLimits(ModelScope.ofLeg(leg), leg, intent, nowNs) : denial;
        return denial.isNone() ? checkScopes(leg, intent, nowNs) : denial;
    }

    /** Of an order that is to be held. */
    Denial checkHeld(final ModelLeg leg, final Intent intent)
    {
        Denial denial = checkStates(leg, intent);
        denial = denial.isNone() ? checkTerms(leg.slot.instrument, intent) : denial;
        denial = denial.isNone() ? checkNode(leg, intent) : denial;
        denial = denial.isNone() ? checkOpen(ModelScope.ofInstrument(leg.slot.id()), leg, intent) : denial;
        denial = denial.isNone() ? checkOpen(ModelScope.ofLeg(leg), leg, intent) : denial;
        denial = denial.isNone() ? checkTotalOpen(intent) : denial;
        for (final LimitScope scope : List.of(LimitScope.STRATEGY, LimitScope.VENUE))
        {
            final int id = scope == LimitScope.STRATEGY ? leg.strategyId : leg.slot.instrument.venueId();
            denial = denial.isNone() ? checkOpen(new ModelScope(scope, id, 0), leg, intent) : denial;
        }
        return denial;
    }

    private Denial checkStates(final ModelLeg leg, final Intent intent)
    {
        TradingMode strictest = TradingMode.RUNNING;
        LimitScope whose = LimitScope.NULL_VAL;
        boolean isMet = true;
        for (final Map.Entry<ModelScope, TradingMode> state : states.entrySet())
        {
            if (state.getKey().scope() == LimitScope.NODE || !state.getKey().covers(leg))
            {
                continue;
            }
            if (state.getValue().value() > strictest.value())
            {
                strictest = state.getValue();
                whose = state.getKey().scope();
            }
            isMet &= state.getValue() != TradingMode.REDUCE_ONLY || state.getKey().exposure(leg).isReducedBy(intent);
        }
        return switch (strictest)
        {
            case RUNNING -> Denial.NONE;
            case REDUCE_ONLY -> isMet
                ? Denial.NONE
                : Denial.of(RiskReason.REDUCE_ONLY, whose, leg.net(), intent.leaves());
            default -> Denial.of(halted(whose), whose, Asked.NONE, Asked.NONE);
        };
    }

    private static RiskReason halted(final LimitScope scope)
    {
        return switch (scope)
        {
            case STRATEGY -> RiskReason.STRATEGY_HALTED;
            case INSTRUMENT -> RiskReason.INSTRUMENT_HALTED;
            case VENUE -> RiskReason.VENUE_HALTED;
            default -> throw new IllegalArgumentException("no state of the model: " + scope);
        };
    }

    private static Denial checkTerms(final ModelInstrument instrument, final Intent intent)
    {
        final boolean isSense = intent.isLimit() || intent.isImmediate() && intent.price() == Asked.NONE;
        final boolean mayBePostOnly = intent.isLimit() && !intent.isImmediate();
        if (!isSense)
        {
            return Denial.of(RiskReason.INVALID_TERMS);
        }
        if (intent.isPostOnly() && !mayBePostOnly)
        {
            return Denial.of(RiskReason.POST_ONLY);
        }
        if (intent.lots() <= intent.filled() || intent.lots() % instrument.orderLots() != 0)
        {
            return Denial.of(RiskReason.INVALID_QUANTITY, instrument.orderLots(), intent.lots());
        }
        final boolean isOnGrid = !intent.isLimit() || !intent.isPriced() ||
            intent.price() > 0 && intent.price() % instrument.orderTicks() == 0;
        return isOnGrid ? Denial.NONE : Denial.of(RiskReason.INVALID_PRICE, instrument.orderTicks(), intent.price());
    }

    private Denial checkNode(final ModelLeg leg, final Intent intent)
    {
        return switch (states.getOrDefault(ModelScope.NODE, TradingMode.RUNNING))
        {
            case RUNNING -> Denial.NONE;
            case REDUCE_ONLY -> leg.slot.isReducedBy(intent) ? Denial.NONE : Denial.of(RiskReason.REDUCE_ONLY);
            case HALTED -> Denial.of(RiskReason.HALTED);
            default -> Denial.of(RiskReason.KILLED);
        };
    }

    private static Denial checkMarket(final ModelMarket market)
    {
        if (!market.isLive())
        {
            return Denial.of(RiskReason.INSTRUMENT_NOT_TRADABLE, Asked.NONE, market.reason().value());
        }
        return market.mark() == Asked.NONE ? Denial.of(RiskReason.NO_REFERENCE_PRICE) : Denial.NONE;
    }

    private static long pays(final ModelMarket market, final Intent intent)
    {
        if (!intent.isLimit())
        {
            return market.taken(intent.side());
        }
        return intent.isBuy() ? intent.price() : Math.max(intent.price(), market.bid());
    }

    /** Quantity and notional of the order, the position, open orders, orders in a second: of the instrument or of a leg. */
    private Denial checkLimits(final ModelScope scope, final ModelLeg leg, final Intent intent, final long nowNs)
    {
        if (!scope.exposure(leg).isReducedBy(intent))
        {
            for (final LimitType type : List.of(LimitType.MAX_ORDER_QUANTITY, LimitType.MAX_ORDER_NOTIONAL,
                LimitType.MAX_POSITION_QUANTITY, LimitType.MAX_POSITION_NOTIONAL))
            {
                final ModelLimit limit = find(scope, type);
                final Denial denial = limit == null ? Denial.NONE : checkAmount(limit, leg, intent);
                if (!denial.isNone())
                {
                    return denial;
                }
            }
        }
        final Denial denial = checkOpen(scope, leg, intent);
        final ModelLimit rate = find(scope, LimitType.MAX_ORDERS_PER_SECOND);
        return denial.isNone() && rate != null && rate.isRateUsedUp(nowNs)
            ? rate(rate, RiskReason.MAX_ORDER_RATE)
            : denial;
    }

    private static Denial rate(final ModelLimit limit, final RiskReason reason)
    {
        return Denial.of(reason, limit.scope.scope(), limit.whole(), limit.whole() + 1);
    }

    private Denial checkOpen(final ModelScope scope, final ModelLeg leg, final Intent intent)
    {
        final ModelLimit limit = find(scope, LimitType.MAX_OPEN_ORDERS);
        if (limit == null || intent.isOpen())
        {
            return Denial.NONE;
        }
        final long open = slots.stream().flatMap((slot) -> slot.legs.stream()).filter(scope::covers)
            .mapToLong((other) -> other.open.size()).sum();
        return open >= limit.whole()
            ? Denial.of(RiskReason.MAX_OPEN_ORDERS, scope.scope(), limit.whole(), open + 1)
            : Denial.NONE;
    }

    /** An amount that an order which reduces is not held against. */
    private static Denial checkAmount(final ModelLimit limit, final ModelLeg leg, final Intent intent)
    {
        final ModelInstrument instrument = leg.slot.instrument;
        final ModelMarket market = leg.slot.market;
        final long worst = limit.scope.exposure(leg).worst(intent);
        return switch (limit.type)
        {
            case MAX_ORDER_QUANTITY -> most(RiskReason.MAX_ORDER_QUANTITY, limit, instrument, intent.leaves());
            case MAX_POSITION_QUANTITY -> most(RiskReason.MAX_POSITION_QUANTITY, limit, instrument, worst);
            case MAX_LONG_POSITION -> intent.isBuy()
                ? most(RiskReason.MAX_LONG_POSITION, limit, instrument, worst)
                : Denial.NONE;
            case MAX_SHORT_POSITION -> intent.isBuy()
                ? Denial.NONE
                : most(RiskReason.MAX_SHORT_POSITION, limit, instrument, worst);
            case MAX_ORDER_NOTIONAL -> most(
                RiskReason.MAX_ORDER_NOTIONAL, limit, instrument.notionalLimit(limit.value(), RoundingMode.FLOOR),
                instrument.notional(pays(market, intent), intent.leaves()));
            case MAX_POSITION_NOTIONAL -> most(
                RiskReason.MAX_POSITION_NOTIONAL, limit, instrument.notionalLimit(limit.value(), RoundingMode.FLOOR),
                instrument.notional(market.mark(), worst));
            case MIN_ORDER_QUANTITY -> leastLots(limit, instrument, intent.leaves());
            case MIN_ORDER_NOTIONAL ->
                leastNotional(limit, instrument.notionalLimit(limit.value(), RoundingMode.CEILING),
                    instrument.notional(pays(market, intent), intent.leaves()));
            case SHORT_SELLING -> limit.whole() != 0 || intent.isBuy()
                ? Denial.NONE
                : Denial.of(RiskReason.SHORT_SELLING, limit.scope.scope(), 0, worst);
            default -> throw new IllegalArgumentException("no amount: " + limit.type);
        };
    }

    private static Denial most(
        final RiskReason reason, final ModelLimit limit, final ModelInstrument instrument, final long lots)
    {
        final long most = instrument.lots(limit.value());
        return lots > most ? Denial.of(reason, limit.scope.scope(), most, lots) : Denial.NONE;
    }

    private static Denial most(
        final RiskReason reason, final ModelLimit limit, final BigDecimal most, final BigDecimal notional)
    {
        return notional.compareTo(most) > 0
            ? Denial.of(reason, limit.scope.scope(), most, notional)
            : Denial.NONE;
    }

    private static Denial leastLots(final ModelLimit limit, final ModelInstrument instrument, final long lots)
    {
        final long least = limit.value().divide(instrument.lot(), 0, RoundingMode.CEILING).longValueExact();
        return lots < least ? Denial.of(RiskReason.MIN_ORDER_QUANTITY, limit.scope.scope(), least, lots) : Denial.NONE;
    }

    private static Denial leastNotional(final ModelLimit limit, final BigDecimal least, final BigDecimal notional)
    {
        return notional.compareTo(least) < 0
            ? Denial.of(RiskReason.MIN_ORDER_NOTIONAL, limit.scope.scope(), least, notional)
            : Denial.NONE;
    }

    private Denial checkCollar(final ModelLeg leg, final Intent intent)
    {
        final ModelLimit limit = find(ModelScope.ofInstrument(leg.slot.id()), LimitType.PRICE_COLLAR_BPS);
        return limit == null ? Denial.NONE : checkCollar(limit, leg, intent);
    }

    private static Denial checkCollar(final ModelLimit limit, final ModelLeg leg, final Intent intent)
    {
        final ModelMarket market = leg.slot.market;
        final long taken = market.taken(intent.side());
        final long from = intent.isLimit() ? taken : market.mark();
        final long price = intent.isLimit() ? intent.price() : taken;
        final boolean isInTicks = limit.type == LimitType.PRICE_COLLAR_TICKS;
        final long distance = isInTicks
            ? limit.whole()
            : limit.value().multiply(BigDecimal.valueOf(from)).divide(BPS, 0, RoundingMode.FLOOR).longValueExact();
        final long bound = intent.isBuy() ? from + distance : from - distance;
        final boolean isBeyond = intent.isBuy() ? price > bound : price < bound;
        return isBeyond
            ? Denial.of(isInTicks ? RiskReason.PRICE_COLLAR_TICKS : RiskReason.PRICE_COLLAR, limit.scope.scope(), bound,
                price)
            : Denial.NONE;
    }

    private Denial checkTotalOpen(final Intent intent)
    {
        final ModelLimit limit = find(ModelScope.NODE, LimitType.MAX_TOTAL_OPEN_ORDERS);
        final long open = slots.stream().flatMap((slot) -> slot.legs.stream()).mapToLong((leg) -> leg.open.size())
            .sum();
        return limit != null && !intent.isOpen() && open >= limit.whole()
            ? Denial.of(RiskReason.MAX_TOTAL_OPEN_ORDERS, LimitScope.NODE, limit.whole(), open + 1)
            : Denial.NONE;
    }

    private Denial checkTotals(final ModelLeg leg, final Intent intent, final long nowNs)
    {
        final Denial denial = checkTotalOpen(intent);
        if (!denial.isNone())
        {
            return denial;
        }
        final ModelLimit rate = find(ModelScope.NODE, LimitType.MAX_TOTAL_ORDERS_PER_SECOND);
        if (rate != null && rate.isRateUsedUp(nowNs))
        {
            return rate(rate, RiskReason.MAX_TOTAL_ORDER_RATE);
        }
        final ModelLimit limit = find(ModelScope.NODE, LimitType.MAX_TOTAL_NOTIONAL);
        return limit == null || leg.slot.isReducedBy(intent) ? Denial.NONE : checkTotal(limit, leg, intent);
    }

    private Denial checkTotal(final ModelLimit limit, final ModelLeg leg, final Intent intent)
    {
        BigDecimal total = BigDecimal.ZERO;
        for (final ModelSlot slot : slots)
        {
            final long more = slot == leg.slot ? intent.leaves() - intent.replaced() : 0;
            final long largest = largest(slot, intent.isBuy() ? more : 0, intent.isBuy() ? 0 : more);
            if (largest != 0 && slot.market.mark() == Asked.NONE)
            {
                return Denial.of(RiskReason.NO_REFERENCE_PRICE);
            }
            total = largest == 0
                ? total
                : total.add(
                    slot.instrument.notional(slot.market.mark(), largest).setScale(TOTAL_SCALE, RoundingMode.CEILING));
        }
        return most(RiskReason.MAX_TOTAL_NOTIONAL, limit, limit.value(), total);
    }

    private static long largest(final ModelSlot slot, final long moreBought, final long moreSold)
    {
        final long bought = slot.net() + slot.openLots(Side.BUY) + moreBought;
        final long sold = slot.openLots(Side.SELL) + moreSold - slot.net();
        return Math.max(Math.abs(slot.net()), Math.max(bought, sold));
    }

    /** The limits of all scopes that the checks before have not seen, from the narrowest on. */
    private Denial checkScopes(final ModelLeg leg, final Intent intent, final long nowNs)
    {
        for (final ModelLimit limit : limits)
        {
            final Denial denial = isSeenBefore(limit) || !limit.scope.covers(leg)
                ? Denial.NONE
                : checkScope(limit, leg, intent, nowNs);
            if (!denial.isNone())
            {
                return denial;
            }
        }
        return Denial.NONE;
    }

    private static boolean isSeenBefore(final ModelLimit limit)
    {
        final boolean isPlaced = limit.scope.scope() == LimitScope.LEG || limit.scope.scope() == LimitScope.INSTRUMENT;
        return switch (limit.type)
        {
            case MAX_ORDER_QUANTITY, MAX_ORDER_NOTIONAL, MAX_POSITION_QUANTITY, MAX_POSITION_NOTIONAL, MAX_OPEN_ORDERS,
                MAX_ORDERS_PER_SECOND, PRICE_COLLAR_BPS -> isPlaced;
            case MAX_TOTAL_OPEN_ORDERS, MAX_TOTAL_ORDERS_PER_SECOND, MAX_TOTAL_NOTIONAL -> true;
            default -> false;
        };
    }

    private Denial checkScope(final ModelLimit limit, final ModelLeg leg, final Intent intent, final long nowNs)
    {
        return switch (limit.type)
        {
            case MAX_OPEN_ORDERS -> checkOpen(limit.scope, leg, intent);
            case MAX_ORDERS_PER_SECOND ->
                limit.isRateUsedUp(nowNs) ? rate(limit, RiskReason.MAX_ORDER_RATE) : Denial.NONE;
            case MAX_CANCELS_PER_SECOND -> intent.isReplace() && limit.isRateUsedUp(nowNs)
                ? rate(limit, RiskReason.MAX_CANCEL_RATE)
                : Denial.NONE;
            case PRICE_COLLAR_BPS, PRICE_COLLAR_TICKS -> checkCollar(limit, leg, intent);
            case DUPLICATE_WINDOW_MS -> checkDuplicate(limit, leg, intent, nowNs);
            case SELF_TRADE -> checkSelfTrade(limit, leg, intent);
            default -> limit.scope.exposure(leg).isReducedBy(intent) ? Denial.NONE : checkAmount(limit, leg, intent);
        };
    }

    private static Denial checkDuplicate(
        final ModelLimit limit, final ModelLeg leg, final Intent intent, final long nowNs)
    {
        final long agoNs = intent.isReplace() ? Asked.NONE : limit.sentBeforeNs(terms(leg, intent), nowNs);
        return agoNs == Asked.NONE
            ? Denial.NONE
            : Denial.of(RiskReason.DUPLICATE_ORDER, limit.scope.scope(), limit.windowNs(), agoNs);
    }

    private static Denial checkSelfTrade(final ModelLimit limit, final ModelLeg leg, final Intent intent)
    {
        for (final ModelOrder resting : limit.scope.exposure(leg).open())
        {
            if (resting.asked.side() == intent.side() || !resting.asked.leavesAsLimit() || resting.exposure() == 0)
            {
                continue;
            }
            final long pending = resting.isReplaceUnderWay ? resting.pendingPrice : resting.price;
            final long best = intent.isBuy() ? Math.min(resting.price, pending) : Math.max(resting.price, pending);
            final boolean crosses = !intent.isLimit()
                || (intent.isBuy() ? intent.price() >= best : intent.price() <= best);
            if (crosses)
            {
                return Denial.of(RiskReason.SELF_TRADE, limit.scope.scope(), Asked.NONE, best);
            }
        }
        return Denial.NONE;
    }
}
