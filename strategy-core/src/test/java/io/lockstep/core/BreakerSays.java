package io.lockstep.core;

import io.lockstep.codecs.Decimal;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.BreakerCause;
import io.lockstep.sbe.BreakerDefinitionEncoder;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.ResetBreakerEncoder;

import java.util.function.Consumer;

/** A circuit breaker that cools down in 5 s, for {@link CoreScenario#give}; each method changes one thing of it. */
public final class BreakerSays implements Consumer<InputRecords>
{
    private static final long COOL_DOWN_NS = 5_000_000_000L;

    private final LimitScope scope;
    private final int scopedId;
    private final BreakerCause cause;
    private Decimal threshold = Decimal.parse("1");
    private int windowFills;
    private long windowNs;
    private long coolDownNs = COOL_DOWN_NS;
    private String currency = "";

    private BreakerSays(final LimitScope scope, final int scopedId, final BreakerCause cause)
    {
        this.scope = scope;
        this.scopedId = scopedId;
        this.cause = cause;
    }

    public static BreakerSays breaker(
        final LimitScope scope, final int scopedId, final BreakerCause cause, final String threshold)
    {
        final BreakerSays says = new BreakerSays(scope, scopedId, cause);
        says.threshold = Decimal.parse(threshold);
        return says;
    }

    public BreakerSays windowMs(final long millis)
    {
        windowNs = millis * 1_000_000;
        return this;
    }

    public BreakerSays fills(final int fills)
    {
        windowFills = fills;
        return this;
    }

    public BreakerSays coolDownMs(final long millis)
    {
        coolDownNs = millis * 1_000_000;
        return this;
    }

    public BreakerSays currency(final String newCurrency)
    {
        currency = newCurrency;
        return this;
    }

    public Consumer<InputRecords> removed()
    {
        return (records) -> write(records, BooleanType.FALSE);
    }

    public Consumer<InputRecords> reset()
    {
        return (records) -> records.begin(new ResetBreakerEncoder()).scope(scope).cause(cause).scopedId(scopedId)
            .reason("").user("");
    }

    @Override
    public void accept(final InputRecords records)
    {
        write(records, BooleanType.TRUE);
    }

    private void write(final InputRecords records, final BooleanType isPresent)
    {
        final BreakerDefinitionEncoder definition = records.begin(new BreakerDefinitionEncoder());
        definition.scope(scope).cause(cause).present(isPresent).scopedId(scopedId).windowFills(windowFills)
            .windowNs(windowNs).coolDownNs(coolDownNs);
        definition.threshold().mantissa(threshold.mantissa()).exponent((byte)threshold.exponent());
        definition.currency(currency).user("");
    }
}
