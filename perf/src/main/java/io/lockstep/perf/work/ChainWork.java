package io.lockstep.perf.work;

import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.core.TradingCore;
import io.lockstep.core.instance.Leg;
import io.lockstep.core.risk.OrderIntent;
import io.lockstep.core.risk.rule.RiskChain;
import io.lockstep.sbe.AccountReportEncoder;
import io.lockstep.sbe.AccountType;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.ExecInst;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.PositionMode;
import io.lockstep.sbe.RiskReason;
import io.lockstep.sbe.SetLimitEncoder;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TimeInForce;
import io.lockstep.sbe.VenueDefinitionEncoder;

import java.util.List;
import java.util.Map;

/**
 * The rules of scopes for one order of a cash account, each a limit of the venue: the checks, and the counting of an order that passes
 * them, as all do.
 */
public final class ChainWork implements Work
{
    /** Each rule with a limit that no order here reaches. */
    private static final Map<LimitType, Long> LIMITS = Map.ofEntries(
        Map.entry(LimitType.MAX_ORDER_QUANTITY, 1_000L),
        Map.entry(LimitType.MAX_ORDER_NOTIONAL, 1_000_000L),
        Map.entry(LimitType.MAX_POSITION_QUANTITY, 10_000L),
        Map.entry(LimitType.MAX_POSITION_NOTIONAL, 10_000_000L),
        Map.entry(LimitType.MAX_OPEN_ORDERS, 1_000L),
        Map.entry(LimitType.MAX_ORDERS_PER_SECOND, 10_000L),
        Map.entry(LimitType.PRICE_COLLAR_BPS, 500L),
        Map.entry(LimitType.MAX_MARKET_DATA_AGE_MS, 9_000_000_000_000L),
        Map.entry(LimitType.MIN_ORDER_QUANTITY, 0L),
        Map.entry(LimitType.MIN_ORDER_NOTIONAL, 0L),
        Map.entry(LimitType.MAX_LONG_POSITION, 10_000L),
        Map.entry(LimitType.MAX_SHORT_POSITION, 10_000L),
        Map.entry(LimitType.MAX_NET_EXPOSURE, 10_000_000L),
        Map.entry(LimitType.MAX_GROSS_EXPOSURE, 10_000_000L),
        Map.entry(LimitType.MAX_CURRENCY_EXPOSURE, 10_000_000L),
        Map.entry(LimitType.MAX_CANCELS_PER_SECOND, 10_000L),
        Map.entry(LimitType.MAX_ORDER_TO_TRADE_RATIO, 1_000_000_000L),
        Map.entry(LimitType.PRICE_COLLAR_TICKS, 500L),
        Map.entry(LimitType.DUPLICATE_WINDOW_MS, 50L),
        Map.entry(LimitType.SELF_TRADE, 1L),
        Map.entry(LimitType.SHORT_SELLING, 1L),
        Map.entry(LimitType.BALANCE, 1L));
    private static final int PRICES = 4_096;
    private static final long STEP_NS = 1_000_000;
    private static final long HELD = 1_000_000_000;

    private final TradingCore core = new TradingCore((sequence, ordinal, buffer, offset, length) ->
    {
        // What the core decides before the first step is of no account.
    }, List.of(new SampleStrategy.Factory()));
    private final OrderIntent intent = new OrderIntent();
    private final RiskChain chain;
    private final Leg leg;
    private long nowNs = 1;
    private long step;

    /** All rules. */
    public ChainWork()
    {
        this(List.copyOf(LIMITS.keySet()));
    }

    /**
     * @param types whose limits are set, of those that there are rules for.
     */
    public ChainWork(final List<LimitType> types)
    {
        final InputTape tape = new SampleMarket(20).start(SampleMarket.ORDER_EVERY, 1, false);
        venue(tape);
        report(tape);
        types.forEach((type) -> limit(tape, type, LIMITS.get(type)));
        for (int i = 0; i < tape.count(); i++)
        {
            RecordDescriptor.sequence(tape.buffer(), tape.offset(i), i + 1L);
            RecordDescriptor.sequencerTimeNs(tape.buffer(), tape.offset(i), nowNs);
            core.onInput(tape.buffer(), tape.offset(i));
        }
        chain = core.scopedRisk().chain();
        leg = core.slot(0).leg(0);
        if (core.scopedRisk().limits().count() != types.size() || !leg.account().isOpened())
        {
            throw new IllegalStateException(
                "limits=" + core.scopedRisk().limits().count() + " opened=" + leg.account().isOpened());
        }
    }

    private static void venue(final InputTape tape)
    {
        final VenueDefinitionEncoder venue = tape.begin(new VenueDefinitionEncoder()).venueId(0)
            .orderSourceId(SampleMarket.VENUE_SOURCE).egressRequests(1 << 16).accountType(AccountType.CASH)
            .haltOnDifference(BooleanType.FALSE).positionToleranceLots(0).positionMode(PositionMode.NETTING)
            .inDoubtAfterNs(VenueDefinitionEncoder.inDoubtAfterNsNullValue());
        venue.balanceTolerance().mantissa(0).exponent((byte)0);
        venue.name("PERF").account("");
        tape.end(0);
    }

    /** The order's two currencies. */
    private static void report(final InputTape tape)
    {
        final AccountReportEncoder report = tape.begin(new AccountReportEncoder());
        report.venueId(0).reportId(1).complete(BooleanType.TRUE).positionsCount(0);
        final AccountReportEncoder.BalancesEncoder balances = report.balancesCount(2);
        for (final String asset : List.of("USD", SampleMarket.instrument(0).baseCurrency()))
        {
            balances.next().amount().mantissa(HELD).exponent((byte)0);
            balances.amountHigh(Nulls.NULL_LONG).asset(asset);
        }
        tape.end(SampleMarket.VENUE_SOURCE);
    }

    private static void limit(final InputTape tape, final LimitType type, final long value)
    {
        final SetLimitEncoder limit = tape.begin(new SetLimitEncoder()).instrumentId(Nulls.NULL_INSTRUMENT_ID)
            .limitType(type).scope(LimitScope.VENUE).scopedId(0).configured(BooleanType.FALSE)
            .strategyId(SetLimitEncoder.strategyIdNullValue());
        limit.value().mantissa(value).exponent((byte)0);
        limit.user("");
        tape.end(0);
    }

    @Override
    public long step()
    {
        nowNs += STEP_NS;
        step++;
        final long place = step & PRICES - 1;
        intent.order((step & 1) == 0 ? Side.BUY : Side.SELL, OrdType.LIMIT, TimeInForce.GOOD_TILL_CANCEL, ExecInst.NONE,
            SampleMarket.MID_TICKS - 64 + (place & 127), 1 + (place >>> 7));
        final RiskReason reason = chain.check(leg, intent, nowNs, leg.risk().refusal());
        if (reason == RiskReason.NONE)
        {
            chain.onSent(leg, intent, nowNs);
        }
        return reason.value() + place;
    }
}
