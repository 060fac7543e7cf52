package io.lockstep.core.command;

import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.core.decision.DecisionWriter;
import io.lockstep.core.instance.Leg;
import io.lockstep.core.instrument.InstrumentSlot;
import io.lockstep.core.instrument.Slots;
import io.lockstep.core.risk.rule.ScopeKey;
import io.lockstep.core.state.CoreState;
import io.lockstep.core.state.TradingSwitch;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.CommandReason;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.SetTradingModeDecoder;
import io.lockstep.sbe.TradingMode;
import org.agrona.DirectBuffer;

/**
 * Halt, resume, reduce only and kill, of the node, a strategy, an instrument, a venue or an account. A kill cancels all open orders of its
 * scope, and where it is asked to closes the positions. Changing the state of a scope allocates.
 */
public final class TradingModeInputs
{
    private final CoreState state;
    private final ScopedLimitInputs scopes;
    private final OperatorInputs operator;
    private final DecisionWriter decisions;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SetTradingModeDecoder message = new SetTradingModeDecoder();

    /**
     * @param scopes   knows which scopes there are.
     * @param operator closes positions.
     */
    public TradingModeInputs(
        final CoreState state,
        final ScopedLimitInputs scopes,
        final OperatorInputs operator,
        final DecisionWriter decisions)
    {
        this.state = state;
        this.scopes = scopes;
        this.operator = operator;
        this.decisions = decisions;
    }

    /**
     * @param offset of the record.
     */
    public void onSetTradingMode(final DirectBuffer buffer, final int offset)
    {
        message.wrapAndApplyHeader(buffer, offset + RecordDescriptor.HEADER_LENGTH, header);
        final ScopeKey key = key(message.scope(), message.scopedId());
        final TradingMode mode = message.mode();
        final boolean closes = message.flatten() == BooleanType.TRUE;
        final CommandReason reason;
        if (!TradingSwitch.isMode(mode) || closes && mode != TradingMode.KILLED)
        {
            reason = CommandReason.INVALID_VALUE;
        }
        else if (key.scope() == LimitScope.NODE)
        {
            reason = setNode(mode, closes, buffer, offset);
        }
        else
        {
            reason = setScope(key, mode, closes);
        }
        decisions.commandResult(reason, SetTradingModeDecoder.TEMPLATE_ID,
            key.scope() == LimitScope.INSTRUMENT ? key.instrumentId() : Nulls.NULL_INSTRUMENT_ID);
    }

    private static ScopeKey key(final LimitScope scope, final int scopedId)
    {
        return switch (scope)
        {
            case STRATEGY -> ScopeKey.ofStrategy(scopedId);
            case INSTRUMENT -> ScopeKey.ofInstrument(scopedId);
            case VENUE -> ScopeKey.ofVenue(scopedId);
            case ACCOUNT -> ScopeKey.ofAccount(scopedId);
            case LEG -> new ScopeKey(LimitScope.NULL_VAL, ScopeKey.NONE, ScopeKey.NONE);
            case NODE, NULL_VAL, SBE_UNKNOWN -> ScopeKey.NODE;
        };
    }

    private CommandReason setNode(
        final TradingMode newMode, final boolean closes, final DirectBuffer buffer, final int offset)
    {
        final TradingMode mode = state.trading().mode();
        final boolean isSame = newMode == mode && closes == state.scopedRisk().states().nodeCloses();
        state.clockBehind(state.isClockBehind() && isClockBehind(buffer, offset));
        if (state.isClockBehind() && newMode.value() < mode.value() && newMode.value() < TradingMode.HALTED.value())
        {
            return CommandReason.CLOCK_BEHIND;
        }
        state.trading().mode(newMode);
        state.scopedRisk().states().nodeCloses(closes);
        if (newMode == TradingMode.KILLED)
        {
            kill(ScopeKey.NODE, closes);
        }
        return isSame ? CommandReason.NO_CHANGE : CommandReason.ACCEPTED;
    }

    private static boolean isClockBehind(final DirectBuffer buffer, final int offset)
    {
        return RecordDescriptor.wallTimeNs(buffer, offset) < RecordDescriptor.sequencerTimeNs(buffer, offset);
    }

    private CommandReason setScope(final ScopeKey key, final TradingMode mode, final boolean closes)
    {
        final CommandReason unknown = scopes.unknown(key);
        if (unknown != CommandReason.ACCEPTED)
        {
            return unknown;
        }
        final CommandReason reason = state.scopedRisk().states().set(key, mode, closes, state.lastSequence());
        if (mode == TradingMode.KILLED && reason != CommandReason.CAPACITY)
        {
            kill(key, closes);
        }
        return reason;
    }

    private void kill(final ScopeKey key, final boolean closes)
    {
        final Slots slots = state.slots();
        for (int id = 0; id < slots.count(); id++)
        {
            final InstrumentSlot slot = slots.get(id);
            for (int i = 0; i < slot.legCount(); i++)
            {
                if (key.covers(slot.leg(i)))
                {
                    kill(slot.leg(i), closes);
                }
            }
        }
    }

    private void kill(final Leg leg, final boolean closes)
    {
        if (closes && !leg.isFlat())
        {
            operator.flatten(leg);
        }
        else if (leg.openOrders().count() > 0)
        {
            state.desk().cancelAll(leg, OrderReason.OPERATOR);
        }
    }
}
