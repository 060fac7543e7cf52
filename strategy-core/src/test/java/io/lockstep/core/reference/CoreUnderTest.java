package io.lockstep.core.reference;

import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.InstrumentSettings;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.CoreScenario;
import io.lockstep.core.InputRecords;
import io.lockstep.core.LimitSays;
import io.lockstep.core.NodeSays;
import io.lockstep.core.OperatorSays;
import io.lockstep.core.TradingCore;
import io.lockstep.core.instance.TimerIds;
import io.lockstep.core.order.Order;
import io.lockstep.core.order.OrderTerms;
import io.lockstep.core.risk.rule.ScopeKey;
import io.lockstep.core.strategy.StrategyContext;
import io.lockstep.sbe.BestBidOfferEncoder;
import io.lockstep.sbe.BookSnapshotEncoder;
import io.lockstep.sbe.BookUpdateEncoder;
import io.lockstep.sbe.ContractType;
import io.lockstep.sbe.CxlRejResponseTo;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.ExecutionReportEncoder;
import io.lockstep.sbe.FeedCondition;
import io.lockstep.sbe.FeedReason;
import io.lockstep.sbe.FeedStatusEncoder;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.LiquidityIndicator;
import io.lockstep.sbe.OrdRejReason;
import io.lockstep.sbe.OrdStatus;
import io.lockstep.sbe.OrderCancelRejectEncoder;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TimerFiredEncoder;
import io.lockstep.sbe.TradeEncoder;
import io.lockstep.sbe.TradingMode;
import org.agrona.concurrent.UnsafeBuffer;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The core, given as inputs what the model is given as calls. Now and then it goes on as restored from what it has saved. */
final class CoreUnderTest
{
    private static final int FEED = 50;
    private static final int OPERATOR = 3;
    private static final int GATEWAY = 11;
    private static final int EGRESS_REQUESTS = 1_000_000_000;

    private final InputRecords records = new InputRecords();
    private final Puppet.Factory puppets = new Puppet.Factory();
    private final CoreDecisions decisions = new CoreDecisions(this::quoteExponent);
    private TradingCore core = newCore();
    private long updateId = 1;

    CoreUnderTest(final List<ModelInstrument> instruments)
    {
        records.header(CoreScenario.INCARNATION, 0);
        final int venues = instruments.stream().mapToInt(ModelInstrument::venueId).max().orElse(0) + 1;
        for (int venue = 0; venue < venues; venue++)
        {
            give(0, NodeSays.venueDefinition(venue, GATEWAY + venue, EGRESS_REQUESTS, "VENUE" + venue));
        }
        instruments.forEach(this::define);
    }

    private TradingCore newCore()
    {
        return new TradingCore(decisions, List.of(puppets));
    }

    private int quoteExponent(final int instrumentId)
    {
        return core.slot(instrumentId).risk().cashRule().quoteExponent();
    }

    private void define(final ModelInstrument instrument)
    {
        final Instrument defined = new Instrument(instrument.id(), "SYM" + instrument.id(), "TEST",
            instrument.isInverse() ? ContractType.INVERSE : ContractType.LINEAR,
            Increment.parse(instrument.tick().toString()),
            Increment.parse(instrument.lot().toString()), instrument.orderTicks(), instrument.orderLots(),
            Increment.parse(instrument.multiplier().toString()), "BTC", "USDT", instrument.isInverse() ? "BTC" : "USDT",
            instrument.cashExponent(), new InstrumentSettings(instrument.venueId(), false, Nulls.NULL_LONG));
        give(FEED, (given) -> defined.encode(given.begin(new io.lockstep.sbe.InstrumentDefinitionEncoder())));
    }

    void instance(final int strategyId, final int... instrumentIds)
    {
        give(OPERATOR, OperatorSays.instance(strategyId, "puppet" + strategyId, Puppet.NAME, instrumentIds));
    }

    TradingCore core()
    {
        return core;
    }

    List<String> decisions()
    {
        return decisions.take();
    }

    void nowNs(final long nowNs)
    {
        records.timeNs(nowNs);
    }

    void forget(final long number)
    {
        decisions.forget(number);
    }

    private void give(final int sourceId, final Consumer<InputRecords> input)
    {
        records.sourceId(sourceId);
        input.accept(records);
        records.end();
        core.onInput(records.buffer(), records.lastOffset());
        records.clear();
    }

    /** A new core takes up what the one before has saved. */
    void restart()
    {
        final List<UnsafeBuffer> sections = new ArrayList<>();
        core.save((message, offset, length) ->
        {
            final byte[] copy = new byte[length];
            message.getBytes(offset, copy);
            sections.add(new UnsafeBuffer(copy));
        });
        final TradingCore restored = newCore();
        sections.forEach((section) -> restored.restore(section, 0, section.capacity()));
        restored.completeRestore(core.lastSequence());
        if (restored.stateHash() != core.stateHash())
        {
            throw new AssertionError("the restored core has another hash");
        }
        core = restored;
    }

    // The strategy.

    private void act(final ModelLeg leg, final int legIndex, final Consumer<StrategyContext> action)
    {
        puppets.next(action);
        timer(TimerIds.of(leg.strategyId, legIndex, Puppet.TIMER_KEY), Puppet.DEADLINE_NS);
    }

    private int legIndex(final ModelLeg leg)
    {
        int index = 0;
        while (core.instances().find(leg.strategyId).leg(index).slot().id() != leg.slot.id())
        {
            index++;
        }
        return index;
    }

    void send(final ModelLeg leg, final Asked asked)
    {
        act(leg, legIndex(leg), (context) -> context.send(terms(context.terms(), asked)));
    }

    private static long core(final long value)
    {
        return value == Asked.NONE ? Nulls.NULL_LONG : value;
    }

    private static OrderTerms terms(final OrderTerms terms, final Asked asked)
    {
        terms.side(asked.side()).ordType(asked.type()).timeInForce(asked.timeInForce()).quantity(asked.lots())
            .price(core(asked.price())).on(asked.source()).trigger(core(asked.trigger())).on(asked.source())
            .expireTime(asked.expiryNs() == Asked.NONE ? Nulls.NULL_TIME_NS : asked.expiryNs())
            .reason(OrderReason.SIGNAL);
        if (asked.offset() != Asked.NONE)
        {
            terms.trailing(asked.offset(), asked.unit()).limitOffset(core(asked.limitOffset()))
                .activation(core(asked.activation()));
        }
        if (asked.isPostOnly())
        {
            terms.postOnly();
        }
        if (asked.slides())
        {
            terms.postOnlySlide();
        }
        return asked.isReduceOnly() ? terms.reduceOnly() : terms;
    }

    /** By hand, a limit order. */
    void sendByOperator(final ModelLeg leg, final Asked asked)
    {
        give(OPERATOR,
            OperatorSays.limitOrder(leg.strategyId, leg.slot.id(), asked.side(), asked.lots(), asked.price()));
    }

    void cancelByStrategy(final ModelOrder order)
    {
        act(order.leg, legIndex(order.leg), (context) -> context.cancel(find(context, order), OrderReason.ABANDONED));
    }

    void cancelByOperator(final ModelOrder order)
    {
        give(OPERATOR, OperatorSays.cancelOrder(decisions.clOrdId(order.number)));
    }

    void replace(
        final ModelOrder order, final long price, final long lots, final long trigger, final long expiryNs)
    {
        act(order.leg, legIndex(order.leg), (context) ->
        {
            final OrderTerms changes = context.terms().price(core(price)).quantity(core(lots))
                .reason(OrderReason.SIGNAL)
                .expireTime(expiryNs == Asked.NONE ? Nulls.NULL_TIME_NS : expiryNs);
            context.replace(find(context, order), trigger == Asked.NONE ? changes : changes.trigger(trigger));
        });
    }

    private static Order find(final StrategyContext context, final ModelOrder wanted)
    {
        Order order = context.openOrders().first();
        while (order.number() != wanted.number)
        {
            order = context.openOrders().next(order);
        }
        return order;
    }

    // The venue.

    private void report(
        final ModelOrder order,
        final ExecType type,
        final String clOrdId,
        final String origClOrdId,
        final long lastLots,
        final long lastTicks,
        final long leavesLots,
        final long fee)
    {
        give(GATEWAY + order.leg.slot.instrument.venueId(),
            (given) -> given.begin(new ExecutionReportEncoder()).clOrdId(clOrdId).origClOrdId(origClOrdId)
                .execType(type)
                .ordStatus(OrdStatus.NEW).side(order.asked.side()).ordRejReason(OrdRejReason.NONE)
                .liquidity(LiquidityIndicator.NONE).instrumentId(order.leg.slot.id()).orderId(1).execId(0)
                .lastPxTicks(lastLots == 0 ? Nulls.NULL_PRICE_TICKS : lastTicks).lastQtyLots(lastLots)
                .leavesQtyLots(leavesLots).cumQtyLots(0).commission(fee)
                .commissionHigh(ExecutionReportEncoder.commissionHighNullValue())
                .commissionExponent(ExecutionReportEncoder.commissionExponentNullValue()).venueExecId("")
                .commissionAsset(""));
    }

    void report(final ModelOrder order, final ExecType type)
    {
        report(order, type, decisions.clOrdId(order.number), "", 0, 0, order.leaves(), 0);
    }

    void cancelled(final ModelOrder order)
    {
        report(order, ExecType.CANCELED, decisions.cancelClOrdId(order.number), decisions.clOrdId(order.number), 0, 0,
            0, 0);
    }

    /**
     * @param fee in units of cash.
     */
    void fill(final ModelOrder order, final long lots, final long price, final long fee)
    {
        report(order, ExecType.TRADE, decisions.clOrdId(order.number), "", lots, price, order.leaves() - lots, fee);
    }

    void replaced(final ModelOrder order)
    {
        final String before = decisions.clOrdId(order.number);
        decisions.replaced(order.number);
        report(order, ExecType.REPLACED, decisions.clOrdId(order.number), before, 0, 0,
            order.pendingLots - order.filled, 0);
    }

    void refuseCancel(final ModelOrder order)
    {
        refuse(order, decisions.cancelClOrdId(order.number), CxlRejResponseTo.CANCEL_REQUEST);
    }

    void refuseReplace(final ModelOrder order)
    {
        refuse(order, decisions.replaceClOrdId(order.number), CxlRejResponseTo.REPLACE_REQUEST);
    }

    private void refuse(final ModelOrder order, final String clOrdId, final CxlRejResponseTo what)
    {
        give(GATEWAY + order.leg.slot.instrument.venueId(),
            (given) -> given.begin(new OrderCancelRejectEncoder()).clOrdId(clOrdId)
                .origClOrdId(decisions.clOrdId(order.number)).instrumentId(order.leg.slot.id()).ordStatus(OrdStatus.NEW)
                .responseTo(what).reason(OrdRejReason.TOO_LATE_TO_ENTER));
    }

    // The market.

    void snapshot(final int instrumentId, final long bid, final long ask)
    {
        give(FEED, (given) ->
        {
            final BookSnapshotEncoder snapshot = given.begin(new BookSnapshotEncoder()).instrumentId(instrumentId)
                .chunkIndex(0)
                .chunkCount(1).updateId(++updateId).feedDelayNs(Nulls.NULL_TIME_NS);
            snapshot.bidsCount(1).next().priceTicks(bid).quantityLots(5);
            snapshot.asksCount(1).next().priceTicks(ask).quantityLots(5);
        });
    }

    void quote(final int instrumentId, final long bid, final long ask)
    {
        give(FEED,
            (given) -> given.begin(new BestBidOfferEncoder()).instrumentId(instrumentId).updateId(++updateId)
                .bidPriceTicks(bid).bidQuantityLots(1).askPriceTicks(ask).askQuantityLots(1)
                .feedDelayNs(Nulls.NULL_TIME_NS));
    }

    /** A change that builds on another book than there is. */
    void gap(final int instrumentId)
    {
        give(FEED, (given) ->
        {
            final BookUpdateEncoder update = given.begin(new BookUpdateEncoder()).instrumentId(instrumentId)
                .previousUpdateId(updateId + 5).feedDelayNs(Nulls.NULL_TIME_NS);
            updateId += 7;
            update.updateId(updateId);
            update.bidsCount(0);
            update.asksCount(0);
        });
    }

    void trade(final int instrumentId, final long price)
    {
        give(FEED, (given) -> given.begin(new TradeEncoder()).instrumentId(instrumentId).tradeId(1).priceTicks(price)
            .quantityLots(1).aggressorSide(Side.BUY).feedDelayNs(Nulls.NULL_TIME_NS));
    }

    void feed(final int instrumentId, final FeedCondition condition, final FeedReason reason)
    {
        give(FEED, (given) -> given.begin(new FeedStatusEncoder()).instrumentId(instrumentId).condition(condition)
            .reason(reason).expected(Nulls.NULL_LONG).actual(Nulls.NULL_LONG));
    }

    // Operator and node.

    private static ScopeKey key(final ModelScope scope)
    {
        return switch (scope.scope())
        {
            case LEG -> ScopeKey.ofLeg(scope.id(), scope.instrumentId());
            case STRATEGY -> ScopeKey.ofStrategy(scope.id());
            case INSTRUMENT -> ScopeKey.ofInstrument(scope.instrumentId());
            case VENUE -> ScopeKey.ofVenue(scope.id());
            case ACCOUNT -> ScopeKey.ofAccount(scope.id());
            case NODE, NULL_VAL, SBE_UNKNOWN -> ScopeKey.NODE;
        };
    }

    void limit(final ModelScope scope, final LimitType type, final BigDecimal value)
    {
        give(OPERATOR, LimitSays.limit(key(scope), type, value.toPlainString()));
    }

    void unlimit(final ModelScope scope, final LimitType type)
    {
        give(OPERATOR, LimitSays.unset(key(scope), type, false));
    }

    void mode(final ModelScope scope, final TradingMode mode)
    {
        give(OPERATOR, LimitSays.mode(key(scope), mode, false));
    }

    void expire(final long deadlineNs)
    {
        timer(TimerIds.EXPIRY, deadlineNs);
    }

    private void timer(final long timerId, final long deadlineNs)
    {
        give(0, (given) -> given.begin(new TimerFiredEncoder()).timerId(timerId).deadlineNs(deadlineNs));
    }
}
