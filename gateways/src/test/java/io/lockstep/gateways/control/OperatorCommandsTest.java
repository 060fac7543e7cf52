package io.lockstep.gateways.control;

import io.lockstep.codecs.Decimal;
import io.lockstep.sbe.AcceptAccountDecoder;
import io.lockstep.sbe.AllocateStrategyDecoder;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.ControlStrategyDecoder;
import io.lockstep.sbe.ExecInst;
import io.lockstep.sbe.FlattenDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.OperatorCancelDecoder;
import io.lockstep.sbe.OperatorOrderDecoder;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TimeInForce;
import io.lockstep.sbe.TransferPositionDecoder;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Each command says all of its message's fields, also over a buffer that holds what came before. */
class OperatorCommandsTest
{
    private static final String USER = "jo";

    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();

    @BeforeEach
    void fill()
    {
        buffer.setMemory(0, 512, (byte)1);
    }

    private void encode(final OperatorCommand command)
    {
        command.encode(buffer, new MessageHeaderEncoder(), USER);
    }

    @Test
    void shouldSayALimitOrder()
    {
        encode(OperatorCommands.order(3, 7, Side.SELL, 250, 6_000_010, TimeInForce.GOOD_TILL_CANCEL, true));
        final OperatorOrderDecoder order = new OperatorOrderDecoder().wrapAndApplyHeader(buffer, 0, header);
        assertThat(order.strategyId()).isEqualTo(3);
        assertThat(order.instrumentId()).isEqualTo(7);
        assertThat(order.side()).isEqualTo(Side.SELL);
        assertThat(order.ordType()).isEqualTo(OrdType.LIMIT);
        assertThat(order.timeInForce()).isEqualTo(TimeInForce.GOOD_TILL_CANCEL);
        assertThat(order.execInst()).isEqualTo(ExecInst.PARTICIPATE_DONT_INITIATE);
        assertThat(order.priceTicks()).isEqualTo(6_000_010);
        assertThat(order.orderQtyLots()).isEqualTo(250);
        assertThat(order.user()).isEqualTo(USER);
    }

    @Test
    void shouldSayAMarketOrder()
    {
        encode(OperatorCommands.order(OperatorCommands.OPERATOR, 7, Side.BUY, 1, OperatorCommands.MARKET_PRICE,
            TimeInForce.FILL_OR_KILL, false));
        final OperatorOrderDecoder order = new OperatorOrderDecoder().wrapAndApplyHeader(buffer, 0, header);
        assertThat(order.strategyId()).isZero();
        assertThat(order.ordType()).isEqualTo(OrdType.MARKET);
        assertThat(order.execInst()).isEqualTo(ExecInst.NONE);
        assertThat(order.priceTicks()).isEqualTo(OperatorOrderDecoder.priceTicksNullValue());
    }

    @Test
    void shouldCancelOneOrMany()
    {
        encode(OperatorCommands.cancel("00000100000002S000"));
        OperatorCancelDecoder cancel = new OperatorCancelDecoder().wrapAndApplyHeader(buffer, 0, header);
        assertThat(cancel.clOrdId()).isEqualTo("00000100000002S000");
        assertThat(cancel.instrumentId()).isEqualTo(OperatorCancelDecoder.instrumentIdNullValue());
        assertThat(cancel.strategyId()).isEqualTo(OperatorCancelDecoder.strategyIdNullValue());
        assertThat(cancel.user()).isEqualTo(USER);

        encode(OperatorCommands.cancelAll(7, OperatorCommands.ALL));
        cancel = new OperatorCancelDecoder().wrapAndApplyHeader(buffer, 0, header);
        assertThat(cancel.clOrdId()).isBlank();
        assertThat(cancel.instrumentId()).isEqualTo(7);
        assertThat(cancel.strategyId()).isEqualTo(OperatorCancelDecoder.strategyIdNullValue());
    }

    @Test
    void shouldFlattenAndTransfer()
    {
        encode(OperatorCommands.flatten(OperatorCommands.ALL, 4));
        final FlattenDecoder flatten = new FlattenDecoder().wrapAndApplyHeader(buffer, 0, header);
        assertThat(flatten.instrumentId()).isEqualTo(FlattenDecoder.instrumentIdNullValue());
        assertThat(flatten.strategyId()).isEqualTo(4);
        assertThat(flatten.user()).isEqualTo(USER);

        encode(OperatorCommands.transfer(7, OperatorCommands.OPERATOR, 4, -25));
        final TransferPositionDecoder transfer = new TransferPositionDecoder().wrapAndApplyHeader(buffer, 0, header);
        assertThat(transfer.instrumentId()).isEqualTo(7);
        assertThat(transfer.fromStrategyId()).isZero();
        assertThat(transfer.toStrategyId()).isEqualTo(4);
        assertThat(transfer.lots()).isEqualTo(-25);
        assertThat(transfer.user()).isEqualTo(USER);
    }

    @Test
    void shouldAcceptAllocateAndDrive()
    {
        encode(OperatorCommands.acceptAccount(2, "deposit"));
        final AcceptAccountDecoder account = new AcceptAccountDecoder().wrapAndApplyHeader(buffer, 0, header);
        assertThat(account.venueId()).isEqualTo(2);
        assertThat(account.reason()).isEqualTo("deposit");
        assertThat(account.user()).isEqualTo(USER);

        encode(OperatorCommands.allocate(4, Decimal.parse("0.5"), new Decimal(-1, 0), "half"));
        final AllocateStrategyDecoder allocate = new AllocateStrategyDecoder().wrapAndApplyHeader(buffer, 0, header);
        assertThat(allocate.strategyId()).isEqualTo(4);
        assertThat(new Decimal(allocate.weight().mantissa(), allocate.weight().exponent())).hasToString("0.5");
        assertThat(allocate.capital().mantissa()).isEqualTo(-1);
        assertThat(allocate.reason()).isEqualTo("half");
        assertThat(allocate.user()).isEqualTo(USER);

        encode(OperatorCommands.strategy("pair", true, true, "data again"));
        final ControlStrategyDecoder strategy = new ControlStrategyDecoder().wrapAndApplyHeader(buffer, 0, header);
        assertThat(strategy.running()).isEqualTo(BooleanType.TRUE);
        assertThat(strategy.anew()).isEqualTo(BooleanType.TRUE);
        assertThat(strategy.strategyName()).isEqualTo("pair");
        assertThat(strategy.user()).isEqualTo(USER);
        assertThat(strategy.reason()).isEqualTo("data again");
    }
}
