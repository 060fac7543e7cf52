package io.lockstep.perf.work;

import io.lockstep.codecs.Nulls;
import io.lockstep.core.market.Market;
import io.lockstep.core.order.OpenOrders;
import io.lockstep.core.order.OrderStore;
import io.lockstep.core.position.CashRule;
import io.lockstep.core.position.Position;
import io.lockstep.core.risk.LegExposure;
import io.lockstep.core.risk.OrderIntent;
import io.lockstep.core.risk.RiskGate;
import io.lockstep.core.risk.TotalLimits;
import io.lockstep.gateways.generator.SplitMix64;
import io.lockstep.sbe.BookSnapshotDecoder;
import io.lockstep.sbe.ExecInst;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.RiskReason;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TimeInForce;
import io.lockstep.sbe.TradingMode;

/**
 * The pre-trade checks of one order with every limit set. One order in a few breaks one; those that pass count for the rate.
 */
public final class RiskWork implements Work
{
    private static final int ORDERS = 4_096;
    private static final int ORDERS_MAX = 16;
    private static final long STEP_NS = 1_000_000;
    /** The market stands still while time goes on: centuries. */
    private static final long AGE_MAX_MS = 9_000_000_000_000L;

    private final Market market = new Market(SampleMarket.instrument(0), 64);
    private final CashRule cashRule = new CashRule(market.instrument());
    private final TotalLimits totals = new TotalLimits(new OrderStore(ORDERS_MAX));
    private final RiskGate gate = new RiskGate(
        market, new LegExposure(new Position(cashRule), OpenOrders.ofLeg()), cashRule, totals);
    private final OrderIntent intent = new OrderIntent();
    private final Side[] sides = new Side[ORDERS];
    private final OrdType[] types = new OrdType[ORDERS];
    private final long[] prices = new long[ORDERS];
    private final long[] lots = new long[ORDERS];
    private int next;
    private long nowNs = 1;

    public RiskWork()
    {
        market.onBookSnapshot(new BookSnapshotDecoder().wrapAndApplyHeader(
            new SampleMarket(20).snapshot(0), 0, new MessageHeaderDecoder()), 1, nowNs, nowNs);
        gate.limit(LimitType.MAX_ORDER_QUANTITY, 9, 0);
        gate.limit(LimitType.MAX_ORDER_NOTIONAL, 900, 0);
        gate.limit(LimitType.MAX_POSITION_QUANTITY, 100, 0);
        gate.limit(LimitType.MAX_POSITION_NOTIONAL, 10_000, 0);
        gate.limit(LimitType.MAX_OPEN_ORDERS, 8, 0);
        gate.limit(LimitType.MAX_ORDERS_PER_SECOND, 10_000, 0);
        gate.limit(LimitType.PRICE_COLLAR_BPS, 50, 0);
        gate.limit(LimitType.MAX_MARKET_DATA_AGE_MS, AGE_MAX_MS, 0);
        totals.set(LimitType.MAX_TOTAL_OPEN_ORDERS, 8, 0);
        totals.set(LimitType.MAX_TOTAL_ORDERS_PER_SECOND, 10_000, 0);
        totals.set(LimitType.MAX_TOTAL_NOTIONAL, 1_000_000, 0);
        final SplitMix64 random = new SplitMix64(6);
        for (int i = 0; i < ORDERS; i++)
        {
            sides[i] = random.below(2) == 0 ? Side.BUY : Side.SELL;
            types[i] = random.below(8) == 0 ? OrdType.MARKET : OrdType.LIMIT;
            prices[i] = SampleMarket.MID_TICKS - 64 + random.below(128);
            lots[i] = 1 + random.below(100);
        }
    }

    @Override
    public long step()
    {
        nowNs += STEP_NS;
        final int sent = next;
        final boolean isMarket = types[sent] == OrdType.MARKET;
        intent.order(sides[sent], types[sent],
            isMarket ? TimeInForce.IMMEDIATE_OR_CANCEL : TimeInForce.GOOD_TILL_CANCEL,
            ExecInst.NONE, isMarket ? Nulls.NULL_PRICE_TICKS : prices[sent], lots[sent]);
        final RiskReason reason = gate.check(TradingMode.RUNNING, intent, nowNs);
        next = next + 1 == ORDERS ? 0 : next + 1;
        if (reason == RiskReason.NONE)
        {
            gate.onSent(nowNs);
        }
        return reason.value();
    }
}
