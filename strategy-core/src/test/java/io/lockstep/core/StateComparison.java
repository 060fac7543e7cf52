package io.lockstep.core;

import io.lockstep.core.book.OrderBook;
import io.lockstep.core.order.OpenOrders;
import io.lockstep.core.order.Order;
import io.lockstep.core.strategy.ScriptedStrategy;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Compares two cores field by field, whatever they consist of: a field that somebody adds and forgets to save shows as soon
 * as it has another value than a new core's. What need not be equal is listed with the reason.
 */
final class StateComparison
{
    private static final String SCRATCH = "of the calculation being made; each sets it before it is read";
    private static final String IN_A_RING = "where it lies in the ring is seen by nobody; count and hash are compared";
    private static final Map<String, String> IGNORED = Map.ofEntries(
        Map.entry("TradingCore.header", "a cursor"),
        Map.entry("TradingCore.factoryByName", "given to the constructor"),
        Map.entry("DecisionWriter.port", "given to the constructor"),
        Map.entry("DecisionWriter.buffer", "of the decision being made"),
        Map.entry("DecisionWriter.clOrdId",
            "keeps how the newest id was written; what it writes follows from what it is given"),
        Map.entry("DecisionWriter.sequence", "of the input being handled, set anew with each"),
        Map.entry("DecisionWriter.nowNs", "of the input being handled, set anew with each"),
        Map.entry("DecisionWriter.incarnation", "of the input being handled, set anew with each"),
        Map.entry("DecisionWriter.shard", "of the input being handled, set anew with each"),
        Map.entry("DecisionWriter.ordinal", "of the input being handled, set anew with each"),
        Map.entry("SourceRoles.allowed", "follows from the roles, which are compared"),
        Map.entry("SessionCalendar.newest", "where the newest question was; the next one sets it anew"),
        Map.entry("Account.change", SCRATCH),
        Map.entry("Breaker.legs", "follows from the key"),
        Map.entry("Breakers.amount", SCRATCH),
        Map.entry("Breakers.probes", "of the order that was checked last; each check sets it before it is read"),
        Map.entry("LossGauge.value", SCRATCH),
        Map.entry("RateGauge.value", SCRATCH),
        Map.entry("RateGauge.timesNs", IN_A_RING),
        Map.entry("RateGauge.newest", IN_A_RING),
        Map.entry("SlippageGauge.value", SCRATCH),
        Map.entry("SlippageGauge.fills", IN_A_RING),
        Map.entry("SlippageGauge.newest", IN_A_RING),
        Map.entry("LegProfit.newTotal", SCRATCH),
        Map.entry("LegProfit.tripResult", SCRATCH),
        Map.entry("LossRule.member", SCRATCH),
        Map.entry("DrawdownRule.fall", SCRATCH),
        Map.entry("TradeLossRule.loss", SCRATCH),
        Map.entry("ConsecutiveLossesRule.scratch", SCRATCH),
        Map.entry("ScopeProfit.sum", SCRATCH),
        Map.entry("ScopeProfit.part", SCRATCH),
        Map.entry("ScopeProfit.open", SCRATCH),
        Map.entry("Account.part", SCRATCH),
        Map.entry("Account.name", SCRATCH),
        Map.entry("AccountBalance.newDifference", SCRATCH),
        Map.entry("AccountBalance.namedBy", "which report is being taken; counts within the process"),
        Map.entry("AccountPosition.namedBy", "which report is being taken; counts within the process"),
        Map.entry("AccountEffects.cash", SCRATCH),
        Map.entry("ConversionRates.name", SCRATCH),
        Map.entry("ConversionRates.units", SCRATCH),
        Map.entry("ConversionRates.amount", SCRATCH),
        Map.entry("ConversionRates.part", SCRATCH),
        Map.entry("AssetUnits.other", SCRATCH),
        Map.entry("EntryIds.highs",
            "where it lies in the ring of entries is seen by nobody; count and hash are compared"),
        Map.entry("EntryIds.lows",
            "where it lies in the ring of entries is seen by nobody; count and hash are compared"),
        Map.entry("EntryIds.next",
            "where it lies in the ring of entries is seen by nobody; count and hash are compared"),
        Map.entry("EntryIds.hash", "kept until an entry comes; compared as part of the whole hash"),
        Map.entry("EntryIds.isHashed", "kept until an entry comes; compared as part of the whole hash"),
        Map.entry("MarginCost.newCost", SCRATCH),
        Map.entry("MarginCost.cash", SCRATCH),
        Map.entry("MarginCost.part", SCRATCH),
        Map.entry("ReportComparison.amount", SCRATCH),
        Map.entry("ReportComparison.name", SCRATCH),
        Map.entry("ReportComparison.report", "which report is being taken; counts within the process"),
        Map.entry("ExecutionIds.sourceIds", "compared up to count by the sections"),
        Map.entry("ExecutionIds.highest", "compared up to count by the sections"),
        Map.entry("ExecutionIds.ahead", "compared up to count by the sections"),
        Map.entry("AheadIds.ids", "compared up to count by the sections"),
        Map.entry("StrayOrders.incarnations", "compared up to count by the sections"),
        Map.entry("StrayOrders.sequences", "compared up to count by the sections"),
        Map.entry("StrayOrders.ordinals", "compared up to count by the sections"),
        Map.entry("StrayOrders.instrumentIds", "compared up to count by the sections"),
        Map.entry("StrayOrders.sides", "compared up to count by the sections"),
        Map.entry("StrayOrders.attempts", "compared up to count by the sections"),
        Map.entry("StrayOrders.retriesNs", "compared up to count by the sections"),
        Map.entry("OrderStore.free", "which free object serves next is seen by nobody; their count is compared"),
        Map.entry("Order.nextOfSlot", "compared as the list of its instrument"),
        Map.entry("Order.previousOfSlot", "compared as the list of its instrument"),
        Map.entry("Order.nextOfLeg", "compared as the list of its leg"),
        Map.entry("Order.previousOfLeg", "compared as the list of its leg"),
        Map.entry("ClosedOrders.keys", IN_A_RING),
        Map.entry("ClosedOrders.incarnations", IN_A_RING),
        Map.entry("ClosedOrders.instrumentIds", IN_A_RING),
        Map.entry("ClosedOrders.strategyIds", IN_A_RING),
        Map.entry("ClosedOrders.sides", IN_A_RING),
        Map.entry("ClosedOrders.statuses", IN_A_RING),
        Map.entry("ClosedOrders.orderQtyLots", IN_A_RING),
        Map.entry("ClosedOrders.cumQtyLots", IN_A_RING),
        Map.entry("ClosedOrders.table", IN_A_RING),
        Map.entry("ClosedOrders.added", IN_A_RING),
        Map.entry("ClosedOrders.first", IN_A_RING),
        Map.entry("EarlierClOrdIds.keys", IN_A_RING),
        Map.entry("EarlierClOrdIds.incarnations", IN_A_RING),
        Map.entry("EarlierClOrdIds.nextKeys", IN_A_RING),
        Map.entry("EarlierClOrdIds.nextIncarnations", IN_A_RING),
        Map.entry("EarlierClOrdIds.table", IN_A_RING),
        Map.entry("EarlierClOrdIds.added", IN_A_RING),
        Map.entry("EarlierClOrdIds.first", IN_A_RING),
        Map.entry("RecentIds.highs", IN_A_RING),
        Map.entry("RecentIds.lows", IN_A_RING),
        Map.entry("RecentIds.table", IN_A_RING),
        Map.entry("RecentIds.added", IN_A_RING),
        Map.entry("RecentIds.first", IN_A_RING),
        Map.entry("Cause.featureCodes", "only the first count count, and between two inputs there are none"),
        Map.entry("Cause.mantissas", "only the first count count, and between two inputs there are none"),
        Map.entry("Cause.exponents", "only the first count count, and between two inputs there are none"),
        Map.entry("Cause.thresholdMantissas", "only the first count count, and between two inputs there are none"),
        Map.entry("StrategyInstance.callback", "of the newest call, for who is told of a failure in it"),
        Map.entry("StrategyInstance.suspensions", "tells a host; decides nothing"),
        Map.entry("Instances.factoryByName", "what the host offers"),
        Map.entry("Instances.suspensions", "tells a host; decides nothing"),
        Map.entry("OrderDesk.intent", SCRATCH),
        Map.entry("OrderDesk.terms", SCRATCH),
        Map.entry("HeldOrders.intent", SCRATCH),
        Map.entry("ListDesk.terms", SCRATCH),
        Map.entry("OpenLists.openOrders", "given to the constructor"),
        Map.entry("OpenLists.lists", "only the first count count; these are compared by the hash"),
        Map.entry("OpenLists.changed", "between two inputs there are none"),
        Map.entry("OrderTrigger.place", "where it lies in a heap is seen by nobody"),
        Map.entry("TriggerHeap.triggers",
            "where each lies in the heap is seen by nobody; count and first are compared"),
        Map.entry("ExpiryQueue.orders", "where each lies in the heap is seen by nobody; the count is compared"),
        Map.entry("Order.expiryPlace", "where it lies in a heap is seen by nobody"),
        Map.entry("OrderTrigger.shared", "the watermark of all that have seen the same; the hash has it"),
        Map.entry("OrderTrigger.watermarkTicks", "of before it was shared; the hash has what it is now"),
        Map.entry("TrailingStops.row", "compared as the orders' watermarks, by the hash"),
        Map.entry("TrailingStops.heap", "where each lies in the heap is seen by nobody"),
        Map.entry("TrailingStops.spare", "those of which no order is"),
        Map.entry("TrailingStops.spareCount", "those of which no order is"),
        Map.entry("TriggerIndex.leaving", "only the first leavingCount count, and these are by age"),
        Map.entry("PriceTriggers.markedUpToTicks", "spares looking for what is marked; the marks are compared"),
        Map.entry("PriceTriggers.markedDownToTicks", "spares looking for what is marked; the marks are compared"),
        Map.entry("PriceTriggers.highestMarkTicks", "spares looking for what is marked; the marks are compared"),
        Map.entry("PriceTriggers.lowestMarkTicks", "spares looking for what is marked; the marks are compared"),
        Map.entry("Leg.rules", "found anew from limits and trading states, which are compared"),
        Map.entry("RiskChain.check", SCRATCH),
        Map.entry("RefusalBook.entryByKey", "the entries are compared"),
        Map.entry("ScopedLimits.version", "counts within the process"),
        Map.entry("ScopedLimits.numbers", "of the section that was restored last"),
        Map.entry("TradingStates.version", "counts within the process"),
        Map.entry("LimitInputs.isOfScope", "of the newest command, for who gave it; decides nothing"),
        Map.entry("ScopedLimitInputs.changedKey", "of the newest command, for who gave it; decides nothing"),
        Map.entry("ScopedLimitInputs.changedType", "of the newest command, for who gave it; decides nothing"),
        Map.entry("ScopedLimitInputs.previousMantissa", "of the newest command, for who gave it; decides nothing"),
        Map.entry("ScopedLimitInputs.previousExponent", "of the newest command, for who gave it; decides nothing"),
        Map.entry("InstrumentLimit.value", SCRATCH),
        Map.entry("InstrumentLimit.instrumentId", SCRATCH),
        Map.entry("OrderNotionalRule.amount", SCRATCH),
        Map.entry("LeastNotionalRule.amount", SCRATCH),
        Map.entry("PositionNotionalRule.amount", SCRATCH),
        Map.entry("OpenOrdersRule.open", SCRATCH),
        Map.entry("OpenOrdersRule.scratch", SCRATCH),
        Map.entry("OrderToTradeRule.scratch", SCRATCH),
        Map.entry("TicksCollarRule.scratch", SCRATCH),
        Map.entry("BpsCollarRule.scratch", SCRATCH),
        Map.entry("MarketDataAgeRule.scratch", SCRATCH),
        Map.entry("DuplicateRule.scratch", SCRATCH),
        Map.entry("DuplicateRule.terms", IN_A_RING),
        Map.entry("DuplicateRule.timesNs", IN_A_RING),
        Map.entry("DuplicateRule.next", IN_A_RING),
        Map.entry("DuplicateRule.newestByBucket", IN_A_RING),
        Map.entry("DuplicateRule.olderByPlace", IN_A_RING),
        Map.entry("BalanceRule.held", SCRATCH),
        Map.entry("BalanceRule.sum", SCRATCH),
        Map.entry("SpotNeed.part", SCRATCH),
        Map.entry("SpotNeed.units", "what it counts is of no account"),
        Map.entry("CapitalRule.sum", SCRATCH),
        Map.entry("CapitalRule.part", SCRATCH),
        Map.entry("CapitalRule.bound", SCRATCH),
        Map.entry("CapitalRule.counted", SCRATCH),
        Map.entry("OrderEvents.fill", SCRATCH),
        Map.entry("OrderEvents.commission", SCRATCH),
        Map.entry("OrderEvents.correction", SCRATCH),
        Map.entry("FillRange.amount", SCRATCH),
        Map.entry("InstrumentSlot.quoteLots", SCRATCH),
        Map.entry("SumPosition.cash", SCRATCH),
        Map.entry("SumPosition.fees", SCRATCH),
        Map.entry("SumPosition.realized", SCRATCH),
        Map.entry("SumPosition.openCost", SCRATCH),
        Map.entry("DecisionWriter.emitting", "of the decision being made"),
        Map.entry("LimitInputs.changedType", "of the newest command, for who gave it; decides nothing"),
        Map.entry("LimitInputs.changedInstrumentId", "of the newest command, for who gave it; decides nothing"),
        Map.entry("LimitInputs.changedStrategyId", "of the newest command, for who gave it; decides nothing"),
        Map.entry("LimitInputs.previousMantissa", "of the newest command, for who gave it; decides nothing"),
        Map.entry("LimitInputs.previousExponent", "of the newest command, for who gave it; decides nothing"),
        Map.entry("LookAhead.next", "what was read last to have it in the caches"),
        Map.entry("LookAhead.seen", "decides nothing"),
        Map.entry("Slots.dirtyIds", "only the first dirtyCount count, and there are none after a hash"),
        Map.entry("OrderBook.cells", "compared level by level"),
        Map.entry("Calendars.idByInstrument",
            "how far it reaches is seen by nobody; what is assigned is in sections and hash"),
        Map.entry("SignalDesk.signal", "of the newest signal; each sets it before it is read"),
        Map.entry("SignalDesk.answer", "of the newest signal, for who has sent it; decides nothing"),
        Map.entry("SignalDesk.symbols", "follows from the instruments, and is made when it is first needed"),
        Map.entry("SignalWindow.hash", "kept until a signal comes; compared as part of the whole hash"),
        Map.entry("SignalWindow.isHashed", "kept until a signal comes; compared as part of the whole hash"),
        Map.entry("RiskGate.refusal", SCRATCH),
        Map.entry("RiskGate.amount", SCRATCH),
        Map.entry("ExposureLimits.amount", SCRATCH),
        Map.entry("MarketRule.bound", SCRATCH),
        Map.entry("MarketRule.scratch", SCRATCH),
        Map.entry("Valuation.priceTicks", SCRATCH),
        Map.entry("Valuation.old", SCRATCH),
        Map.entry("InstrumentNotional.doubtful", SCRATCH),
        Map.entry("TotalNotional.sum", SCRATCH),
        Map.entry("TotalNotional.value", SCRATCH),
        Map.entry("TotalNotional.countable", SCRATCH),
        Map.entry("TotalNotional.doubtful", SCRATCH),
        Map.entry("TotalNotional.exposed", "in no order; their count is compared"),
        Map.entry("InstrumentNotional.place", "in no order; whoever has exposure is compared by its sums"),
        Map.entry("SnapshotRequests.due", "of the input being handled, read with it"),
        Map.entry("RiskLimits.converted", SCRATCH),
        Map.entry("TotalLimits.converted", SCRATCH),
        Map.entry("LimitInputs.share", SCRATCH),
        Map.entry("LimitInputs.total", SCRATCH),
        Map.entry("Position.newCash", SCRATCH),
        Map.entry("Position.newOpenCost", SCRATCH),
        Map.entry("Position.newRealized", SCRATCH),
        Map.entry("Position.newFees", SCRATCH),
        Map.entry("Position.fillCash", SCRATCH),
        Map.entry("Position.part", SCRATCH));

    private final Map<Object, Object> otherByOne = new IdentityHashMap<>();
    private final List<String> differences = new ArrayList<>();

    private StateComparison()
    {
    }

    /** Paths of what differs, empty when nothing does. */
    static List<String> differences(final TradingCore one, final TradingCore other)
    {
        // What is kept of the hashes is equal once both are up to date.
        one.stateHash();
        other.stateHash();
        final StateComparison comparison = new StateComparison();
        comparison.compare("core", one, other);
        for (int id = 0; id < Math.min(one.instrumentCount(), other.instrumentCount()); id++)
        {
            comparison.compareOrders("orders of " + id, one.openOrders(id), other.openOrders(id));
            comparison.compareLevels("book of " + id, one, other, id);
        }
        return comparison.differences;
    }

    private void compareOrders(
        final String path, final OpenOrders one, final OpenOrders other)
    {
        Order otherOrder = other.first();
        for (Order order = one.first(); order != null; order = one.next(order))
        {
            compare(path, order, otherOrder);
            otherOrder = otherOrder == null ? null : other.next(otherOrder);
        }
        compare(path + " after the last", null, otherOrder);
    }

    private void compareLevels(final String path, final TradingCore one, final TradingCore other, final int id)
    {
        final OrderBook book = one.market(id).book();
        final OrderBook otherBook = other.market(id).book();
        compare(path + ".bidDepth", book.bidDepth(), otherBook.bidDepth());
        compare(path + ".askDepth", book.askDepth(), otherBook.askDepth());
        compare(path + ".droppedLevels", book.droppedLevels(), otherBook.droppedLevels());
        compare(path + ".stateHash", book.stateHash(), otherBook.stateHash());
        for (int depth = 0; depth < Math.min(book.bidDepth(), otherBook.bidDepth()); depth++)
        {
            compare(path, book.bidPriceTicks(depth), otherBook.bidPriceTicks(depth));
            compare(path, book.bidQuantityLots(depth), otherBook.bidQuantityLots(depth));
        }
        for (int depth = 0; depth < Math.min(book.askDepth(), otherBook.askDepth()); depth++)
        {
            compare(path, book.askPriceTicks(depth), otherBook.askPriceTicks(depth));
            compare(path, book.askQuantityLots(depth), otherBook.askQuantityLots(depth));
        }
    }

    private void compare(final String path, final Object one, final Object other)
    {
        if (one == null || other == null || one.getClass() != other.getClass())
        {
            check(path, one, other, one == other);
        }
        else if (one instanceof ScriptedStrategy)
        {
            // Its script is the test's.
            return;
        }
        else if (one instanceof List)
        {
            compareArrays(path, ((List<?>)one).toArray(), ((List<?>)other).toArray());
        }
        else if (one.getClass().isArray())
        {
            compareArrays(path, one, other);
        }
        else if (one.getClass().getSimpleName().equals("OrderIndex"))
        {
            compareIndices(path, one, other);
        }
        else if (isOfTheCore(one))
        {
            compareFields(path, one, other);
        }
        else
        {
            check(path, one, other, one.equals(other));
        }
    }

    /** Where a key lies depends on which came first; what lies under it does not. */
    private void compareIndices(final String path, final Object one, final Object other)
    {
        final Map<Long, Object> orders = ordersByKey(one);
        final Map<Long, Object> otherOrders = ordersByKey(other);
        check(path + ".size", orders.size(), otherOrders.size(), orders.size() == otherOrders.size());
        orders.forEach((key, order) -> compare(path + "[" + key + "]", order, otherOrders.get(key)));
    }

    private static Map<Long, Object> ordersByKey(final Object index)
    {
        final long[] keys = (long[])value(field(index, "keys"), index);
        final Object[] orders = (Object[])value(field(index, "orders"), index);
        final Map<Long, Object> orderByKey = new TreeMap<>();
        for (int i = 0; i < keys.length; i++)
        {
            if (orders[i] != null)
            {
                orderByKey.put(keys[i], orders[i]);
            }
        }
        return orderByKey;
    }

    private static Field field(final Object owner, final String name)
    {
        try
        {
            final Field field = owner.getClass().getDeclaredField(name);
            field.setAccessible(true);
            return field;
        }
        catch (final NoSuchFieldException ex)
        {
            throw new AssertionError(name, ex);
        }
    }

    private static boolean isOfTheCore(final Object object)
    {
        return object.getClass().getName().startsWith("io.lockstep.core.") && !(object instanceof Enum) &&
            !(object instanceof Record);
    }

    private void compareArrays(final String path, final Object one, final Object other)
    {
        final int length = Array.getLength(one);
        check(path + ".length", length, Array.getLength(other), length == Array.getLength(other));
        for (int i = 0; i < Math.min(length, Array.getLength(other)); i++)
        {
            compare(path + "[" + i + "]", Array.get(one, i), Array.get(other, i));
        }
    }

    private void compareFields(final String path, final Object one, final Object other)
    {
        final Object known = otherByOne.putIfAbsent(one, other);
        if (known != null)
        {
            // Two references to one object must be two references to one object.
            check(path, one, other, known == other);
            return;
        }
        for (final Field field : one.getClass().getDeclaredFields())
        {
            final String name = one.getClass().getSimpleName() + "." + field.getName();
            final boolean isFlyweight = field.getType().getName().startsWith("io.lockstep.sbe.") &&
                !field.getType().isEnum();
            if (!Modifier.isStatic(field.getModifiers()) && !isFlyweight && !IGNORED.containsKey(name))
            {
                field.setAccessible(true);
                compare(path + "." + field.getName(), value(field, one), value(field, other));
            }
        }
    }

    private static Object value(final Field field, final Object owner)
    {
        try
        {
            return field.get(owner);
        }
        catch (final IllegalAccessException ex)
        {
            throw new AssertionError(field.toString(), ex);
        }
    }

    private void check(final String path, final Object one, final Object other, final boolean isEqual)
    {
        if (!isEqual)
        {
            differences.add(path + ": " + one + " / " + other);
        }
    }
}
