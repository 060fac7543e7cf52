package io.lockstep.verification.simulation.audit;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.core.TradingCore;
import io.lockstep.core.instance.StrategyDefinition;
import io.lockstep.core.instance.StrategyInstance;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.CommandReason;
import io.lockstep.sbe.CommandResultDecoder;
import io.lockstep.sbe.ControlStrategyDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.OrderCancelReplaceRequestDecoder;
import io.lockstep.sbe.OrderHeldDecoder;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.StrategyDefinitionDecoder;
import io.lockstep.sbe.StrategySuspendedDecoder;
import io.lockstep.sbe.UnassignStrategyDecoder;
import org.agrona.DirectBuffer;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * From the journal alone: which instances there are, which of them are suspended and which are to be taken out, and that these open
 * nothing.
 */
public final class InstanceAudit
{
    private final FillAudit fills;
    private final InputQueue inputs = new InputQueue();
    private final Map<Integer, String> nameById = new HashMap<>();
    private final Map<Integer, String> strategyById = new HashMap<>();
    private final Set<Integer> suspended = new HashSet<>();
    private final Set<Integer> closing = new HashSet<>();
    private final Set<Integer> waiting = new HashSet<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final StrategyDefinitionDecoder definition = new StrategyDefinitionDecoder();
    private final UnassignStrategyDecoder unassign = new UnassignStrategyDecoder();
    private final ControlStrategyDecoder control = new ControlStrategyDecoder();
    private final CommandResultDecoder result = new CommandResultDecoder();
    private final StrategySuspendedDecoder suspension = new StrategySuspendedDecoder();
    private final NewOrderSingleDecoder newOrder = new NewOrderSingleDecoder();
    private final OrderHeldDecoder orderHeld = new OrderHeldDecoder();
    /** By their ClOrdIDs: orders that the engine was asked for, which may leave when their instance does nothing any more, as may parts. */
    private final Set<String> held = new HashSet<>();
    private final OrderCancelReplaceRequestDecoder replace = new OrderCancelReplaceRequestDecoder();
    private Command asked;
    private long suspensions;

    /** The newest command about an instance, until its result is there. */
    private record Command(long sequence, int templateId, int strategyId, String name, String strategy)
    {
    }

    /**
     * @param fills that have had each decision before.
     */
    InstanceAudit(final FillAudit fills)
    {
        this.fills = fills;
    }

    void onInput(final DirectBuffer buffer, final int offset)
    {
        switch (RecordDescriptor.templateId(buffer, offset))
        {
            case StrategyDefinitionDecoder.TEMPLATE_ID, UnassignStrategyDecoder.TEMPLATE_ID,
                ControlStrategyDecoder.TEMPLATE_ID -> inputs.add(buffer, offset);
            default -> {
                // Says nothing of an instance.
            }
        }
    }

    private void apply(final DirectBuffer record)
    {
        final int message = RecordDescriptor.HEADER_LENGTH;
        final long sequence = RecordDescriptor.sequence(record, 0);
        switch (RecordDescriptor.templateId(record, 0))
        {
            case StrategyDefinitionDecoder.TEMPLATE_ID -> {
                definition.wrapAndApplyHeader(record, message, header);
                final int strategyId = definition.strategyId();
                final StrategyDefinition defined = StrategyDefinition.decode(definition);
                asked = new Command(sequence, StrategyDefinitionDecoder.TEMPLATE_ID, strategyId, defined.name(),
                    defined.strategyName());
                if (defined.name().equals(nameById.get(strategyId)))
                {
                    // One that is flat begins again before the command is answered.
                    suspended.remove(strategyId);
                    closing.remove(strategyId);
                }
            }
            case UnassignStrategyDecoder.TEMPLATE_ID -> asked = new Command(sequence,
                UnassignStrategyDecoder.TEMPLATE_ID, unassign.wrapAndApplyHeader(record, message, header).strategyId(),
                "", "");
            default -> onControl(record, message);
        }
    }

    private void onControl(final DirectBuffer record, final int message)
    {
        control.wrapAndApplyHeader(record, message, header);
        final boolean running = control.running() == BooleanType.TRUE;
        final String name = control.strategyName();
        if (running)
        {
            suspended.removeIf((id) -> name.equals(nameById.get(id)) || name.equals(strategyById.get(id)));
        }
    }

    void onDecision(final DirectBuffer buffer, final int offset)
    {
        final long sequence = RecordDescriptor.sequence(buffer, offset);
        inputs.takeUpTo(sequence, this::apply);
        final int message = offset + RecordDescriptor.HEADER_LENGTH;
        switch (RecordDescriptor.templateId(buffer, offset))
        {
            case CommandResultDecoder.TEMPLATE_ID -> {
                result.wrapAndApplyHeader(buffer, message, header);
                onResult(sequence);
            }
            case StrategySuspendedDecoder.TEMPLATE_ID -> {
                suspensions++;
                suspended.add(suspension.wrapAndApplyHeader(buffer, message, header).strategyId());
            }
            case NewOrderSingleDecoder.TEMPLATE_ID -> {
                newOrder.wrapAndApplyHeader(buffer, message, header);
                if (!held.remove(newOrder.clOrdId())
                    && newOrder.displayQtyLots() == NewOrderSingleDecoder.displayQtyLotsNullValue())
                {
                    onOrder(newOrder.strategyId(), newOrder.reason(), newOrder.clOrdId());
                }
                requireReduces(newOrder.strategyId(), newOrder.instrumentId(), newOrder.side(),
                    newOrder.orderQtyLots(), newOrder.clOrdId());
            }
            case OrderHeldDecoder.TEMPLATE_ID -> {
                orderHeld.wrapAndApplyHeader(buffer, message, header);
                if (orderHeld.displayQtyLots() == OrderHeldDecoder.displayQtyLotsNullValue())
                {
                    onOrder(orderHeld.strategyId(), orderHeld.reason(), orderHeld.clOrdId());
                }
                held.add(orderHeld.clOrdId());
            }
            case OrderCancelReplaceRequestDecoder.TEMPLATE_ID -> {
                replace.wrapAndApplyHeader(buffer, message, header);
                onOrder(replace.strategyId(), replace.reason(), replace.clOrdId());
                // What is filled of it already is not left.
                requireReduces(replace.strategyId(), replace.instrumentId(), replace.side(), 1, replace.clOrdId());
            }
            default -> {
                // Opens nothing.
            }
        }
    }

    private void onResult(final long sequence)
    {
        final CommandReason reason = result.reason();
        if (asked != null && asked.sequence == sequence && asked.templateId == result.commandTemplateId())
        {
            onOwnResult(asked, reason);
            asked = null;
        }
        else if (result.commandTemplateId() == StrategyDefinitionDecoder.TEMPLATE_ID)
        {
            // What has waited is applied, and begins again.
            suspended.removeAll(waiting);
        }
    }

    private void onOwnResult(final Command command, final CommandReason reason)
    {
        final boolean isTaken = reason == CommandReason.ACCEPTED || reason == CommandReason.WAITING;
        if (isTaken && command.templateId == UnassignStrategyDecoder.TEMPLATE_ID)
        {
            closing.add(command.strategyId);
        }
        else if (isTaken)
        {
            onDefined(command);
            if (reason == CommandReason.WAITING)
            {
                waiting.add(command.strategyId);
            }
        }
    }

    private void onDefined(final Command command)
    {
        final String before = nameById.putIfAbsent(command.strategyId, command.name);
        strategyById.put(command.strategyId, command.strategy);
        final boolean isNew = before == null;
        if (isNew && command.strategyId != nameById.size() || !isNew && !before.equals(command.name))
        {
            throw new SimulationFailure(Invariant.IDS_GIVEN_ONCE, "strategyId=" + command.strategyId + " name=" +
                command.name + " before=" + before + " ids given=" + nameById.size());
        }
    }

    private void onOrder(final int strategyId, final OrderReason reason, final String clOrdId)
    {
        final boolean isByEngine = reason == OrderReason.LIST || reason == OrderReason.REDUCED;
        if (suspended.contains(strategyId) && reason != OrderReason.OPERATOR && !isByEngine)
        {
            throw new SimulationFailure(Invariant.OPENS_NOTHING,
                "an order of an instance that is suspended: strategyId=" + strategyId + " clOrdId=" + clOrdId);
        }
    }

    private void requireReduces(
        final int strategyId, final int instrumentId, final Side side, final long lots, final String clOrdId)
    {
        final long heldLots = fills.lots(strategyId, instrumentId);
        if (closing.contains(strategyId) && lots > (side == Side.SELL ? heldLots : -heldLots))
        {
            throw new SimulationFailure(Invariant.OPENS_NOTHING,
                "an order of an instance that is to be taken out opens: strategyId=" + strategyId + " clOrdId=" +
                    clOrdId + " side=" + side + " lots=" + lots + " held=" + heldLots);
        }
    }

    /** Between two turns of the loop. */
    void requireEqual(final TradingCore core)
    {
        SimulationFailure.requireEqual(
            Invariant.IDS_GIVEN_ONCE, "instances", nameById.size(), core.instances().count() - 1L);
        for (int id = 1; id < core.instances().count(); id++)
        {
            final StrategyInstance instance = core.instances().find(id);
            if (instance.isPresent() && !instance.name().equals(nameById.get(id)))
            {
                throw new SimulationFailure(Invariant.IDS_GIVEN_ONCE, "strategyId=" + id + " name=" +
                    instance.name() + " defined as=" + nameById.get(id));
            }
        }
    }

    /** Ids given out so far, from 1 on. */
    public int count()
    {
        return nameById.size();
    }

    /** The newest id of the name; 0 for none. */
    public int idOf(final String name)
    {
        return nameById.entrySet().stream().filter((entry) -> entry.getValue().equals(name))
            .mapToInt(Map.Entry::getKey).max().orElse(0);
    }

    /** Instances that were suspended so far. */
    public long suspensions()
    {
        return suspensions;
    }
}
