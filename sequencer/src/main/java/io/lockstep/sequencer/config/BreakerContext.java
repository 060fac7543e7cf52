package io.lockstep.sequencer.config;

import io.lockstep.codecs.Decimal;
import io.lockstep.core.breaker.BreakerTerms;
import io.lockstep.sbe.BreakerCause;
import io.lockstep.sbe.LimitScope;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A circuit breaker; an entry of {@code breakers}.
 *
 * @param of the strategy's instance, instrument or venue by its name; empty of the node.
 */
public record BreakerContext(LimitScope scope, String of, BreakerCause cause, BreakerTerms terms)
{
    /** What there can be breakers of. */
    private enum Scope
    {
        STRATEGY(LimitScope.STRATEGY), INSTRUMENT(LimitScope.INSTRUMENT), VENUE(LimitScope.VENUE), NODE(
            LimitScope.NODE);

        private final LimitScope scope;

        Scope(final LimitScope scope)
        {
            this.scope = scope;
        }
    }

    private static final Decimal ONE = Decimal.parse("1");

    /** Reads the list and refuses two breakers of one scope and cause; empty when there is no list. */
    static List<BreakerContext> readAll(final YamlSection root)
    {
        final List<BreakerContext> breakers = new ArrayList<>();
        final Map<String, String> whereBySubject = new HashMap<>();
        for (final YamlSection section : root.sections("breakers"))
        {
            final int problems = section.problems().count();
            final BreakerContext breaker = read(section);
            if (section.problems().count() > problems)
            {
                continue;
            }
            final String same = whereBySubject.putIfAbsent(breaker.subject(), section.where("cause"));
            if (same != null)
            {
                section.refuse("cause", name(breaker.cause), "one breaker for each scope and cause, that of " +
                    breaker.subject() + " stands at " + same + " as well");
            }
            breaker.check(section);
            breakers.add(breaker);
        }
        return List.copyOf(breakers);
    }

    private static BreakerContext read(final YamlSection section)
    {
        for (final String key : List.of("scope", "cause", "threshold", "coolDown"))
        {
            section.require(key);
        }
        final Scope scope = section.constant("scope", Scope.class, Scope.NODE);
        final BreakerCause cause = section.constant("cause", BreakerCause.class, BreakerCause.CONSECUTIVE_LOSSES);
        final boolean counts = cause == BreakerCause.REJECT_RATE || cause == BreakerCause.DISCONNECTS;
        requireOrRefuse(section, "of", scope != Scope.NODE, "no such key for the node");
        requireOrRefuse(section, "window", counts, "no such key, but for reject-rate and disconnects");
        requireOrRefuse(section, "fills", cause == BreakerCause.SLIPPAGE, "no such key, but for slippage");
        requireOrRefuse(section, "currency", cause == BreakerCause.DRAWDOWN, "no such key, but for drawdown");
        final Decimal threshold = section.decimal("threshold");
        final BreakerTerms terms = new BreakerTerms(
            threshold == null ? ONE : threshold,
            cause == BreakerCause.SLIPPAGE ? (int)section.whole("fills", 1, 1, BreakerTerms.COUNT_MAX) : 0,
            counts ? section.durationNs("window", TimeUnit.SECONDS.toNanos(1), 1, BreakerTerms.WINDOW_NS_MAX) : 0,
            section.durationNs("coolDown", TimeUnit.SECONDS.toNanos(1), 1, BreakerTerms.WINDOW_NS_MAX),
            cause == BreakerCause.DRAWDOWN ? section.name("currency", "") : "");
        final BreakerContext breaker = new BreakerContext(
            scope.scope, scope == Scope.NODE ? "" : section.text("of", ""), cause, terms);
        section.refuseUnknown();
        return breaker;
    }

    private static void requireOrRefuse(
        final YamlSection section, final String key, final boolean isNeeded, final String expected)
    {
        if (isNeeded)
        {
            section.require(key);
        }
        else if (section.has(key))
        {
            section.refuse(key, section.text(key, ""), expected);
        }
    }

    private void check(final YamlSection section)
    {
        if (cause == BreakerCause.DISCONNECTS && scope != LimitScope.VENUE && scope != LimitScope.NODE)
        {
            section.refuse("scope", name(scope), "venue or node, for nothing else is disconnected");
        }
        else if (!terms.isValid(cause))
        {
            section.refuse("threshold", terms.threshold(), switch (cause)
            {
                case CONSECUTIVE_LOSSES, REJECT_RATE, DISCONNECTS -> "a whole number from 1 to " +
                    BreakerTerms.COUNT_MAX;
                case SLIPPAGE -> "from 0.01 to 10000 basis points, in hundredths";
                default -> "an amount above 0, in steps of 0.00000001";
            });
        }
    }

    /** Whether it is of a node, or shard, that has these. */
    boolean isAmong(final Set<String> instruments, final Set<String> venues, final Set<String> instances)
    {
        return switch (scope)
        {
            case STRATEGY -> instances.contains(of);
            case INSTRUMENT -> instruments.contains(of);
            case VENUE -> venues.contains(of);
            default -> true;
        };
    }

    /** What it is about, for people. */
    public String subject()
    {
        return name(scope) + (of.isEmpty() ? "" : " " + of) + " " + name(cause);
    }

    private static String name(final Enum<?> constant)
    {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
