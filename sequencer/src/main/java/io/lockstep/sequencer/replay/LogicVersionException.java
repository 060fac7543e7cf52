package io.lockstep.sequencer.replay;

import io.lockstep.core.TradingCore;

/**
 * The journal was written by a core that behaves differently, so nothing can be said about whether this one would decide the
 * same.
 */
public final class LogicVersionException extends RuntimeException
{
    private static final long serialVersionUID = 1L;

    LogicVersionException(final long sequence, final int logicVersion)
    {
        super("sequence=" + sequence + " logicVersion=" + logicVersion + ": expected logicVersion=" +
            TradingCore.LOGIC_VERSION + ", for equality is demanded of the version that wrote a journal");
    }
}
