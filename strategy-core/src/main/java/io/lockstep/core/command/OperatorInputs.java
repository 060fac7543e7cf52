package io.lockstep.core.command;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.decision.DecisionWriter;
import io.lockstep.core.execution.OrderDesk;
import io.lockstep.core.execution.OrderEvents;
import io.lockstep.core.instance.Instances;
import io.lockstep.core.instance.Leg;
import io.lockstep.core.instance.StrategyInstance;
import io.lockstep.core.instrument.InstrumentSlot;
import io.lockstep.core.instrument.Slots;
import io.lockstep.core.order.Order;
import io.lockstep.core.order.OrderStore;
import io.lockstep.core.order.OrderTerms;
import io.lockstep.sbe.CommandReason;
import io.lockstep.sbe.FlattenDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.OperatorCancelDecoder;
import io.lockstep.sbe.OperatorOrderDecoder;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TransferPositionDecoder;
import org.agrona.DirectBuffer;

/**
 * What an operator does by hand: an order, a cancel, closing positions, giving lots another owner. Each passes the same checks as a
 * strategy's, and is answered by a CommandResult. No allocation but for a leg of nobody's that is needed for the first time.
 */
public final class OperatorInputs
{
    private static final int ANY = Nulls.NULL_INSTRUMENT_ID;
    /** Schema version from which on an order by hand can have all terms, and a cancel a venue and a side. */
    private static final int TERMS_VERSION = 5;

    private final Slots slots;
    private final Instances instances;
    private final OrderStore orders;
    private final OrderDesk desk;
    private final OrderEvents events;
    private final DecisionWriter decisions;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final OperatorOrderDecoder order = new OperatorOrderDecoder();
    private final OperatorCancelDecoder cancel = new OperatorCancelDecoder();
    private final FlattenDecoder flatten = new FlattenDecoder();
    private final TransferPositionDecoder transfer = new TransferPositionDecoder();

    public OperatorInputs(
        final Slots slots,
        final Instances instances,
        final OrderStore orders,
        final OrderDesk desk,
        final OrderEvents events,
        final DecisionWriter decisions)
    {
        this.slots = slots;
        this.instances = instances;
        this.orders = orders;
        this.desk = desk;
        this.events = events;
        this.decisions = decisions;
    }

    public void onOrder(final DirectBuffer buffer, final int offset)
    {
        order.wrapAndApplyHeader(buffer, offset, header);
        decisions.commandResult(send(), OperatorOrderDecoder.TEMPLATE_ID, order.instrumentId());
    }

    private CommandReason send()
    {
        final InstrumentSlot slot = slots.touch(order.instrumentId());
        if (slot == null)
        {
            return CommandReason.UNKNOWN_INSTRUMENT;
        }
        final Leg leg = leg(slot, order.strategyId());
        if (leg == null)
        {
            return CommandReason.UNKNOWN_STRATEGY;
        }
        return desk.sendByOperator(leg, terms()) == null ? CommandReason.REFUSED : CommandReason.ACCEPTED;
    }

    private OrderTerms terms()
    {
        final OrderTerms terms = desk.terms().side(order.side()).ordType(order.ordType())
            .timeInForce(order.timeInForce()).execInst(order.execInst()).price(order.priceTicks())
            .quantity(order.orderQtyLots());
        if (order.actingVersion() < TERMS_VERSION)
        {
            return terms;
        }
        terms.on(order.triggerSource()).trigger(order.triggerPxTicks())
            .trailing(order.trailingOffset(), order.offsetUnit()).on(order.triggerSource())
            .limitOffset(order.limitOffsetTicks()).activation(order.activationPxTicks())
            .display(order.displayQtyLots()).expireTime(order.expireTimeNs());
        if (order.quoteMantissa() != OperatorOrderDecoder.quoteMantissaNullValue())
        {
            terms.quoteAmount(order.quoteMantissa(), order.quoteExponent());
        }
        if (order.flags().postOnlySlide())
        {
            terms.postOnlySlide();
        }
        return order.flags().reduceOnly() ? terms.reduceOnly() : terms;
    }

    /** The instance's leg on the instrument; null when it has none. */
    private Leg leg(final InstrumentSlot slot, final int strategyId)
    {
        return strategyId == StrategyInstance.NOBODY ? instances.nobodysLeg(slot) : slot.legOf(strategyId);
    }

    public void onCancel(final DirectBuffer buffer, final int offset)
    {
        cancel.wrapAndApplyHeader(buffer, offset, header);
        final int idOffset = cancel.offset() + OperatorCancelDecoder.clOrdIdEncodingOffset();
        final CommandReason reason = isBlank(buffer, idOffset)
            ? cancelAll(cancel.instrumentId(), cancel.strategyId(), cancel.venueId(), cancel.side())
            : cancelOne(buffer, idOffset);
        decisions.commandResult(reason, OperatorCancelDecoder.TEMPLATE_ID, cancel.instrumentId());
    }

    private static boolean isBlank(final DirectBuffer buffer, final int offset)
    {
        for (int i = 0; i < ClOrdIds.LENGTH; i++)
        {
            if (buffer.getByte(offset + i) != ' ' && buffer.getByte(offset + i) != 0)
            {
                return false;
            }
        }
        return true;
    }

    private CommandReason cancelOne(final DirectBuffer buffer, final int idOffset)
    {
        final boolean isOurs = ClOrdIds.isValid(buffer, idOffset) &&
            ClOrdIds.shard(buffer, idOffset) == decisions.shard();
        final Order found = isOurs
            ? orders.find(ClOrdIds.incarnation(buffer, idOffset), ClOrdIds.sequence(buffer, idOffset),
                ClOrdIds.ordinal(buffer, idOffset))
            : null;
        if (found == null)
        {
            return CommandReason.UNKNOWN_ORDER;
        }
        desk.cancelForGood(found, OrderReason.OPERATOR);
        return CommandReason.ACCEPTED;
    }

    private CommandReason cancelAll(
        final int instrumentId, final int strategyId, final int venueId, final Side side)
    {
        final CommandReason unknown = unknown(instrumentId, strategyId);
        if (unknown != null || venueId != ANY && !desk.isVenue(venueId))
        {
            return unknown != null ? unknown : CommandReason.UNKNOWN_VENUE;
        }
        boolean isAny = false;
        for (int id = 0; id < slots.count(); id++)
        {
            final InstrumentSlot slot = slots.get(id);
            for (int i = 0; i < slot.legCount() && (venueId == ANY || slot.venue().id() == venueId); i++)
            {
                final Leg leg = slot.leg(i);
                isAny |= isMeant(leg, instrumentId, strategyId) && desk.cancelAll(leg, side, OrderReason.OPERATOR);
            }
        }
        return isAny ? CommandReason.ACCEPTED : CommandReason.NO_CHANGE;
    }

    /** The reason to refuse what names an unknown instrument or instance; null when each is known, or none is meant. */
    private CommandReason unknown(final int instrumentId, final int strategyId)
    {
        if (instrumentId != ANY && (instrumentId < 0 || instrumentId >= slots.count()))
        {
            return CommandReason.UNKNOWN_INSTRUMENT;
        }
        return strategyId != ANY && instances.find(strategyId) == null ? CommandReason.UNKNOWN_STRATEGY : null;
    }

    private static boolean isMeant(final Leg leg, final int instrumentId, final int strategyId)
    {
        return (instrumentId == ANY || leg.slot().id() == instrumentId) &&
            (strategyId == ANY || leg.strategyId() == strategyId);
    }

    public void onFlatten(final DirectBuffer buffer, final int offset)
    {
        flatten.wrapAndApplyHeader(buffer, offset, header);
        final int instrumentId = flatten.instrumentId();
        decisions.commandResult(flatten(instrumentId, flatten.strategyId()), FlattenDecoder.TEMPLATE_ID, instrumentId);
    }

    private CommandReason flatten(final int instrumentId, final int strategyId)
    {
        final CommandReason unknown = unknown(instrumentId, strategyId);
        if (unknown != null)
        {
            return unknown;
        }
        CommandReason reason = CommandReason.NO_CHANGE;
        for (int id = 0; id < slots.count(); id++)
        {
            final InstrumentSlot slot = slots.get(id);
            for (int i = 0; i < slot.legCount(); i++)
            {
                final Leg leg = slot.leg(i);
                if (isMeant(leg, instrumentId, strategyId) && !leg.isFlat())
                {
                    reason = flatten(leg) && reason != CommandReason.REFUSED
                        ? CommandReason.ACCEPTED
                        : CommandReason.REFUSED;
                }
            }
        }
        return reason;
    }

    /** @return false when the order that would close the position is refused: the leg then keeps it. */
    boolean flatten(final Leg leg)
    {
        leg.flattening(true);
        desk.cancelAll(leg, OrderReason.OPERATOR);
        events.flattenOn(leg);
        return leg.isFlattening();
    }

    public void onTransfer(final DirectBuffer buffer, final int offset)
    {
        transfer.wrapAndApplyHeader(buffer, offset, header);
        decisions.commandResult(transfer(), TransferPositionDecoder.TEMPLATE_ID, transfer.instrumentId());
    }

    private CommandReason transfer()
    {
        final InstrumentSlot slot = slots.touch(transfer.instrumentId());
        if (slot == null)
        {
            return CommandReason.UNKNOWN_INSTRUMENT;
        }
        final Leg from = leg(slot, transfer.fromStrategyId());
        final Leg to = leg(slot, transfer.toStrategyId());
        if (from == null || to == null)
        {
            return CommandReason.UNKNOWN_STRATEGY;
        }
        final long lots = transfer.lots();
        final boolean isHeld = lots != 0 && lots != Long.MIN_VALUE && lots > 0 == from.netLots() > 0 &&
            Math.abs(lots) <= Math.abs(from.netLots());
        if (!isHeld || from == to)
        {
            return CommandReason.INVALID_VALUE;
        }
        to.position().transferFrom(from.position(), lots);
        desk.onChanged(from);
        desk.onChanged(to);
        tell(from, -lots);
        tell(to, lots);
        instances.onMaybeFlat(from.instance());
        instances.onMaybeFlat(to.instance());
        return CommandReason.ACCEPTED;
    }

    /** Tells the strategy of a transfer: as of a fill, at the mark, of an order that no call has named. */
    private static void tell(final Leg leg, final long lots)
    {
        leg.instance().onStrayFill(
            leg, lots > 0 ? Side.BUY : Side.SELL, leg.slot().market().markTicks(), Math.abs(lots));
    }
}
