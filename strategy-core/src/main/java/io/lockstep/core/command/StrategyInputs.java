package io.lockstep.core.command;

import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.decision.DecisionWriter;
import io.lockstep.core.execution.CapitalRule;
import io.lockstep.core.instance.Instances;
import io.lockstep.core.instance.StrategyCreationException;
import io.lockstep.core.instance.StrategyDefinition;
import io.lockstep.core.instance.StrategyInstance;
import io.lockstep.core.instrument.InstrumentSlot;
import io.lockstep.core.instrument.Slots;
import io.lockstep.core.signal.ModelWeight;
import io.lockstep.sbe.AllocateStrategyDecoder;
import io.lockstep.sbe.AssignStrategyDecoder;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.CommandReason;
import io.lockstep.sbe.ControlStrategyDecoder;
import io.lockstep.sbe.Decimal64Decoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.StrategyDefinitionDecoder;
import io.lockstep.sbe.UnassignStrategyDecoder;
import io.lockstep.sbe.WithdrawStrategyDecoder;
import org.agrona.DirectBuffer;

import java.util.Arrays;

/**
 * The inputs about strategies' instances: their definitions and parameters, their end, whether they run, and how much they may
 * hold. Each is answered by a CommandResult. What cannot be applied yet waits (WAITING), and is answered once more when
 * it is. Allocates, for it is seldom.
 */
public final class StrategyInputs
{
    private final Slots slots;
    private final Instances instances;
    private final DecisionWriter decisions;
    private final CapitalRule capitalRule = new CapitalRule();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final AssignStrategyDecoder assign = new AssignStrategyDecoder();
    private final WithdrawStrategyDecoder withdraw = new WithdrawStrategyDecoder();
    private final StrategyDefinitionDecoder define = new StrategyDefinitionDecoder();
    private final UnassignStrategyDecoder unassign = new UnassignStrategyDecoder();
    private final ControlStrategyDecoder control = new ControlStrategyDecoder();
    private final AllocateStrategyDecoder allocate = new AllocateStrategyDecoder();
    private final Instances.WaitListener waited = new Instances.WaitListener()
    {
        @Override
        public void onTakenOut(final int strategyId)
        {
            decisions.commandResult(
                CommandReason.ACCEPTED, UnassignStrategyDecoder.TEMPLATE_ID, Nulls.NULL_INSTRUMENT_ID);
        }

        @Override
        public void onChanged(final int strategyId)
        {
            decisions.commandResult(
                CommandReason.ACCEPTED, StrategyDefinitionDecoder.TEMPLATE_ID, Nulls.NULL_INSTRUMENT_ID);
        }
    };

    public StrategyInputs(final Slots slots, final Instances instances, final DecisionWriter decisions)
    {
        this.slots = slots;
        this.instances = instances;
        this.decisions = decisions;
    }

    /** Of a journal in which an instrument had one strategy: the new one replaces every instance that has this instrument alone. */
    public void onAssignStrategy(final DirectBuffer buffer, final int offset)
    {
        assign.wrapAndApplyHeader(buffer, offset, header);
        final int instrumentId = assign.instrumentId();
        final InstrumentSlot slot = slots.touch(instrumentId);
        CommandReason reason = CommandReason.UNKNOWN_INSTRUMENT;
        if (slot != null)
        {
            final StrategyDefinition definition = StrategyDefinition.decode(assign, slot.instrument().name());
            reason = instances.factory(definition.strategyName()) == null
                ? CommandReason.UNKNOWN_STRATEGY
                : replace(slot, definition);
        }
        decisions.commandResult(reason, AssignStrategyDecoder.TEMPLATE_ID, instrumentId);
    }

    private CommandReason replace(final InstrumentSlot slot, final StrategyDefinition assigned)
    {
        StrategyInstance present = null;
        for (final StrategyInstance instance : aloneOn(slot))
        {
            present = instance.definition().strategyName().equals(assigned.strategyName()) ? instance : present;
        }
        final StrategyDefinition definition = assigned.named(present == null ? freeName(assigned) : present.name());
        final CommandReason reason = present == null ? begin(definition) : change(present, definition);
        if (reason != CommandReason.INVALID_VALUE && reason != CommandReason.FAILED)
        {
            final StrategyInstance kept = instances.find(definition.name());
            for (final StrategyInstance other : aloneOn(slot))
            {
                if (other != kept)
                {
                    instances.unassign(other);
                }
            }
        }
        return reason;
    }

    /** Two instruments of one name have had strategies of their own. */
    private String freeName(final StrategyDefinition definition)
    {
        return instances.find(definition.name()) == null
            ? definition.name()
            : definition.name() + '#' + definition.instrumentId(0);
    }

    /** The instances that run on the instrument and on no other. */
    private static StrategyInstance[] aloneOn(final InstrumentSlot slot)
    {
        final StrategyInstance[] found = new StrategyInstance[slot.legCount()];
        int count = 0;
        for (int i = 0; i < slot.legCount(); i++)
        {
            final StrategyInstance instance = slot.leg(i).instance();
            if (!instance.isNobody() && instance.legCount() == 1)
            {
                found[count++] = instance;
            }
        }
        return Arrays.copyOf(found, count);
    }

    /** Of a journal in which an instrument had one strategy: the instrument runs none from now on. */
    public void onWithdrawStrategy(final DirectBuffer buffer, final int offset)
    {
        withdraw.wrapAndApplyHeader(buffer, offset, header);
        final int instrumentId = withdraw.instrumentId();
        final InstrumentSlot slot = slots.touch(instrumentId);
        CommandReason reason = slot == null ? CommandReason.UNKNOWN_INSTRUMENT : CommandReason.NO_CHANGE;
        if (slot != null)
        {
            for (final StrategyInstance instance : aloneOn(slot))
            {
                reason = instances.unassign(instance) ? CommandReason.ACCEPTED : CommandReason.WAITING;
            }
        }
        decisions.commandResult(reason, WithdrawStrategyDecoder.TEMPLATE_ID, instrumentId);
    }

    public void onStrategyDefinition(final DirectBuffer buffer, final int offset)
    {
        define.wrapAndApplyHeader(buffer, offset, header);
        final int strategyId = define.strategyId();
        decisions.commandResult(define(strategyId, StrategyDefinition.decode(define)),
            StrategyDefinitionDecoder.TEMPLATE_ID, Nulls.NULL_INSTRUMENT_ID);
    }

    private CommandReason define(final int strategyId, final StrategyDefinition definition)
    {
        if (instances.factory(definition.strategyName()) == null)
        {
            return CommandReason.UNKNOWN_STRATEGY;
        }
        if (definition.legCount() == 0 || instances.slotsOf(definition) == null)
        {
            return CommandReason.UNKNOWN_INSTRUMENT;
        }
        final StrategyInstance present = instances.find(strategyId);
        final StrategyInstance named = instances.find(definition.name());
        if (named != null && named != present || definition.name().equals(StrategyInstance.NOBODY_NAME))
        {
            return CommandReason.NAME_TAKEN;
        }
        if (present == null)
        {
            return strategyId == instances.count() ? begin(definition) : CommandReason.UNKNOWN_STRATEGY;
        }
        return present.isPresent() ? change(present, definition) : CommandReason.UNKNOWN_STRATEGY;
    }

    private CommandReason begin(final StrategyDefinition definition)
    {
        if (instances.count() >= Instances.INSTANCES_MAX)
        {
            return CommandReason.CAPACITY;
        }
        try
        {
            instances.define(definition);
            return CommandReason.ACCEPTED;
        }
        catch (final IllegalArgumentException ex)
        {
            return CommandReason.INVALID_VALUE;
        }
        catch (final StrategyCreationException ex)
        {
            return CommandReason.FAILED;
        }
    }

    /** Legs, name and strategy of an instance stay what they are. */
    private CommandReason change(final StrategyInstance instance, final StrategyDefinition definition)
    {
        if (!instance.definition().hasLegsOf(definition) || !instance.name().equals(definition.name()) ||
            !instance.definition().strategyName().equals(definition.strategyName()))
        {
            return CommandReason.INVALID_VALUE;
        }
        if (instance.definition().isEqual(definition))
        {
            return keep(instance);
        }
        try
        {
            return instances.change(instance, definition) ? CommandReason.ACCEPTED : CommandReason.WAITING;
        }
        catch (final IllegalArgumentException ex)
        {
            return CommandReason.INVALID_VALUE;
        }
        catch (final StrategyCreationException ex)
        {
            return CommandReason.FAILED;
        }
    }

    /** The instance goes on with what it has, and stays stopped if an operator has stopped it; a change that waited is dropped. */
    private CommandReason keep(final StrategyInstance instance)
    {
        if (!instance.isClosing() && instance.pending() == null)
        {
            return CommandReason.NO_CHANGE;
        }
        instances.reopen(instance);
        return CommandReason.ACCEPTED;
    }

    public void onUnassignStrategy(final DirectBuffer buffer, final int offset)
    {
        unassign.wrapAndApplyHeader(buffer, offset, header);
        final StrategyInstance instance = instances.find(unassign.strategyId());
        CommandReason reason = CommandReason.UNKNOWN_STRATEGY;
        if (instance != null && instance.isPresent())
        {
            reason = instances.unassign(instance) ? CommandReason.ACCEPTED : CommandReason.WAITING;
        }
        decisions.commandResult(reason, UnassignStrategyDecoder.TEMPLATE_ID, Nulls.NULL_INSTRUMENT_ID);
    }

    public void onControlStrategy(final DirectBuffer buffer, final int offset)
    {
        control.wrapAndApplyHeader(buffer, offset, header);
        final boolean running = control.running() == BooleanType.TRUE;
        final boolean anew = control.anew() == BooleanType.TRUE;
        final String name = control.strategyName();
        final StrategyInstance named = instances.find(name);
        CommandReason reason = CommandReason.UNKNOWN_STRATEGY;
        if (named != null)
        {
            reason = control(named, running, anew);
        }
        for (int id = 1; named == null && id < instances.count(); id++)
        {
            final StrategyInstance instance = instances.find(id);
            if (instance.isPresent() && instance.definition().strategyName().equals(name))
            {
                reason = control(instance, running, anew);
            }
        }
        decisions.commandResult(reason, ControlStrategyDecoder.TEMPLATE_ID, Nulls.NULL_INSTRUMENT_ID);
    }

    private CommandReason control(final StrategyInstance instance, final boolean running, final boolean anew)
    {
        if (!running)
        {
            instances.running(instance, false);
            return CommandReason.ACCEPTED;
        }
        if (instance.isSuspended())
        {
            final boolean resumed = instances.resume(instance, anew);
            if (resumed && instance.isStopped())
            {
                instances.running(instance, true);
            }
            return resumed ? CommandReason.ACCEPTED : CommandReason.FAILED;
        }
        if (anew)
        {
            return CommandReason.NOT_SUSPENDED;
        }
        instances.running(instance, true);
        return CommandReason.ACCEPTED;
    }

    public void onAllocateStrategy(final DirectBuffer buffer, final int offset)
    {
        allocate.wrapAndApplyHeader(buffer, offset, header);
        final StrategyInstance instance = instances.find(allocate.strategyId());
        decisions.commandResult(
            instance == null || !instance.isPresent() ? CommandReason.UNKNOWN_STRATEGY : allocate(instance),
            AllocateStrategyDecoder.TEMPLATE_ID, Nulls.NULL_INSTRUMENT_ID);
    }

    private CommandReason allocate(final StrategyInstance instance)
    {
        final boolean hasWeight = allocate.weight().exponent() != Decimal64Decoder.exponentNullValue();
        final Decimal weight = hasWeight
            ? new Decimal(allocate.weight().mantissa(), allocate.weight().exponent())
            : instance.weight();
        final Decimal capital = allocate.capital().mantissa() < 0
            ? StrategyInstance.UNBOUNDED
            : new Decimal(allocate.capital().mantissa(), allocate.capital().exponent());
        if (!ModelWeight.isOne(weight) || !CapitalRule.canBound(instance, capital))
        {
            return CommandReason.INVALID_VALUE;
        }
        if (capitalRule.isExceeded(instance, capital, decisions.nowNs()))
        {
            return CommandReason.CAPITAL_BELOW_HOLDINGS;
        }
        if (weight.isSameNumber(instance.weight()) && capital.isSameNumber(instance.capital()))
        {
            return CommandReason.NO_CHANGE;
        }
        instance.weight(weight);
        instance.capital(capital);
        return CommandReason.ACCEPTED;
    }

    /** Behind an input: applies what has waited for a position or an order to end. */
    public void applyWaiting()
    {
        instances.applyWaiting(waited);
    }
}
