package io.lockstep.sequencer.apply;

import io.lockstep.core.breaker.Breaker;
import io.lockstep.core.breaker.BreakerKey;
import io.lockstep.core.breaker.BreakerTerms;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.BreakerDefinitionEncoder;
import io.lockstep.sequencer.config.BreakerContext;
import io.lockstep.sequencer.config.ConfigurationException;
import io.lockstep.sequencer.config.NodeContext;

import java.util.HashMap;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * Circuit breakers: those that are configured no more are taken out, then new and changed ones are defined. Behind the strategies, for
 * some are of a strategy's instance.
 */
final class BreakerChanges
{
    private final NodeContext context;
    private final RunningConfiguration running;
    private final InstrumentIds ids;
    private final ToIntFunction<String> venueIds;
    private final ToIntFunction<String> strategyIds;
    private final ChangeList changes;

    BreakerChanges(
        final NodeContext context,
        final RunningConfiguration running,
        final InstrumentIds ids,
        final ToIntFunction<String> venueIds,
        final ToIntFunction<String> strategyIds,
        final ChangeList changes)
    {
        this.context = context;
        this.running = running;
        this.ids = ids;
        this.venueIds = venueIds;
        this.strategyIds = strategyIds;
        this.changes = changes;
    }

    /**
     * @throws ConfigurationException when an instance or instrument of a breaker is none of the node's.
     */
    void add()
    {
        final Map<BreakerKey, BreakerContext> wanted = new HashMap<>();
        context.breakers().forEach((breaker) -> wanted.put(key(breaker), breaker));
        final Map<BreakerKey, BreakerTerms> known = new HashMap<>();
        for (final Breaker breaker : running.breakers())
        {
            known.put(breaker.key(), breaker.terms());
            if (!wanted.containsKey(breaker.key()))
            {
                send(breaker.key(), breaker.terms(), false, subject(breaker.key()), text(breaker.terms()));
            }
        }
        for (final BreakerContext breaker : context.breakers())
        {
            final BreakerKey key = key(breaker);
            final BreakerTerms before = known.get(key);
            if (!breaker.terms().equals(before))
            {
                send(key, breaker.terms(), true, breaker.subject(), before == null ? null : text(before));
            }
        }
    }

    private BreakerKey key(final BreakerContext breaker)
    {
        final int scopedId = switch (breaker.scope())
        {
            case STRATEGY -> strategyIds.applyAsInt(breaker.of());
            case INSTRUMENT -> ids.id(breaker.of());
            case VENUE -> venueIds.applyAsInt(breaker.of());
            default -> 0;
        };
        if (scopedId < 0)
        {
            throw new ConfigurationException("breakers: of=" + breaker.of() + ": expected an instance or instrument " +
                "of the node, for the breaker of " + breaker.subject());
        }
        return new BreakerKey(breaker.scope(), breaker.cause(), scopedId);
    }

    private static String subject(final BreakerKey key)
    {
        return key.scope() + " " + key.scopedId() + " " + key.cause();
    }

    private void send(
        final BreakerKey key,
        final BreakerTerms terms,
        final boolean isPresent,
        final String subject,
        final String before)
    {
        final BreakerDefinitionEncoder definition = new BreakerDefinitionEncoder();
        definition.wrapAndApplyHeader(changes.buffer(), 0, changes.header())
            .scope(key.scope()).cause(key.cause()).present(isPresent ? BooleanType.TRUE : BooleanType.FALSE)
            .scopedId(key.scopedId()).windowFills(terms.windowFills()).windowNs(terms.windowNs())
            .coolDownNs(terms.coolDownNs());
        definition.threshold().mantissa(terms.threshold().mantissa())
            .exponent((byte)terms.threshold().exponent());
        definition.currency(terms.currency()).user(changes.user());
        changes.add(ConfigurationChange.Kind.BREAKER, subject, before, isPresent ? text(terms) : null, definition);
    }

    private static String text(final BreakerTerms terms)
    {
        return "threshold " + terms.threshold() + (terms.currency().isEmpty() ? "" : " " + terms.currency()) +
            (terms.windowNs() == 0 ? "" : ", window " + terms.windowNs() + "ns") +
            (terms.windowFills() == 0 ? "" : ", fills " + terms.windowFills()) +
            ", coolDown " + terms.coolDownNs() + "ns";
    }
}
