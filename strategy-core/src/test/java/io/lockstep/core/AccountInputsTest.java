package io.lockstep.core;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.position.CountableRange;
import io.lockstep.codecs.OrderFields;
import io.lockstep.sbe.AcceptAccountEncoder;
import io.lockstep.sbe.AccountDifferenceDecoder;
import io.lockstep.sbe.AccountEntryEncoder;
import io.lockstep.sbe.AccountEntryKind;
import io.lockstep.sbe.AccountReportEncoder;
import io.lockstep.sbe.AccountType;
import io.lockstep.sbe.BestBidOfferEncoder;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.CommandResultDecoder;
import io.lockstep.sbe.ContractType;
import io.lockstep.sbe.DecisionAcknowledgementEncoder;
import io.lockstep.sbe.ExecInst;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.ExecutionReportEncoder;
import io.lockstep.sbe.InstrumentDefinitionEncoder;
import io.lockstep.sbe.LiquidityIndicator;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.OperatorOrderEncoder;
import io.lockstep.sbe.OrdRejReason;
import io.lockstep.sbe.OrdStatus;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.OrderCancelRequestDecoder;
import io.lockstep.sbe.OrderRefusedDecoder;
import io.lockstep.sbe.PositionMode;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TimeInForce;
import io.lockstep.sbe.VenueDefinitionEncoder;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Reports, entries and acceptances as inputs of the core: what they decide, and what an account in doubt stops. */
class AccountInputsTest
{
    private static final int VENUE_SOURCE = 2;
    private static final int OTHER_SOURCE = 5;
    private static final Instrument SWAP = new Instrument(0, "BTCUSDT", "TEST", ContractType.LINEAR,
        Increment.parse("0.1"), Increment.parse("0.001"), 1, 1, Increment.parse("1"), "BTC", "USDT", "USDT");

    private final List<String> lines = new ArrayList<>();
    private final TradingCore core = new TradingCore(this::onDecision, List.of());
    private final InputRecords records = new InputRecords();
    private String clOrdId;
    private int execIds;

    @BeforeEach
    void define()
    {
        records.timeNs(1_000);
        records.sourceId(0);
        venue(0, VENUE_SOURCE, "TEST");
        venue(1, OTHER_SOURCE, "OTHER");
        SWAP.encode(records.begin(new InstrumentDefinitionEncoder()));
        give();
        records.sourceId(VENUE_SOURCE);
        lines.clear();
    }

    private void venue(final int id, final int sourceId, final String name)
    {
        final VenueDefinitionEncoder venue = records.begin(new VenueDefinitionEncoder());
        venue.venueId(id).orderSourceId(sourceId).egressRequests(1_000).accountType(AccountType.MARGIN)
            .haltOnDifference(BooleanType.TRUE).positionToleranceLots(0).positionMode(PositionMode.NETTING)
            .inDoubtAfterNs(VenueDefinitionEncoder.inDoubtAfterNsNullValue());
        venue.balanceTolerance().mantissa(0).exponent((byte)0);
        venue.name(name).account("");
        give();
    }

    @Test
    void shouldDecideADifferenceAndRefuseOrdersUntilItIsAccepted()
    {
        report(1_000, 0);
        report(1_000, 3);
        assertThat(taken()).isEmpty();
        report(1_000, 3);
        assertThat(taken()).containsExactly("difference POSITION engine=0 venue=3 halted=TRUE");

        order();
        assertThat(taken()).containsExactly("refused ACCOUNT_HALTED", "result REFUSED");

        accept(0);
        assertThat(taken()).containsExactly("result ACCEPTED");
        assertThat(core.position(0).netLots()).isEqualTo(3);
        order();
        assertThat(taken().get(0)).startsWith("refused").doesNotContain("ACCOUNT");
        report(1_000, 3);
        report(1_000, 3);
        assertThat(taken()).isEmpty();
    }

    @Test
    void shouldCancelWhatIsOpenWhenTheAccountIsHalted()
    {
        quote();
        order();
        assertThat(taken()).containsExactly("new", "result ACCEPTED");
        report(1_000, 0);
        report(1_000, 3);
        report(1_000, 3);
        assertThat(taken()).as("something is in flight").isEmpty();
        acknowledge();
        execution(ExecType.NEW, OrdStatus.NEW, 0);
        report(1_000, 0);
        report(1_000, 3);
        report(1_000, 3);

        assertThat(taken()).containsExactly("difference POSITION engine=0 venue=3 halted=TRUE", "cancel ACCOUNT");
    }

    @Test
    void shouldFollowFillsAndEntries()
    {
        quote();
        order();
        acknowledge();
        report(1_000, 0);
        execution(ExecType.NEW, OrdStatus.NEW, 0);
        report(1_000, 0);
        execution(ExecType.TRADE, OrdStatus.FILLED, 10);
        lines.clear();
        // The fee is 0.01 USDT.
        entry(-5, -2);
        report(999_94, -2, 10);
        report(999_94, -2, 10);
        assertThat(taken()).isEmpty();
        assertThat(core.position(0).realized().toLongExact()).isEqualTo(-5_000_000);
        report(999_95, -2, 10);
        report(999_95, -2, 10);
        assertThat(taken()).containsExactly("difference BALANCE USDT halted=TRUE");
    }

    @Test
    void shouldLeaveWhatASourceSaysOfAnothersVenue()
    {
        records.sourceId(OTHER_SOURCE);
        report(0, 1_000, 0, 3);
        report(0, 1_000, 0, 3);
        report(0, 1_000, 0, 3);

        assertThat(taken()).isEmpty();
        assertThat(core.foreignInputs()).isEqualTo(3);
    }

    /** The other venue trades on: its account is its own. */
    @Test
    void shouldHaltTheAccountOfItsOwnVenueAlone()
    {
        records.sourceId(OTHER_SOURCE);
        report(7, 0);
        report(8, 0);
        report(8, 0);
        assertThat(taken()).containsExactly("difference BALANCE USDT halted=TRUE");

        order();
        assertThat(taken().get(0)).startsWith("refused").doesNotContain("ACCOUNT");
    }

    @Test
    void shouldSayWhetherThereWasSomethingToAccept()
    {
        accept(0);
        accept(2);
        accept(-1);
        assertThat(taken()).containsExactly("result NO_CHANGE", "result UNKNOWN_VENUE", "result UNKNOWN_VENUE");
    }

    /** As many lots as can be counted are taken over at any mark; more are no position. */
    @Test
    void shouldTakeOverAsManyLotsAsCanBeCounted()
    {
        report(1_000, 0);
        report(1_000, Long.MAX_VALUE);
        report(1_000, Long.MAX_VALUE);
        report(1_000, -Long.MAX_VALUE);
        assertThat(taken()).isEmpty();
        assertThat(core.venue(0).holdings().unreadable()).isEqualTo(3);

        report(1_000, CountableRange.LOTS_MAX);
        report(1_000, CountableRange.LOTS_MAX);
        quote(Long.MAX_VALUE / 4);
        accept(0);
        report(1_000, -CountableRange.LOTS_MAX);
        report(1_000, -CountableRange.LOTS_MAX);
        accept(0);

        assertThat(taken()).contains("result ACCEPTED").doesNotContain("result REFUSED");
        assertThat(core.position(0).netLots()).isEqualTo(-CountableRange.LOTS_MAX);
    }

    @Test
    void shouldSaveAndRestoreTheAccount()
    {
        report(1_000, 0);
        entry(-5, -2);
        report(1_000, 3);
        final TradingCore restored = new TradingCore(this::onDecision, List.of());
        SavedState.of(core).restoreInto(restored, core.lastSequence());

        assertThat(restored.stateHash()).isEqualTo(core.stateHash());
        report(1_000, 3);
        restored.onInput(records.buffer(), records.lastOffset());
        assertThat(taken()).hasSize(4);
        assertThat(restored.stateHash()).isEqualTo(core.stateHash());
    }

    private List<String> taken()
    {
        final List<String> taken = List.copyOf(lines);
        lines.clear();
        return taken;
    }

    private void give()
    {
        records.end();
        core.onInput(records.buffer(), records.lastOffset());
    }

    private void report(final long usdt, final long lots)
    {
        report(usdt, 0, lots);
    }

    private void report(final long usdt, final int exponent, final long lots)
    {
        report(AccountReportEncoder.venueIdNullValue(), usdt, exponent, lots);
    }

    private void report(final int venueId, final long usdt, final int exponent, final long lots)
    {
        final AccountReportEncoder report = records.begin(new AccountReportEncoder());
        report.venueId(venueId).reportId(1).complete(BooleanType.TRUE);
        report.positionsCount(1).next().instrumentId(0).netLots(lots).longLots(Nulls.NULL_LONG)
            .shortLots(Nulls.NULL_LONG);
        final AccountReportEncoder.BalancesEncoder balances = report.balancesCount(1).next();
        balances.amount().mantissa(usdt).exponent((byte)exponent);
        balances.amountHigh(Nulls.NULL_LONG).asset("USDT");
        give();
    }

    private void entry(final long mantissa, final int exponent)
    {
        final AccountEntryEncoder entry = records.begin(new AccountEntryEncoder());
        entry.venueId(AccountEntryEncoder.venueIdNullValue()).kind(AccountEntryKind.FUNDING).instrumentId(0);
        entry.amount().mantissa(mantissa).exponent((byte)exponent);
        entry.entryId("f-1").asset("USDT");
        give();
    }

    private void accept(final int venueId)
    {
        records.begin(new AcceptAccountEncoder()).venueId(venueId).reason("counted").user("jo");
        give();
    }

    private void quote()
    {
        quote(999_990);
    }

    private void quote(final long bidTicks)
    {
        records.begin(new BestBidOfferEncoder()).instrumentId(0).updateId(1).bidPriceTicks(bidTicks)
            .bidQuantityLots(100).askPriceTicks(bidTicks + 10).askQuantityLots(100).feedDelayNs(Nulls.NULL_LONG);
        give();
        lines.clear();
    }

    private void order()
    {
        OrderFields.none(records.begin(new OperatorOrderEncoder())).strategyId(0).instrumentId(0).side(Side.BUY)
            .ordType(OrdType.LIMIT).timeInForce(TimeInForce.GOOD_TILL_CANCEL).execInst(ExecInst.NONE)
            .priceTicks(999_000).orderQtyLots(10)
            .user("jo");
        give();
    }

    private void acknowledge()
    {
        records.begin(new DecisionAcknowledgementEncoder()).egressSequence(1);
        give();
    }

    private void execution(final ExecType execType, final OrdStatus status, final long lots)
    {
        records.begin(new ExecutionReportEncoder()).clOrdId(clOrdId).origClOrdId("").execType(execType)
            .ordStatus(status).side(Side.BUY).ordRejReason(OrdRejReason.NONE).liquidity(LiquidityIndicator.NONE)
            .instrumentId(0).orderId(1).execId(++execIds).lastPxTicks(lots == 0 ? Nulls.NULL_PRICE_TICKS : 999_000)
            .lastQtyLots(lots).leavesQtyLots(10 - lots).cumQtyLots(lots).commission(1_000_000)
            .commissionHigh(Nulls.NULL_LONG).commissionExponent(ExecutionReportEncoder.commissionExponentNullValue())
            .execRefId(Nulls.NULL_LONG).refPxTicks(Nulls.NULL_PRICE_TICKS).refQtyLots(Nulls.NULL_LONG)
            .orderQtyLots(Nulls.NULL_LONG).priceTicks(Nulls.NULL_PRICE_TICKS)
            .venueExecId("").commissionAsset("").venueExecRefId("");
        give();
    }

    private void onDecision(
        final long sequence,
        final int ordinal,
        final DirectBuffer buffer,
        final int offset,
        final int length)
    {
        final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(buffer, offset);
        final int body = offset + MessageHeaderDecoder.ENCODED_LENGTH;
        switch (header.templateId())
        {
            case AccountDifferenceDecoder.TEMPLATE_ID -> lines.add(text(
                new AccountDifferenceDecoder().wrapAndApplyHeader(buffer, offset, header)));
            case OrderRefusedDecoder.TEMPLATE_ID -> lines.add("refused " +
                new OrderRefusedDecoder().wrapAndApplyHeader(buffer, offset, header).reason());
            case CommandResultDecoder.TEMPLATE_ID -> lines.add("result " +
                new CommandResultDecoder().wrapAndApplyHeader(buffer, offset, header).reason());
            case NewOrderSingleDecoder.TEMPLATE_ID -> {
                clOrdId = ClOrdIds.text(buffer, body + NewOrderSingleDecoder.clOrdIdEncodingOffset());
                lines.add("new");
            }
            case OrderCancelRequestDecoder.TEMPLATE_ID -> lines.add("cancel " +
                new OrderCancelRequestDecoder().wrapAndApplyHeader(buffer, offset, header).reason());
            default -> {
                // Of the market.
            }
        }
    }

    private static String text(final AccountDifferenceDecoder difference)
    {
        return switch (difference.kind())
        {
            case BALANCE -> "difference BALANCE " + difference.asset() + " halted=" + difference.halted();
            default -> "difference " + difference.kind() + " engine=" + difference.engineLots() + " venue=" +
                difference.venueLots() + " halted=" + difference.halted();
        };
    }
}
