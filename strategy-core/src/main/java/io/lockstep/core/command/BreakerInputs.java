package io.lockstep.core.command;

import io.lockstep.codecs.Nulls;
import io.lockstep.core.breaker.BreakerKey;
import io.lockstep.core.breaker.BreakerTerms;
import io.lockstep.core.breaker.Breakers;
import io.lockstep.core.decision.DecisionWriter;
import io.lockstep.core.instance.Instances;
import io.lockstep.core.instance.StrategyInstance;
import io.lockstep.core.instrument.Slots;
import io.lockstep.core.venue.Venues;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.BreakerDefinitionDecoder;
import io.lockstep.sbe.CommandReason;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.ResetBreakerDecoder;
import org.agrona.DirectBuffer;

/** Which circuit breakers there are, and that one is to be closed. Each is answered by a CommandResult. Allocates, for it is seldom. */
public final class BreakerInputs
{
    private final Slots slots;
    private final Instances instances;
    private final Venues venues;
    private final Breakers breakers;
    private final DecisionWriter decisions;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final BreakerDefinitionDecoder definition = new BreakerDefinitionDecoder();
    private final ResetBreakerDecoder reset = new ResetBreakerDecoder();

    public BreakerInputs(
        final Slots slots,
        final Instances instances,
        final Venues venues,
        final Breakers breakers,
        final DecisionWriter decisions)
    {
        this.slots = slots;
        this.instances = instances;
        this.venues = venues;
        this.breakers = breakers;
        this.decisions = decisions;
    }

    public void onDefinition(final DirectBuffer buffer, final int offset)
    {
        definition.wrapAndApplyHeader(buffer, offset, header);
        final BreakerKey key = new BreakerKey(definition.scope(), definition.cause(), definition.scopedId());
        decisions.commandResult(
            define(key), BreakerDefinitionDecoder.TEMPLATE_ID, Nulls.NULL_INSTRUMENT_ID);
    }

    private CommandReason define(final BreakerKey key)
    {
        if (definition.present() != BooleanType.TRUE)
        {
            return breakers.remove(key);
        }
        final CommandReason unknown = unknown(key);
        return unknown == CommandReason.ACCEPTED
            ? breakers.define(key, BreakerTerms.decode(definition))
            : unknown;
    }

    /** Why there is no such scope; ACCEPTED when there is one. */
    private CommandReason unknown(final BreakerKey key)
    {
        return switch (key.scope())
        {
            case STRATEGY -> {
                final StrategyInstance instance = instances.find(key.scopedId());
                yield instance != null && (instance.isNobody() || instance.isPresent())
                    ? CommandReason.ACCEPTED
                    : CommandReason.UNKNOWN_STRATEGY;
            }
            case INSTRUMENT -> key.scopedId() >= 0 && key.scopedId() < slots.count()
                ? CommandReason.ACCEPTED
                : CommandReason.UNKNOWN_INSTRUMENT;
            case VENUE -> venues.find(key.scopedId()) == null ? CommandReason.UNKNOWN_VENUE : CommandReason.ACCEPTED;
            case NODE -> CommandReason.ACCEPTED;
            case LEG, ACCOUNT, NULL_VAL, SBE_UNKNOWN -> CommandReason.INVALID_VALUE;
        };
    }

    public void onReset(final DirectBuffer buffer, final int offset)
    {
        reset.wrapAndApplyHeader(buffer, offset, header);
        decisions.commandResult(breakers.reset(new BreakerKey(reset.scope(), reset.cause(), reset.scopedId())),
            ResetBreakerDecoder.TEMPLATE_ID, Nulls.NULL_INSTRUMENT_ID);
    }
}
