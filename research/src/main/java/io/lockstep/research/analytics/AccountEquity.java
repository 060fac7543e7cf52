package io.lockstep.research.analytics;

import io.lockstep.cli.config.TradingCalendar;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.core.TradingCore;
import io.lockstep.core.position.PositionView;
import io.lockstep.sbe.BarDecoder;
import io.lockstep.sbe.BestBidOfferDecoder;
import io.lockstep.sbe.BookSnapshotDecoder;
import io.lockstep.sbe.BookUpdateDecoder;
import io.lockstep.sbe.ExecutionReportDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.TradeDecoder;
import org.agrona.DirectBuffer;

import java.math.BigDecimal;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Follows the profit of a run from input to input, by settlement currency, for amounts of different currencies do not add up. A
 * position is valued at the mid price, else at the last trade, else at the last close.
 */
public final class AccountEquity
{
    private final TradingCalendar calendar;
    private final TreeMap<String, EquityCurve> curveByCurrency = new TreeMap<>();
    private final List<Holding> holdings = new ArrayList<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ExecutionReportDecoder report = new ExecutionReportDecoder();

    public AccountEquity(final TradingCalendar calendar)
    {
        this.calendar = calendar;
    }

    /**
     * What an account made in one currency.
     *
     * @param sharpe         null when it would mean nothing.
     * @param noSharpeReason null when there is one.
     */
    public record Result(
        String currency,
        BigDecimal realizedPnl,
        BigDecimal unrealizedPnl,
        BigDecimal fees,
        BigDecimal netPnl,
        BigDecimal maxDrawdown,
        Double sharpe,
        String noSharpeReason)
    {
    }

    /** One instrument's part, as it was counted last. */
    private static final class Holding
    {
        private final EquityCurve curve;
        private BigDecimal net = BigDecimal.ZERO;
        private long markTicks = Nulls.NULL_PRICE_TICKS;

        private Holding(final EquityCurve curve)
        {
            this.curve = curve;
        }
    }

    /** The core has applied this input. */
    public void onApplied(final TradingCore core, final DirectBuffer buffer, final int offset)
    {
        switch (RecordDescriptor.templateId(buffer, offset))
        {
            case BookUpdateDecoder.TEMPLATE_ID, BookSnapshotDecoder.TEMPLATE_ID, BestBidOfferDecoder.TEMPLATE_ID,
                TradeDecoder.TEMPLATE_ID, BarDecoder.TEMPLATE_ID -> onMarket(core, buffer, offset);
            case ExecutionReportDecoder.TEMPLATE_ID -> {
                report.wrapAndApplyHeader(buffer, offset + RecordDescriptor.HEADER_LENGTH, header);
                onExecution(core, report.instrumentId(), RecordDescriptor.sequencerTimeNs(buffer, offset));
            }
            default -> {
                // Changes neither a position nor its price.
            }
        }
    }

    private void onMarket(final TradingCore core, final DirectBuffer buffer, final int offset)
    {
        // In each of these messages it is the first field.
        final int id = buffer.getInt(offset + RecordDescriptor.BODY_OFFSET, ByteOrder.LITTLE_ENDIAN);
        final Holding holding = holding(core, id);
        if (holding != null)
        {
            final long timeNs = RecordDescriptor.sequencerTimeNs(buffer, offset);
            holding.curve.onTime(timeNs);
            holding.curve.onData(timeNs);
            if (core.position(id).netLots() != 0 && core.market(id).markTicks() != holding.markTicks)
            {
                value(core, id, holding);
            }
        }
    }

    private void onExecution(final TradingCore core, final int id, final long timeNs)
    {
        final Holding holding = holding(core, id);
        if (holding != null)
        {
            holding.curve.onTime(timeNs);
            value(core, id, holding);
        }
    }

    /** Null for an instrument that is not defined. */
    private Holding holding(final TradingCore core, final int id)
    {
        for (int next = holdings.size(); next < core.instrumentCount(); next++)
        {
            holdings.add(new Holding(curveByCurrency.computeIfAbsent(
                core.instrument(next).settlementCurrency(), (currency) -> new EquityCurve())));
        }
        return id < 0 || id >= holdings.size() ? null : holdings.get(id);
    }

    private static void value(final TradingCore core, final int id, final Holding holding)
    {
        final BigDecimal net = realized(core, id).add(unrealized(core, id)).subtract(fees(core, id));
        holding.markTicks = core.market(id).markTicks();
        holding.curve.add(net.subtract(holding.net));
        holding.net = net;
    }

    private static BigDecimal realized(final TradingCore core, final int id)
    {
        return core.instrument(id).cash(core.position(id).realized());
    }

    private static BigDecimal fees(final TradingCore core, final int id)
    {
        return core.instrument(id).cash(core.position(id).fees());
    }

    private static BigDecimal unrealized(final TradingCore core, final int id)
    {
        final PositionView position = core.position(id);
        final long markTicks = core.market(id).markTicks();
        final MutableInt128 unrealized = new MutableInt128();
        return core.instrument(id).cash(
            markTicks == Nulls.NULL_PRICE_TICKS ? unrealized : position.unrealized(markTicks, unrealized));
    }

    /** The end; one result for each settlement currency, by name. */
    public List<Result> results(final TradingCore core)
    {
        holding(core, 0);
        final List<Result> results = new ArrayList<>();
        curveByCurrency.forEach((currency, curve) ->
        {
            curve.close();
            results.add(result(core, currency, curve));
        });
        return results;
    }

    private Result result(final TradingCore core, final String currency, final EquityCurve curve)
    {
        BigDecimal realized = BigDecimal.ZERO;
        BigDecimal unrealized = BigDecimal.ZERO;
        BigDecimal fees = BigDecimal.ZERO;
        for (int id = 0; id < core.instrumentCount(); id++)
        {
            if (core.instrument(id).settlementCurrency().equals(currency))
            {
                realized = realized.add(realized(core, id));
                unrealized = unrealized.add(unrealized(core, id));
                fees = fees.add(fees(core, id));
            }
        }
        final BacktestStatistics.Ratio sharpe = BacktestStatistics.sharpe(curve.samples(calendar), calendar);
        return new Result(currency, realized, unrealized, fees, realized.add(unrealized).subtract(fees),
            curve.maxDrawdown(), sharpe.value(), sharpe.reason());
    }
}
