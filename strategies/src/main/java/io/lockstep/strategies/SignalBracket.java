package io.lockstep.strategies;

import io.lockstep.codecs.Xxh64;
import io.lockstep.core.list.ListTerms;
import io.lockstep.core.position.ExactMath;
import io.lockstep.core.strategy.Parameters;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.Side;

/**
 * How far from its entry price a position is left again: at a loss by a stop, with a gain by a limit order at the target, both, or
 * neither. Prices are ticks on the order grid, rounded away from the entry. No allocation.
 */
final class SignalBracket
{
    private static final long BPS = 10_000;

    private final long stopBps;
    private final long targetBps;

    /** Reads {@code stopBps} and {@code targetBps}, 0 for none. */
    SignalBracket(final Parameters parameters)
    {
        stopBps = parameters.whole("stopBps", 0, 0, BPS - 1);
        targetBps = parameters.whole("targetBps", 0, 0, BPS - 1);
    }

    /** Whether there is a stop or a target. */
    boolean isSet()
    {
        return stopBps > 0 || targetBps > 0;
    }

    /**
     * Sets the kind of the list, and what follows its entry.
     *
     * @param side       of the entry.
     * @param entryTicks what the entry is expected to cost; positive.
     * @param orderTicks prices are multiples of so many.
     */
    void fill(final ListTerms list, final Side side, final long entryTicks, final long orderTicks)
    {
        final long stopTicks = away(side == Side.SELL, entryTicks, stopBps, orderTicks);
        final long targetTicks = away(side == Side.BUY, entryTicks, targetBps, orderTicks);
        if (stopBps > 0 && targetBps > 0)
        {
            list.bracket();
            list.stop().stop(stopTicks);
            list.target().limit(targetTicks);
        }
        else if (stopBps > 0)
        {
            list.oto();
            list.second().stop(stopTicks).reason(OrderReason.STOP);
        }
        else
        {
            list.oto();
            list.second().limit(targetTicks).reason(OrderReason.TARGET);
        }
    }

    private static long away(final boolean isAbove, final long entryTicks, final long bps, final long orderTicks)
    {
        final long distance = Math.max(1, ExactMath.mulDivFloor(entryTicks, bps, BPS));
        return isAbove
            ? -Math.floorDiv(-(entryTicks + distance), orderTicks) * orderTicks
            : Math.floorDiv(entryTicks - distance, orderTicks) * orderTicks;
    }

    long stateHash()
    {
        return Xxh64.chain(stopBps, targetBps);
    }
}
