package io.lockstep.gateways.simulated;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Int128;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.account.Account;
import io.lockstep.core.account.AccountBalance;
import io.lockstep.core.account.AccountPort;
import io.lockstep.core.account.AccountTerms;
import io.lockstep.core.account.Commission;
import io.lockstep.core.account.LotsByInstrument;
import io.lockstep.gateways.generator.GeneratorOptions;
import io.lockstep.gateways.generator.MarketGenerator;
import io.lockstep.sbe.AccountEntryDecoder;
import io.lockstep.sbe.AccountEntryKind;
import io.lockstep.sbe.AccountReportDecoder;
import io.lockstep.sbe.AccountType;
import io.lockstep.sbe.ContractType;
import io.lockstep.sbe.DifferenceKind;
import io.lockstep.sbe.ExecInst;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.ExecutionReportDecoder;
import io.lockstep.sbe.FeedCondition;
import io.lockstep.sbe.MachineState;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.NewOrderSingleEncoder;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.PositionMode;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TimeInForce;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The venue's account and the engine's, of the same fills and entries: two that know nothing of each other, the one from totals
 * and the other fill by fill, and are equal to the unit at each report.
 */
class VenueAccountTest
{
    private static final long INTERVAL_NS = 20_000;
    private static final int MESSAGES = 10_000;

    @ParameterizedTest
    @CsvSource(
    {"CASH, 1", "CASH, 2", "CASH, 3", "MARGIN, 4", "MARGIN, 5", "MARGIN, 6"})
    void shouldEqualTheEnginesAccount(final AccountType type, final long seed)
    {
        final Run run = new Run(type, seed);
        run.play(MESSAGES);

        assertThat(run.lines).isEmpty();
        assertThat(run.fills).as("seed=%d", seed).isGreaterThan(500);
        assertThat(run.account.entries()).isGreaterThan(50);
        assertThat(run.account.reports()).as("seed=%d", seed).isGreaterThan(200);
        assertThat(run.account.unreadable() + run.account.unknownAssets() + run.account.unknownInstruments()).isZero();
        assertThat(run.balance("USDT")).isNotEqualTo("100000");
    }

    @ParameterizedTest
    @CsvSource(
    {"CASH, 11", "MARGIN, 12"})
    void shouldBeFoundOutWhenAnErrorIsPlantedAndEqualAgainWhenItIsAccepted(final AccountType type, final long seed)
    {
        final Run run = new Run(type, seed);
        run.play(MESSAGES);
        final long before = run.account.reports();
        run.venue.account().plant("USDT", new BigDecimal("-0.000001"));
        run.requireEqual = false;
        while (run.account.reports() < before + 2)
        {
            run.play(1);
        }

        assertThat(run.lines).hasSize(1);
        assertThat(run.lines.get(0)).contains("USDT").contains("halts=true");
        assertThat(run.account.isHalted()).isTrue();

        assertThat(run.account.accept()).isEqualTo(1);
        run.lines.clear();
        run.requireEqual = true;
        run.play(MESSAGES);
        assertThat(run.lines).isEmpty();
        assertThat(run.account.isHalted()).isFalse();
    }

    @Test
    void shouldBeFoundOutWhenAnErrorIsPlantedInAPosition()
    {
        final Run run = new Run(AccountType.MARGIN, 21);
        run.play(1_000);
        run.requireEqual = false;
        run.venue.account().plantLots(0, 3);
        run.venue.reportAccount();
        assertThat(run.lines).isEmpty();
        run.venue.reportAccount();

        assertThat(run.lines).containsExactly("POSITION 0 engine=" + run.netLots(0) + " venue=" + (run.netLots(0) + 3));
        run.account.accept();
        assertThat(run.lines).contains("accepted 0 lots=3");
        run.lines.clear();
        run.requireEqual = true;
        run.venue.reportAccount();
        run.venue.reportAccount();
        assertThat(run.lines).isEmpty();
    }

    @Test
    void shouldReportAChangeAtMostOnceInAnInterval()
    {
        final Run run = new Run(AccountType.MARGIN, 31);
        run.play(MESSAGES);

        for (int i = 1; i < run.reportTimesNs.size(); i++)
        {
            assertThat(run.reportTimesNs.get(i) - run.reportTimesNs.get(i - 1)).isGreaterThanOrEqualTo(INTERVAL_NS);
        }
        final long reports = run.venue.account().reports();
        run.venue.reportAccount();
        assertThat(run.venue.account().reports()).isEqualTo(reports + 1);
    }

    /** Time stands still behind the end of the market, and nothing that happens there may be left unsaid. */
    @Test
    void shouldReportEachChangeBehindTheEndOfTheMarket()
    {
        final VenueFixture on = new VenueFixture(VenueRules.defaults()
            .withAccount(new VenueAccountRules(true, AccountType.CASH, Map.of(), Long.MAX_VALUE)));
        on.snapshot(VenueFixture.levels(990, 100), VenueFixture.levels(1000, 100));
        on.marketBuy(1, 10);
        assertThat(on.venue.account().reports()).isEqualTo(1);
        on.feed(FeedCondition.END);
        assertThat(on.venue.account().reports()).isEqualTo(2);
        on.marketBuy(2, 10);
        assertThat(on.venue.account().reports()).isEqualTo(3);
    }

    @Test
    void shouldSayNothingUnlessItIsTold()
    {
        final VenueFixture on = new VenueFixture();
        on.snapshot(VenueFixture.levels(990, 100), VenueFixture.levels(1000, 100));
        on.marketBuy(1, 10);
        final int reports = on.reports.size();
        on.venue.reportAccount();
        on.feed(FeedCondition.LIVE);

        assertThat(on.reports).hasSize(reports);
        assertThat(on.venue.account().reports()).isZero();
        assertThat(on.venue.account().netLots(0)).isEqualTo(10);
    }

    @Test
    void shouldRefuseRulesThatAreNone()
    {
        assertThatThrownBy(() -> new VenueAccountRules(true, AccountType.NULL_VAL, Map.of(), 0))
            .hasMessage("type=NULL_VAL: expected CASH or MARGIN");
        assertThatThrownBy(() -> new VenueAccountRules(true, AccountType.CASH, Map.of(), -1))
            .hasMessage("reportIntervalNs=-1: expected at least 0");
    }

    /** A venue in a generated market, somebody who trades at random, and the engine's account in one thread. */
    private static final class Run implements LotsByInstrument, AccountPort
    {
        final List<Instrument> instruments = List.of(
            new Instrument(0, "BTCUSDT", "SIM", ContractType.LINEAR, Increment.parse("0.1"), Increment.parse("0.001"),
                1, 1, Increment.parse("1"), "BTC", "USDT", "USDT"),
            new Instrument(1, "BTCUSD", "SIM", ContractType.INVERSE, Increment.parse("0.5"), Increment.parse("1"), 1, 1,
                Increment.parse("100"), "BTC", "USD", "BTC"));
        final Random random;
        final MarketGenerator generator;
        final SimulatedVenue venue;
        final Account account;
        final List<String> lines = new ArrayList<>();
        final List<Long> reportTimesNs = new ArrayList<>();
        final long[] lots = new long[2];
        final Commission commission = new Commission();
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        final ExecutionReportDecoder execution = new ExecutionReportDecoder();
        final UnsafeBuffer request = new UnsafeBuffer(new byte[256]);
        boolean requireEqual = true;
        long nextId = 1;
        long fills;

        Run(final AccountType type, final long seed)
        {
            random = new Random(seed);
            generator = new MarketGenerator(seed, instruments, MarketGenerator.UNLIMITED, 1_000_000, 1000,
                GeneratorOptions.defaults().withStartSteps(2000));
            account = new Account(0, new AccountTerms(type, PositionMode.NETTING, true, new MutableInt128(), 0), this,
                this);
            venue = new SimulatedVenue(VenueRules.defaults().withFees(-50, 700).withAccount(new VenueAccountRules(
                true, type, Map.of("USDT", new BigDecimal("100000"), "BTC", new BigDecimal("1.5")), INTERVAL_NS)),
                this::onReport);
            instruments.forEach(venue::define);
            instruments.forEach(account::define);
        }

        void play(final int messages)
        {
            for (int i = 0; i < messages; i++)
            {
                generator.next();
                venue.onMarketData(generator.buffer(), generator.offset(), generator.length(), generator.timeNs());
                if (random.nextInt(4) == 0)
                {
                    order();
                }
                if (random.nextInt(100) == 0)
                {
                    venue.account().book(AccountEntryKind.FUNDING, random.nextInt(2),
                        random.nextBoolean() ? "USDT" : "BTC", new Decimal(random.nextInt(2001) - 1000, -10));
                }
            }
        }

        private void order()
        {
            final NewOrderSingleEncoder encoder = new NewOrderSingleEncoder();
            encoder.wrapAndApplyHeader(request, 0, new MessageHeaderEncoder())
                .side(random.nextBoolean() ? Side.BUY : Side.SELL).ordType(OrdType.MARKET)
                .timeInForce(TimeInForce.IMMEDIATE_OR_CANCEL).execInst(ExecInst.NONE).reason(OrderReason.NONE)
                .state(MachineState.WATCH).instrumentId(random.nextInt(2)).priceTicks(Nulls.NULL_PRICE_TICKS)
                .orderQtyLots(1 + random.nextInt(60)).transactTimeNs(generator.timeNs());
            ClOrdIds.encode(request, MessageHeaderEncoder.ENCODED_LENGTH, 0, 1, nextId++, 0);
            venue.onRequest(request, 0, encoder.limit());
        }

        private void onReport(final DirectBuffer buffer, final int offset, final int length, final long timeNs)
        {
            header.wrap(buffer, offset);
            switch (header.templateId())
            {
                case ExecutionReportDecoder.TEMPLATE_ID -> onExecution(
                    execution.wrapAndApplyHeader(buffer, offset, header));
                case AccountReportDecoder.TEMPLATE_ID -> onAccountReport(
                    new AccountReportDecoder().wrapAndApplyHeader(buffer, offset, header), timeNs);
                case AccountEntryDecoder.TEMPLATE_ID -> account.onEntry(
                    new AccountEntryDecoder().wrapAndApplyHeader(buffer, offset, header));
                default -> throw new AssertionError("templateId=" + header.templateId());
            }
        }

        private void onExecution(final ExecutionReportDecoder report)
        {
            if (report.execType() == ExecType.TRADE)
            {
                final long signedLots = report.side() == Side.BUY ? report.lastQtyLots() : -report.lastQtyLots();
                fills++;
                lots[report.instrumentId()] += signedLots;
                account.onFill(
                    report.instrumentId(), report.lastPxTicks(), signedLots, 0, commission.decode(report));
            }
        }

        private void onAccountReport(final AccountReportDecoder report, final long timeNs)
        {
            reportTimesNs.add(timeNs);
            account.onReport(report, false);
            for (int i = 0; i < account.balanceCount() && requireEqual; i++)
            {
                assertThat(account.balanceAt(i).amount().toBigInteger()).as(account.balanceAt(i).asset())
                    .isEqualTo(account.balanceAt(i).reported().toBigInteger());
            }
        }

        String balance(final String asset)
        {
            return new BigDecimal(venue.account().balanceUnits(asset).toBigInteger(), 18).stripTrailingZeros()
                .toPlainString();
        }

        @Override
        public long netLots(final int instrumentId)
        {
            return lots[instrumentId];
        }

        @Override
        public long longLots(final int instrumentId)
        {
            throw new AssertionError("the account nets");
        }

        @Override
        public long shortLots(final int instrumentId)
        {
            throw new AssertionError("the account nets");
        }

        @Override
        public void onBalanceDifference(final int venueId, final AccountBalance balance, final boolean halts)
        {
            lines.add(balance.asset() + " engine=" + balance.amount().toBigInteger() + " venue=" +
                balance.reported().toBigInteger() + " halts=" + halts);
        }

        @Override
        public void onPositionDifference(
            final int venueId,
            final int instrumentId,
            final DifferenceKind kind,
            final long engineLots,
            final long venueLots,
            final boolean halts)
        {
            lines.add(kind + " " + instrumentId + " engine=" + engineLots + " venue=" + venueLots);
        }

        @Override
        public void onProfit(final int instrumentId, final AccountEntryKind kind, final Int128 cash)
        {
            // Of the position, which is not looked at here.
        }

        @Override
        public void onForeignProfit(
            final int instrumentId, final AccountEntryKind kind, final AccountBalance asset, final Int128 amount)
        {
            // Likewise.
        }

        @Override
        public long onPositionAccepted(final int instrumentId, final long accepted)
        {
            lines.add("accepted " + instrumentId + " lots=" + accepted);
            lots[instrumentId] += accepted;
            return Nulls.NULL_PRICE_TICKS;
        }
    }
}
