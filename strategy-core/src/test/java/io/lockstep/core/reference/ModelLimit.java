package io.lockstep.core.reference;

import io.lockstep.sbe.LimitType;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** A limit of a scope, with the orders that were sent since it was set. */
final class ModelLimit
{
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long MILLI_NS = 1_000_000L;

    /** An order that was sent. */
    private record Sent(String terms, long timeNs)
    {
    }

    final ModelScope scope;
    final LimitType type;
    private final List<Sent> sent = new ArrayList<>();
    private final List<Long> timesNs = new ArrayList<>();
    private BigDecimal value;

    ModelLimit(final ModelScope scope, final LimitType type, final BigDecimal value)
    {
        this.scope = scope;
        this.type = type;
        this.value = value;
    }

    BigDecimal value()
    {
        return value;
    }

    void value(final BigDecimal newValue)
    {
        value = newValue;
    }

    long whole()
    {
        return value.longValue();
    }

    /** One of those that are counted was let out. */
    void count(final long nowNs)
    {
        timesNs.removeIf((timeNs) -> nowNs - timeNs >= SECOND_NS);
        timesNs.add(nowNs);
    }

    boolean isRateUsedUp(final long nowNs)
    {
        return timesNs.stream().filter((timeNs) -> nowNs - timeNs < SECOND_NS).count() >= whole();
    }

    long windowNs()
    {
        return whole() * MILLI_NS;
    }

    void note(final String terms, final long nowNs)
    {
        sent.removeIf((before) -> nowNs - before.timeNs() >= windowNs());
        sent.add(new Sent(terms, nowNs));
    }

    /** How long ago the newest order with the same terms was sent, within the window; or none. */
    long sentBeforeNs(final String terms, final long nowNs)
    {
        return sent.stream().filter((before) -> before.terms().equals(terms) && nowNs - before.timeNs() < windowNs())
            .mapToLong((before) -> nowNs - before.timeNs()).min().orElse(Asked.NONE);
    }
}
