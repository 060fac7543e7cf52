package io.lockstep.gateways.simulated;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.Xxh64;
import io.lockstep.gateways.generator.GeneratorOptions;
import io.lockstep.gateways.generator.MarketGenerator;
import io.lockstep.sbe.BookSnapshotDecoder;
import io.lockstep.sbe.BookUpdateDecoder;
import io.lockstep.sbe.ContractType;
import io.lockstep.sbe.ExecInst;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.ExecutionReportDecoder;
import io.lockstep.sbe.LiquidityIndicator;
import io.lockstep.sbe.MachineState;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.NewOrderSingleEncoder;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.OrderCancelReplaceRequestEncoder;
import io.lockstep.sbe.OrderCancelRequestEncoder;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TimeInForce;
import io.lockstep.sbe.TradeDecoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Long seeded runs of random orders in a generated market: what the reports say adds up, in decimals, to the venue's
 * ledger; no order fills more than it asked for, worse than its limit, or beyond what the market showed.
 */
class LedgerTest
{
    private static final long MAKER_FEE_PPM = -50;
    private static final long TAKER_FEE_PPM = 700;
    private static final long LATENCY_NS = 3000;

    @ParameterizedTest
    @ValueSource(longs =
    {1, 2, 3, 4, 5, 6, 7, 8})
    void reportsAddUpToTheLedger(final long seed)
    {
        final Run run = new Run(seed);
        run.play(20_000);
        run.checkLedgers();
        assertThat(run.venue.fills()).as("seed=%d", seed).isGreaterThan(1000).isEqualTo(run.fills);
        assertThat(run.venue.partialFills()).isGreaterThan(100);
        assertThat(run.makerFills).isGreaterThan(100);
        assertThat(run.venue.replaces()).isGreaterThan(100);
        assertThat(run.venue.cancels()).isGreaterThan(100);
        assertThat(run.venue.partialFills() + run.venue.fullFills()).isEqualTo(run.venue.fills());
        assertThat(run.open).hasSize(run.venue.openOrders());
    }

    @Test
    void sameSeedGivesTheSameReports()
    {
        final Run first = new Run(42);
        final Run second = new Run(42);
        final Run other = new Run(43);
        first.play(5000);
        second.play(5000);
        other.play(5000);
        assertThat(second.reportHash).isEqualTo(first.reportHash);
        assertThat(other.reportHash).isNotEqualTo(first.reportHash);
    }

    private static final class Expected
    {
        Side side;
        boolean isMarket;
        long limitTicks;
        long quantityLots;
        long filledLots;
    }

    private static final class Account
    {
        long positionLots;
        BigDecimal cash = BigDecimal.ZERO;
        BigDecimal fees = BigDecimal.ZERO;
    }

    /** Displayed quantity of one side and what we took of it, by price. */
    private static final class Shown
    {
        final TreeMap<Long, Long> lots = new TreeMap<>();
        final TreeMap<Long, Long> takenLots = new TreeMap<>();

        void set(final long priceTicks, final long quantityLots)
        {
            final Long before = 0 == quantityLots ? lots.remove(priceTicks) : lots.put(priceTicks, quantityLots);
            if (before == null || before != quantityLots)
            {
                takenLots.remove(priceTicks);
            }
        }

        long available(final long priceTicks)
        {
            return lots.getOrDefault(priceTicks, 0L) - takenLots.getOrDefault(priceTicks, 0L);
        }
    }

    private static final class Run
    {
        final List<Instrument> instruments = List.of(
            new Instrument(0, "BTCUSDT", "SIM", ContractType.LINEAR, Increment.parse("0.1"), Increment.parse("0.001"),
                1,
                1, Increment.parse("1"), "BTC", "USDT", "USDT"),
            new Instrument(1, "BTCUSD", "SIM", ContractType.INVERSE, Increment.parse("0.5"), Increment.parse("1"), 2, 5,
                Increment.parse("100"), "BTC", "USD", "BTC"));
        final long seed;
        final Random random;
        final MarketGenerator generator;
        final SimulatedVenue venue;
        final Map<Long, Expected> open = new TreeMap<>();
        final Map<Long, long[]> replacing = new TreeMap<>();
        final List<Account> accounts = List.of(new Account(), new Account());
        final List<Shown> bids = List.of(new Shown(), new Shown());
        final List<Shown> asks = List.of(new Shown(), new Shown());
        final UnsafeBuffer request = new UnsafeBuffer(new byte[256]);
        final MessageHeaderEncoder requestHeader = new MessageHeaderEncoder();
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        final ExecutionReportDecoder report = new ExecutionReportDecoder();
        long nextId = 1;
        long fills;
        long makerFills;
        long makerLotsOfEvent;
        long makerLotsMax;
        long reportHash;
        long lastReportNs;

        Run(final long seed)
        {
            this.seed = seed;
            random = new Random(seed);
            generator = new MarketGenerator(seed, instruments, MarketGenerator.UNLIMITED, 1_000_000, 1000,
                GeneratorOptions.defaults().withStartSteps(2000));
            venue = new SimulatedVenue(VenueRules.defaults().withFees(MAKER_FEE_PPM, TAKER_FEE_PPM)
                .withCapacity(40, 100, 1000).withLatency(LATENCY_NS, 0), this::onReport);
            instruments.forEach(venue::define);
        }

        void play(final int messages)
        {
            for (int i = 0; i < messages; i++)
            {
                generator.next();
                // What is due acts on the market as it is shown before the message.
                venue.advance(generator.timeNs());
                makerLotsOfEvent = 0;
                makerLotsMax = show();
                venue.onMarketData(generator.buffer(), generator.offset(), generator.length(), generator.timeNs());
                assertThat(makerLotsOfEvent).as("seed=%d message=%d", seed, i).isLessThanOrEqualTo(makerLotsMax);
                if (random.nextInt(3) == 0)
                {
                    request();
                }
            }
            venue.advance(generator.timeNs() + LATENCY_NS);
        }

        /** Returns the most that resting orders may fill of the message. */
        private long show()
        {
            final DirectBuffer buffer = generator.buffer();
            header.wrap(buffer, generator.offset());
            switch (header.templateId())
            {
                case TradeDecoder.TEMPLATE_ID -> {
                    return new TradeDecoder().wrapAndApplyHeader(buffer, 0, header).quantityLots();
                }
                case BookUpdateDecoder.TEMPLATE_ID -> {
                    final BookUpdateDecoder update = new BookUpdateDecoder().wrapAndApplyHeader(buffer, 0, header);
                    update.bids().forEach(
                        (level) -> bids.get(update.instrumentId()).set(level.priceTicks(), level.quantityLots()));
                    update.asks().forEach(
                        (level) -> asks.get(update.instrumentId()).set(level.priceTicks(), level.quantityLots()));
                    return shownToOurOrders(update.instrumentId());
                }
                case BookSnapshotDecoder.TEMPLATE_ID -> {
                    final BookSnapshotDecoder snapshot = new BookSnapshotDecoder().wrapAndApplyHeader(buffer, 0,
                        header);
                    snapshot.bids().forEach(
                        (level) -> bids.get(snapshot.instrumentId()).set(level.priceTicks(), level.quantityLots()));
                    snapshot.asks().forEach(
                        (level) -> asks.get(snapshot.instrumentId()).set(level.priceTicks(), level.quantityLots()));
                    return 0;
                }
                default -> {
                    return 0;
                }
            }
        }

        private long shownToOurOrders(final int instrumentId)
        {
            long lots = 0;
            long highestBuy = Long.MIN_VALUE;
            long lowestSell = Long.MAX_VALUE;
            for (final Map.Entry<Long, Expected> entry : open.entrySet())
            {
                final Expected order = entry.getValue();
                if (instrumentOf(entry.getKey()) != instrumentId)
                {
                    continue;
                }
                if (Side.BUY == order.side)
                {
                    highestBuy = Math.max(highestBuy, order.limitTicks);
                }
                else
                {
                    lowestSell = Math.min(lowestSell, order.limitTicks);
                }
            }
            for (final Long quantity : asks.get(instrumentId).lots.headMap(highestBuy, true).values())
            {
                lots += quantity;
            }
            for (final Long quantity : bids.get(instrumentId).lots.tailMap(lowestSell, true).values())
            {
                lots += quantity;
            }
            return lots;
        }

        private void request()
        {
            final int kind = random.nextInt(10);
            if (kind < 7 || open.isEmpty())
            {
                sendOrder();
                return;
            }
            final List<Long> ids = new ArrayList<>(open.keySet());
            final long orig = ids.get(random.nextInt(ids.size()));
            if (kind == 7)
            {
                sendCancel(orig);
            }
            else
            {
                sendReplace(orig);
            }
        }

        private int instrumentOf(final long id)
        {
            return (int)(id & 1);
        }

        private long price(final int instrumentId)
        {
            final Long bid = bids.get(instrumentId).lots.isEmpty() ? 4000 : bids.get(instrumentId).lots.lastKey();
            final long orderTicks = instruments.get(instrumentId).orderTicks();
            return (bid / orderTicks + random.nextInt(9) - 4) * orderTicks;
        }

        private void sendOrder()
        {
            final long id = nextId++;
            final int instrumentId = instrumentOf(id);
            final boolean isMarket = random.nextInt(5) == 0;
            final Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
            final TimeInForce[] times = {TimeInForce.GOOD_TILL_CANCEL, TimeInForce.GOOD_TILL_CANCEL,
                TimeInForce.IMMEDIATE_OR_CANCEL, TimeInForce.FILL_OR_KILL};
            final NewOrderSingleEncoder encoder = new NewOrderSingleEncoder();
            final long priceTicks = isMarket ? Nulls.NULL_PRICE_TICKS : price(instrumentId);
            final long lots = (1 + random.nextInt(60)) * instruments.get(instrumentId).orderLots();
            encoder.wrapAndApplyHeader(request, 0, requestHeader).side(side)
                .ordType(isMarket ? OrdType.MARKET : OrdType.LIMIT).timeInForce(times[random.nextInt(times.length)])
                .execInst(random.nextInt(4) == 0 ? ExecInst.PARTICIPATE_DONT_INITIATE : ExecInst.NONE)
                .reason(OrderReason.NONE).state(MachineState.WATCH).instrumentId(instrumentId).priceTicks(priceTicks)
                .orderQtyLots(lots).transactTimeNs(generator.timeNs());
            final Expected order = new Expected();
            order.side = side;
            order.isMarket = isMarket;
            order.limitTicks = isMarket ? side == Side.BUY ? Long.MAX_VALUE : Long.MIN_VALUE : priceTicks;
            order.quantityLots = lots;
            open.put(id, order);
            send(id, 0, encoder.limit());
        }

        private void sendCancel(final long orig)
        {
            final OrderCancelRequestEncoder encoder = new OrderCancelRequestEncoder();
            encoder.wrapAndApplyHeader(request, 0, requestHeader).instrumentId(instrumentOf(orig))
                .side(open.get(orig).side).reason(OrderReason.NONE).transactTimeNs(generator.timeNs());
            send(nextId++, orig, encoder.limit());
        }

        private void sendReplace(final long orig)
        {
            final int instrumentId = instrumentOf(orig);
            final OrderCancelReplaceRequestEncoder encoder = new OrderCancelReplaceRequestEncoder();
            final long priceTicks = price(instrumentId);
            final long lots = (1 + random.nextInt(60)) * instruments.get(instrumentId).orderLots();
            encoder.wrapAndApplyHeader(request, 0, requestHeader).instrumentId(instrumentId)
                .side(open.get(orig).side).reason(OrderReason.NONE).priceTicks(priceTicks).orderQtyLots(lots)
                .transactTimeNs(generator.timeNs());
            replacing.put(nextId, new long[]{priceTicks, lots});
            send(nextId++, orig, encoder.limit());
        }

        private void send(final long id, final long orig, final int length)
        {
            ClOrdIds.encode(request, MessageHeaderEncoder.ENCODED_LENGTH, 0, 1, id, 0);
            if (orig != 0)
            {
                ClOrdIds.encode(request, MessageHeaderEncoder.ENCODED_LENGTH + ClOrdIds.LENGTH, 0, 1, orig, 0);
            }
            venue.onRequest(request, 0, length);
        }

        private void onReport(final DirectBuffer buffer, final int offset, final int length, final long timeNs)
        {
            assertThat(timeNs).isGreaterThanOrEqualTo(lastReportNs);
            lastReportNs = timeNs;
            reportHash = Xxh64.chain(Xxh64.hash(buffer, offset, length, reportHash), timeNs);
            header.wrap(buffer, offset);
            if (header.templateId() != ExecutionReportDecoder.TEMPLATE_ID)
            {
                return;
            }
            report.wrapAndApplyHeader(buffer, offset, header);
            final int body = offset + MessageHeaderDecoder.ENCODED_LENGTH;
            final int origOffset = body + ExecutionReportDecoder.origClOrdIdEncodingOffset();
            final long answered = ClOrdIds.sequence(buffer, body);
            final long id = ClOrdIds.isValid(buffer, origOffset) ? ClOrdIds.sequence(buffer, origOffset) : answered;
            final Expected order = open.get(id);
            assertThat(order).as("seed=%d report of an order that is not open: %s", seed, report).isNotNull();
            switch (report.execType())
            {
                case TRADE -> onFill(order);
                case REPLACED -> {
                    order.limitTicks = replacing.get(answered)[0];
                    order.quantityLots = replacing.get(answered)[1];
                }
                case NEW, REJECTED, CANCELED ->
                    {
                    }
                case EXPIRED, SBE_UNKNOWN, NULL_VAL -> throw new AssertionError(report.toString());
            }
            assertThat(report.cumQtyLots()).as("seed=%d %s", seed, report).isEqualTo(order.filledLots);
            final boolean ended = ExecType.CANCELED == report.execType() || ExecType.REJECTED == report.execType();
            assertThat(report.leavesQtyLots()).as("seed=%d %s", seed, report)
                .isEqualTo(ended ? 0 : order.quantityLots - order.filledLots);
            if (0 == report.leavesQtyLots())
            {
                open.remove(id);
            }
        }

        private void onFill(final Expected order)
        {
            final long priceTicks = report.lastPxTicks();
            final long lots = report.lastQtyLots();
            assertThat(lots).isPositive();
            assertThat(report.side()).isEqualTo(order.side);
            if (Side.BUY == order.side)
            {
                assertThat(priceTicks).as("seed=%d %s", seed, report).isLessThanOrEqualTo(order.limitTicks);
            }
            else
            {
                assertThat(priceTicks).as("seed=%d %s", seed, report).isGreaterThanOrEqualTo(order.limitTicks);
            }
            order.filledLots += lots;
            fills++;
            if (LiquidityIndicator.TAKER == report.liquidity())
            {
                final Shown shown = (Side.BUY == order.side ? asks : bids).get(report.instrumentId());
                assertThat(lots).as("seed=%d beyond what is shown: %s", seed, report)
                    .isLessThanOrEqualTo(shown.available(priceTicks));
                shown.takenLots.merge(priceTicks, lots, Long::sum);
            }
            else
            {
                makerFills++;
                makerLotsOfEvent += lots;
            }
            account(priceTicks, Side.BUY == order.side ? lots : -lots);
        }

        private void account(final long priceTicks, final long signedLots)
        {
            final Instrument instrument = instruments.get(report.instrumentId());
            final Account account = accounts.get(report.instrumentId());
            final BigDecimal price = instrument.tick().decimal(priceTicks);
            final BigDecimal quantity = instrument.lot().decimal(signedLots)
                .multiply(instrument.multiplier().decimal(1));
            final int scale = -instrument.cashExponent();
            final BigDecimal cash = instrument.isInverse()
                ? quantity.divide(price, scale, RoundingMode.FLOOR)
                : price.multiply(quantity).negate();
            final BigDecimal value = instrument.isInverse()
                ? quantity.abs().divide(price, scale, RoundingMode.CEILING)
                : cash.abs();
            final long ppm = LiquidityIndicator.MAKER == report.liquidity() ? MAKER_FEE_PPM : TAKER_FEE_PPM;
            final BigDecimal fee = value.multiply(BigDecimal.valueOf(ppm, 6)).setScale(scale, RoundingMode.CEILING);
            assertThat(instrument.cash(
                new MutableInt128().decode(report.commission(), report.commissionHigh()))).isEqualByComparingTo(fee);
            account.positionLots += signedLots;
            account.cash = account.cash.add(cash);
            account.fees = account.fees.add(fee);
        }

        void checkLedgers()
        {
            for (final Instrument instrument : instruments)
            {
                final VenueLedger ledger = venue.ledger(instrument.id());
                final Account account = accounts.get(instrument.id());
                assertThat(ledger.positionLots()).as("seed=%d", seed).isEqualTo(account.positionLots);
                assertThat(instrument.cash(ledger.cash())).as("seed=%d", seed).isEqualByComparingTo(account.cash);
                assertThat(instrument.cash(ledger.fees())).as("seed=%d", seed).isEqualByComparingTo(account.fees);
            }
        }
    }
}
