package io.lockstep.core.breaker;

import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.codecs.NameRule;
import io.lockstep.sbe.BreakerCause;
import io.lockstep.sbe.BreakerDefinitionDecoder;

/**
 * When a circuit breaker opens, and for how long.
 *
 * @param threshold   value at which it opens.
 * @param windowFills of SLIPPAGE: how many fills are averaged; else 0.
 * @param windowNs    of REJECT_RATE and DISCONNECTS: how long one counts; else 0.
 * @param coolDownNs  how long it stays open.
 * @param currency    of DRAWDOWN; else empty.
 */
public record BreakerTerms(Decimal threshold, int windowFills, long windowNs, long coolDownNs, String currency)
{
    /** The largest count that may open one, and the most fills that are averaged. */
    public static final int COUNT_MAX = 10_000;
    /** So that no time that follows overflows. */
    public static final long WINDOW_NS_MAX = 31L * 86_400_000_000_000L;
    /** Unit of slippage: hundredths of a basis point. */
    static final int SLIPPAGE_EXPONENT = -2;
    private static final long SLIPPAGE_MAX = 1_000_000;
    private static final int EXPONENT_MAX = 18;

    public static BreakerTerms decode(final BreakerDefinitionDecoder message)
    {
        return new BreakerTerms(new Decimal(message.threshold().mantissa(), message.threshold().exponent()),
            message.windowFills(), message.windowNs(), message.coolDownNs(), message.currency());
    }

    /** Whether a breaker of the cause can have them. */
    public boolean isValid(final BreakerCause cause)
    {
        if (coolDownNs <= 0 || coolDownNs > WINDOW_NS_MAX || threshold.mantissa() <= 0 ||
            Math.abs(threshold.exponent()) > EXPONENT_MAX)
        {
            return false;
        }
        final boolean hasWindow = windowNs > 0 && windowNs <= WINDOW_NS_MAX;
        return switch (cause)
        {
            case CONSECUTIVE_LOSSES -> isCount() && windowNs == 0 && windowFills == 0 && currency.isEmpty();
            case REJECT_RATE, DISCONNECTS -> isCount() && hasWindow && windowFills == 0 && currency.isEmpty();
            case SLIPPAGE -> inUnits(SLIPPAGE_EXPONENT, SLIPPAGE_MAX) && windowNs == 0 && windowFills > 0 &&
                windowFills <= COUNT_MAX && currency.isEmpty();
            case DRAWDOWN -> inUnits(DrawdownGauge.EXPONENT, Long.MAX_VALUE) && windowNs == 0 && windowFills == 0 &&
                NameRule.isName(currency);
            case NULL_VAL, SBE_UNKNOWN -> false;
        };
    }

    private boolean isCount()
    {
        return inUnits(0, COUNT_MAX);
    }

    private boolean inUnits(final int exponent, final long max)
    {
        try
        {
            final MutableInt128 units = new MutableInt128().decimalFloor(threshold.mantissa(),
                threshold.exponent() - exponent);
            return units.signum() > 0 && units.fitsLong() && units.low() <= max &&
                threshold.isSameNumber(new Decimal(units.low(), exponent));
        }
        catch (final ArithmeticException ex)
        {
            return false;
        }
    }

    /** The threshold in units of 10^exponent, for terms that are valid. */
    long thresholdIn(final int exponent)
    {
        return new MutableInt128().decimalFloor(threshold.mantissa(), threshold.exponent() - exponent).low();
    }
}
