package io.lockstep.core.host;

import io.lockstep.codecs.OrderFields;
import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.core.InputRecords;
import io.lockstep.sbe.AccountType;
import io.lockstep.sbe.AlertType;
import io.lockstep.sbe.BestBidOfferEncoder;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.CommandReason;
import io.lockstep.sbe.ContractType;
import io.lockstep.sbe.DecisionAcknowledgementEncoder;
import io.lockstep.sbe.DecisionWithdrawnDecoder;
import io.lockstep.sbe.ExecInst;
import io.lockstep.sbe.InstrumentDefinitionEncoder;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.OperationalAlertEncoder;
import io.lockstep.sbe.OperatorOrderEncoder;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.PositionMode;
import io.lockstep.sbe.RequestExpiredEncoder;
import io.lockstep.sbe.RiskReason;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TimeInForce;
import io.lockstep.sbe.TradingMode;
import io.lockstep.sbe.VenueDefinitionEncoder;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** A host of two venues with an instrument each: whose decisions they are, and what is kept of them. */
class HostVenuesTest
{
    private static final int FEED = 1;
    private static final int GATEWAY_A = 11;
    private static final int GATEWAY_B = 12;
    private static final int REQUESTS_MAX = 8;

    private final InputRecords records = new InputRecords();
    private CoreHost host = host();

    private static CoreHost host()
    {
        return new CoreHost(List.of(), new UnacknowledgedDecisions(1 << 10));
    }

    @BeforeEach
    void define()
    {
        records.timeNs(1_000);
        venue(0, GATEWAY_A, "A");
        venue(1, GATEWAY_B, "B");
        instrument(0);
        instrument(1);
        quote(0);
        quote(1);
    }

    private void give(final int sourceId)
    {
        records.end();
        RecordDescriptor.sourceId(records.buffer(), records.lastOffset(), sourceId);
        host.apply(records.buffer(), records.lastOffset());
    }

    private void venue(final int id, final int sourceId, final String name)
    {
        final VenueDefinitionEncoder venue = records.begin(new VenueDefinitionEncoder());
        venue.venueId(id).orderSourceId(sourceId).egressRequests(REQUESTS_MAX).accountType(AccountType.MARGIN)
            .haltOnDifference(BooleanType.TRUE).positionToleranceLots(0).positionMode(PositionMode.NETTING)
            .inDoubtAfterNs(VenueDefinitionEncoder.inDoubtAfterNsNullValue());
        venue.balanceTolerance().mantissa(0).exponent((byte)0);
        venue.name(name).account("");
        give(SourceTable.NODE);
    }

    /** Each trades on the venue of its own id. */
    private void instrument(final int id)
    {
        final InstrumentDefinitionEncoder definition = records.begin(new InstrumentDefinitionEncoder());
        new Instrument(id, "COIN" + id, "TEST", ContractType.LINEAR, Increment.parse("1"), Increment.parse("1"), 1, 1,
            Increment.parse("1"), "COIN", "USDT", "USDT").encode(definition);
        definition.orderVenueId(id);
        give(SourceTable.NODE);
    }

    private void quote(final int instrumentId)
    {
        records.begin(new BestBidOfferEncoder()).instrumentId(instrumentId).updateId(1).bidPriceTicks(99)
            .bidQuantityLots(10).askPriceTicks(101).askQuantityLots(10)
            .feedDelayNs(BestBidOfferEncoder.feedDelayNsNullValue());
        give(FEED);
    }

    private CommandReason order(final int instrumentId)
    {
        OrderFields.none(records.begin(new OperatorOrderEncoder())).strategyId(0).instrumentId(instrumentId)
            .side(Side.BUY).ordType(OrdType.LIMIT).timeInForce(TimeInForce.GOOD_TILL_CANCEL).execInst(ExecInst.NONE)
            .priceTicks(99)
            .orderQtyLots(1).user("jo");
        give(SourceTable.NODE);
        return host.commandReason();
    }

    private void acknowledge(final int sourceId, final long egressSequence)
    {
        records.begin(new DecisionAcknowledgementEncoder()).egressSequence(egressSequence);
        give(sourceId);
    }

    /** Orders that left, in order: whose they are and their number there. */
    private List<String> left()
    {
        final List<String> left = new ArrayList<>();
        for (int offset = 0; offset < host.decisions().length();)
        {
            if (RecordDescriptor.templateId(host.decisions().buffer(), offset) == NewOrderSingleDecoder.TEMPLATE_ID)
            {
                left.add(RecordDescriptor.sourceId(host.decisions().buffer(), offset) + "/" +
                    RecordDescriptor.sourceSequence(host.decisions().buffer(), offset));
            }
            offset += RecordDescriptor.recordLength(host.decisions().buffer(), offset);
        }
        return left;
    }

    private List<String> kept()
    {
        final List<String> kept = new ArrayList<>();
        host.outbox().forEachUnacknowledged((venueId, buffer, offset) -> kept.add(venueId + "/" +
            RecordDescriptor.sourceSequence(buffer, offset) +
            (RecordDescriptor.templateId(buffer, offset) == DecisionWithdrawnDecoder.TEMPLATE_ID ? " withdrawn" : "")));
        return kept;
    }

    @Test
    void shouldNumberDecisionsByVenueAndNameTheGateway()
    {
        order(0);
        order(1);
        order(1);
        order(0);

        assertThat(left()).containsExactly("11/1", "12/1", "12/2", "11/2");
        assertThat(kept()).containsExactly("0/1", "0/2", "1/1", "1/2");
        assertThat(host.egressSequence(0)).isEqualTo(host.egressSequence(1)).isEqualTo(2);
        assertThat(host.departed()).isEqualTo(4);
    }

    @Test
    void shouldReleaseWhatTheVenuesOwnGatewayAcknowledges()
    {
        order(0);
        order(1);
        order(1);

        acknowledge(GATEWAY_B, 1);
        acknowledge(FEED, 2);

        assertThat(kept()).containsExactly("0/1", "1/2");
    }

    @Test
    void shouldWithdrawAndAdvanceAtOneVenueAlone()
    {
        order(0);
        order(1);
        final RequestExpiredEncoder expired = records.begin(new RequestExpiredEncoder());
        expired.egressSequence(1).requestTemplateId(NewOrderSingleDecoder.TEMPLATE_ID).ageNs(1).venueId(1);
        records.buffer().putBytes(expired.offset() + RequestExpiredEncoder.clOrdIdEncodingOffset(),
            host.decisions().buffer(), newest() + RecordDescriptor.BODY_OFFSET, 18);
        give(SourceTable.NODE);
        assertThat(kept()).containsExactly("0/1", "1/1 withdrawn");

        records.begin(new OperationalAlertEncoder()).alertType(AlertType.GATEWAY_AHEAD).mode(TradingMode.NULL_VAL)
            .cancelOrders(BooleanType.FALSE).value(7).threshold(1).venueId(1);
        give(SourceTable.NODE);

        assertThat(kept()).containsExactly("0/1");
        order(1);
        assertThat(kept()).containsExactly("0/1", "1/8");
    }

    /** Offset of the newest order that left. */
    private int newest()
    {
        int newest = 0;
        for (int offset = 0; offset < host.decisions().length();)
        {
            final boolean isOrder = RecordDescriptor.templateId(host.decisions().buffer(),
                offset) == NewOrderSingleDecoder.TEMPLATE_ID;
            newest = isOrder ? offset : newest;
            offset += RecordDescriptor.recordLength(host.decisions().buffer(), offset);
        }
        return newest;
    }

    /** A function of the inputs, whatever memory the host has. */
    @Test
    void shouldRefuseOrdersOfTheVenueWhoseGatewayIsSilentForTooLongAndOfNoOther()
    {
        int sent = 0;
        while (order(0) == CommandReason.ACCEPTED)
        {
            sent++;
        }

        assertThat(sent).as("with room left for a cancel of each").isEqualTo(REQUESTS_MAX / 2);
        assertThat(host.commandReason()).isEqualTo(CommandReason.REFUSED);
        assertThat(host.refusals().refused(RiskReason.EGRESS_CAPACITY)).isEqualTo(1);
        assertThat(order(1)).isEqualTo(CommandReason.ACCEPTED);

        acknowledge(GATEWAY_A, 2);
        assertThat(order(0)).isEqualTo(CommandReason.ACCEPTED);
    }

    @Test
    void shouldGoOnFromTheSectionsOfAnother()
    {
        order(0);
        order(1);
        order(1);
        acknowledge(GATEWAY_A, 1);
        final List<String> before = kept();
        final CoreHost restored = host();
        host.save((message, offset, length) ->
        {
            final UnsafeBuffer section = new UnsafeBuffer(new byte[length]);
            section.putBytes(0, message, offset, length);
            restored.restore(section, 0, length);
        });
        restored.completeRestore();
        host = restored;

        assertThat(kept()).isEqualTo(before).containsExactly("1/1", "1/2");
        order(0);
        order(1);
        assertThat(left()).containsExactly("11/2", "12/3");
        assertThat(kept()).containsExactly("0/2", "1/1", "1/2", "1/3");
    }
}
