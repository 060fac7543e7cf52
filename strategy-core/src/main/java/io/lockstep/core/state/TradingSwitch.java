package io.lockstep.core.state;

import io.lockstep.sbe.TradingMode;

/**
 * Whether orders may leave at all: the node's trading mode.
 */
public final class TradingSwitch
{
    private TradingMode mode = TradingMode.RUNNING;

    public TradingMode mode()
    {
        return mode;
    }

    public void mode(final TradingMode newMode)
    {
        mode = newMode;
    }

    /** A mode that is no stricter than the present one changes nothing. */
    public void restrict(final TradingMode newMode)
    {
        if (newMode.value() > mode.value())
        {
            mode = newMode;
        }
    }

    /** Whether it is a mode at all. */
    public static boolean isMode(final TradingMode mode)
    {
        return mode != TradingMode.NULL_VAL && mode != TradingMode.SBE_UNKNOWN;
    }
}
