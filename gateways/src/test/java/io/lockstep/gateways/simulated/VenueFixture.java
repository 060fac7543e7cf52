package io.lockstep.gateways.simulated;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Nulls;
import io.lockstep.sbe.AccountReportDecoder;
import io.lockstep.sbe.BarEncoder;
import io.lockstep.sbe.BestBidOfferEncoder;
import io.lockstep.sbe.BookSnapshotEncoder;
import io.lockstep.sbe.BookUpdateEncoder;
import io.lockstep.sbe.ContractType;
import io.lockstep.sbe.ExecInst;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.ExecutionReportDecoder;
import io.lockstep.sbe.FeedCondition;
import io.lockstep.sbe.FeedReason;
import io.lockstep.sbe.FeedStatusEncoder;
import io.lockstep.sbe.MachineState;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.NewOrderSingleEncoder;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.OrderCancelRejectDecoder;
import io.lockstep.sbe.OrderCancelReplaceRequestEncoder;
import io.lockstep.sbe.OrderCancelRequestEncoder;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TimeInForce;
import io.lockstep.sbe.TradeEncoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A venue, the words to tell it what happens, and its reports as lines of text. ClOrdIDs are numbers. The instrument 0
 * has order increments of 5 ticks and 10 lots.
 */
final class VenueFixture
{
    static final Instrument INSTRUMENT = new Instrument(0, "BTCUSDT", "SIM", ContractType.LINEAR,
        Increment.parse("0.1"),
        Increment.parse("0.001"), 5, 10, Increment.parse("1"), "BTC", "USDT", "USDT");

    final List<String> reports = new ArrayList<>();
    final List<Long> reportTimesNs = new ArrayList<>();
    final List<Long> commissions = new ArrayList<>();
    final SimulatedVenue venue;
    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64 * 1024]);
    long timeNs = 1000;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final MessageHeaderDecoder reportHeader = new MessageHeaderDecoder();
    private final ExecutionReportDecoder execution = new ExecutionReportDecoder();
    private final OrderCancelRejectDecoder cancelReject = new OrderCancelRejectDecoder();
    private long updateId;

    VenueFixture()
    {
        this(VenueRules.defaults());
    }

    VenueFixture(final VenueRules rules)
    {
        venue = new SimulatedVenue(rules, this::onReport);
        venue.define(INSTRUMENT);
    }

    /** Reports since the last call. */
    List<String> taken()
    {
        final List<String> taken = List.copyOf(reports);
        reports.clear();
        return taken;
    }

    // ---- market

    /** Levels as price, quantity pairs. */
    static long[] levels(final long... pairs)
    {
        return pairs;
    }

    void snapshot(final long[] bids, final long[] asks)
    {
        snapshotChunk(0, 1, ++updateId, bids, asks);
    }

    void snapshotChunk(final int index, final int count, final long id, final long[] bids, final long[] asks)
    {
        final BookSnapshotEncoder encoder = new BookSnapshotEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, header).instrumentId(0).chunkIndex(index).chunkCount(count).updateId(id);
        final BookSnapshotEncoder.BidsEncoder bid = encoder.bidsCount(bids.length / 2);
        for (int i = 0; i < bids.length; i += 2)
        {
            bid.next().priceTicks(bids[i]).quantityLots(bids[i + 1]);
        }
        final BookSnapshotEncoder.AsksEncoder ask = encoder.asksCount(asks.length / 2);
        for (int i = 0; i < asks.length; i += 2)
        {
            ask.next().priceTicks(asks[i]).quantityLots(asks[i + 1]);
        }
        updateId = id;
        market(encoder.limit());
    }

    void update(final long[] bids, final long[] asks)
    {
        final long previous = updateId;
        updateFrom(previous, previous + 1, bids, asks);
    }

    void updateFrom(final long previous, final long id, final long[] bids, final long[] asks)
    {
        final BookUpdateEncoder encoder = new BookUpdateEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, header).instrumentId(0).updateId(id).previousUpdateId(previous);
        final BookUpdateEncoder.BidsEncoder bid = encoder.bidsCount(bids.length / 2);
        for (int i = 0; i < bids.length; i += 2)
        {
            bid.next().priceTicks(bids[i]).quantityLots(bids[i + 1]);
        }
        final BookUpdateEncoder.AsksEncoder ask = encoder.asksCount(asks.length / 2);
        for (int i = 0; i < asks.length; i += 2)
        {
            ask.next().priceTicks(asks[i]).quantityLots(asks[i + 1]);
        }
        updateId = id;
        market(encoder.limit());
    }

    void quote(final long id, final long bid, final long bidLots, final long ask, final long askLots)
    {
        final BestBidOfferEncoder encoder = new BestBidOfferEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, header).instrumentId(0).updateId(id).bidPriceTicks(bid)
            .bidQuantityLots(bidLots).askPriceTicks(ask).askQuantityLots(askLots);
        market(encoder.limit());
    }

    void trade(final long price, final long lots, final Side aggressor)
    {
        final TradeEncoder encoder = new TradeEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, header).instrumentId(0).tradeId(1).priceTicks(price).quantityLots(lots)
            .aggressorSide(aggressor);
        market(encoder.limit());
    }

    void bar(final long open, final long high, final long low, final long close, final long volume)
    {
        final BarEncoder encoder = new BarEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, header).instrumentId(0).openTimeNs(0).openTicks(open).highTicks(high)
            .lowTicks(low).closeTicks(close).volumeLots(volume);
        market(encoder.limit());
    }

    void feed(final FeedCondition condition)
    {
        final FeedStatusEncoder encoder = new FeedStatusEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, header).instrumentId(Nulls.NULL_INSTRUMENT_ID).condition(condition)
            .reason(FeedReason.NONE).expected(Nulls.NULL_LONG).actual(Nulls.NULL_LONG);
        market(encoder.limit());
    }

    private void market(final int length)
    {
        venue.onMarketData(buffer, 0, length, timeNs);
    }

    // ---- requests

    void buy(final int id, final long price, final long lots)
    {
        order(id, Side.BUY, OrdType.LIMIT, TimeInForce.GOOD_TILL_CANCEL, ExecInst.NONE, price, lots);
    }

    void sell(final int id, final long price, final long lots)
    {
        order(id, Side.SELL, OrdType.LIMIT, TimeInForce.GOOD_TILL_CANCEL, ExecInst.NONE, price, lots);
    }

    void marketBuy(final int id, final long lots)
    {
        order(id, Side.BUY, OrdType.MARKET, TimeInForce.IMMEDIATE_OR_CANCEL, ExecInst.NONE, Nulls.NULL_PRICE_TICKS,
            lots);
    }

    void marketSell(final int id, final long lots)
    {
        order(id, Side.SELL, OrdType.MARKET, TimeInForce.IMMEDIATE_OR_CANCEL, ExecInst.NONE, Nulls.NULL_PRICE_TICKS,
            lots);
    }

    void order(
        final int id,
        final Side side,
        final OrdType ordType,
        final TimeInForce timeInForce,
        final ExecInst execInst,
        final long price,
        final long lots)
    {
        request(encodeOrder(0, id, side, ordType, timeInForce, execInst, price, lots));
    }

    int encodeOrder(
        final int instrumentId,
        final int id,
        final Side side,
        final OrdType ordType,
        final TimeInForce timeInForce,
        final ExecInst execInst,
        final long price,
        final long lots)
    {
        final NewOrderSingleEncoder encoder = new NewOrderSingleEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, header).side(side).ordType(ordType).timeInForce(timeInForce)
            .execInst(execInst).reason(OrderReason.SIGNAL).state(MachineState.WATCH).instrumentId(instrumentId)
            .priceTicks(price).orderQtyLots(lots).transactTimeNs(timeNs).strategyId(1)
            .signalCode(NewOrderSingleEncoder.signalCodeNullValue());
        putId(0, id);
        return encoder.limit();
    }

    void cancel(final int id, final int orig, final Side side)
    {
        request(encodeCancel(id, orig, side));
    }

    int encodeCancel(final int id, final int orig, final Side side)
    {
        final OrderCancelRequestEncoder encoder = new OrderCancelRequestEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, header).instrumentId(0).side(side).reason(OrderReason.TIMEOUT)
            .transactTimeNs(timeNs).strategyId(1);
        putId(0, id);
        putId(ClOrdIds.LENGTH, orig);
        return encoder.limit();
    }

    void replace(final int id, final int orig, final Side side, final long price, final long lots)
    {
        final OrderCancelReplaceRequestEncoder encoder = new OrderCancelReplaceRequestEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, header).instrumentId(0).side(side).reason(OrderReason.TARGET)
            .priceTicks(price).orderQtyLots(lots).transactTimeNs(timeNs).strategyId(1);
        putId(0, id);
        putId(ClOrdIds.LENGTH, orig);
        request(encoder.limit());
    }

    void request(final int length)
    {
        venue.onRequest(buffer, 0, length);
    }

    private void putId(final int bodyOffset, final int id)
    {
        ClOrdIds.encode(buffer, MessageHeaderEncoder.ENCODED_LENGTH + bodyOffset, 0, 1, id, 0);
    }

    // ---- reports

    private void onReport(final DirectBuffer report, final int offset, final int length, final long reportTimeNs)
    {
        reportHeader.wrap(report, offset);
        if (reportHeader.templateId() == AccountReportDecoder.TEMPLATE_ID)
        {
            return;
        }
        reportTimesNs.add(reportTimeNs);
        if (reportHeader.templateId() == ExecutionReportDecoder.TEMPLATE_ID)
        {
            execution.wrapAndApplyHeader(report, offset, reportHeader);
            checkWhole(offset, length);
            reports.add(executionText(report, offset + MessageHeaderDecoder.ENCODED_LENGTH));
            if (ExecType.TRADE == execution.execType())
            {
                commissions.add(execution.commission());
            }
        }
        else
        {
            cancelReject.wrapAndApplyHeader(report, offset, reportHeader);
            final int body = offset + MessageHeaderDecoder.ENCODED_LENGTH;
            reports.add(ids(report, body, OrderCancelRejectDecoder.origClOrdIdEncodingOffset()) + " " +
                cancelReject.responseTo() + " REFUSED " + cancelReject.reason() + " " + cancelReject.ordStatus());
        }
    }

    /** Each text of a report is within it, and this venue has none to say. */
    private void checkWhole(final int offset, final int length)
    {
        assertThat(execution.venueExecId()).isEmpty();
        assertThat(execution.commissionAsset()).isEmpty();
        assertThat(execution.venueExecRefId()).isEmpty();
        assertThat(execution.execRefId()).isEqualTo(Nulls.NULL_LONG);
        assertThat(execution.limit()).isEqualTo(offset + length);
        assertThat(execution.commissionExponent()).isEqualTo(ExecutionReportDecoder.commissionExponentNullValue());
    }

    private String executionText(final DirectBuffer report, final int body)
    {
        final String ids = ids(report, body, ExecutionReportDecoder.origClOrdIdEncodingOffset());
        return ids + switch (execution.execType())
        {
            case TRADE -> " " + execution.ordStatus() + " " + execution.lastQtyLots() + "@" + execution.lastPxTicks() +
                " " + execution.liquidity() + " leaves=" + execution.leavesQtyLots();
            case REJECTED -> " REJECTED " + execution.ordRejReason();
            case NEW, REPLACED, CANCELED -> " " + execution.execType() + " cum=" + execution.cumQtyLots() + " leaves=" +
                execution.leavesQtyLots();
            case ORDER_STATUS -> " ORDER_STATUS " + execution.ordStatus() + " leaves=" + execution.leavesQtyLots();
            case EXPIRED, RESTATED, TRADE_CORRECT, TRADE_CANCEL, SBE_UNKNOWN, NULL_VAL ->
                throw new AssertionError(execution.toString());
        };
    }

    private static String ids(final DirectBuffer report, final int body, final int origOffset)
    {
        final String id = "#" + ClOrdIds.sequence(report, body);
        return ClOrdIds.isValid(report, body + origOffset)
            ? id + "(#" + ClOrdIds.sequence(report, body + origOffset) + ")"
            : id;
    }
}
