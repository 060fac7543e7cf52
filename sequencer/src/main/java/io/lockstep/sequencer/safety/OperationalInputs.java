package io.lockstep.sequencer.safety;

import io.lockstep.codecs.Nulls;
import io.lockstep.sbe.AlertType;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.NodeStoppingEncoder;
import io.lockstep.sbe.TradingMode;
import io.lockstep.sequencer.loop.Sequencer;

/**
 * The inputs that the node itself sequences while it runs: what its own watch has seen, and that it stops. Each goes through
 * all stages before the call returns. For the loop's thread; no allocation.
 */
public final class OperationalInputs
{
    private final Sequencer sequencer;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final NodeStoppingEncoder stopping = new NodeStoppingEncoder();

    public OperationalInputs(final Sequencer sequencer)
    {
        this.sequencer = sequencer;
    }

    /** An alert after which no new order is sent until an operator says so; what is open is cancelled. */
    public void halt(final AlertType type, final long value, final long threshold)
    {
        alert(type, TradingMode.HALTED, true, value, threshold);
    }

    /** An alert that is only to be seen. */
    public void note(final AlertType type, final long value, final long threshold)
    {
        alert(type, TradingMode.NULL_VAL, false, value, threshold);
    }

    private void alert(
        final AlertType type,
        final TradingMode mode,
        final boolean cancelOrders,
        final long value,
        final long threshold)
    {
        sequencer.beginOwnInputs();
        sequencer.onAlert(type, mode, cancelOrders, value, threshold);
        sequencer.sequenceOwnInputs();
    }

    /**
     * Halts where sequenced time stands still until the clock has passed it.
     *
     * @param behindMaxNs how far the clock may be behind.
     */
    void haltWhereClockIsBehind(final long behindMaxNs)
    {
        sequencer.readClock();
        if (sequencer.clockBehindNs() > behindMaxNs)
        {
            halt(AlertType.CLOCK_BEHIND, sequencer.clockBehindNs(), behindMaxNs);
        }
    }

    /** The core failed on this input in an earlier incarnation. */
    public void coreFailed(final long sequence)
    {
        halt(AlertType.CORE_FAILURE, sequence, Nulls.NULL_LONG);
    }

    /**
     * The end of the journal was cut off, and with it perhaps what an operator had said; what is open is the venue's to say.
     *
     * @param keptSequence the last input that was kept, or null where that is not known.
     */
    public void tailCut(final long keptSequence)
    {
        alert(AlertType.TAIL_CUT, TradingMode.HALTED, false, keptSequence, Nulls.NULL_LONG);
    }

    /** Told to stop. */
    public void stopping(final boolean cancelOrders)
    {
        sequencer.beginOwnInputs();
        stopping.wrapAndApplyHeader(sequencer.inputs().buffer(), sequencer.inputs().nextMessageOffset(), header)
            .cancelOrders(cancelOrders ? BooleanType.TRUE : BooleanType.FALSE);
        sequencer.onOwnInput(stopping);
        sequencer.sequenceOwnInputs();
    }
}
