package io.lockstep.sequencer.node;

import io.lockstep.core.host.CoreFailureException;
import io.lockstep.sequencer.NodeException;
import io.lockstep.sequencer.counters.NodeCounters;
import io.lockstep.sequencer.egress.JournalBehindException;
import io.lockstep.sequencer.journal.JournalException;
import io.lockstep.sequencer.loop.Sequencer;

/**
 * What ends a node from within: the stage and the sequence, the reason, what the operator can do, and the exit status.
 */
final class LoopFailure
{
    private LoopFailure()
    {
    }

    static NodeException of(final RuntimeException failure, final Sequencer sequencer, final NodeCounters counters)
    {
        if (failure instanceof NodeException known)
        {
            return known;
        }
        counters.onError(failure);
        final String where = "the loop failed: stage=" + sequencer.stage() + " sequence=" +
            sequencer.dispatchedSequence() + ": ";
        if (failure instanceof JournalException)
        {
            return new NodeException(NodeException.CANNOT_RUN, where + failure.getMessage() +
                "; everything before it is in the journal: make room, then start again", failure);
        }
        if (failure instanceof JournalBehindException)
        {
            return new NodeException(NodeException.CHECK_FAILED, failure.getMessage() +
                ": 'lockstep run --accept-lost-tail'", failure);
        }
        if (failure instanceof CoreFailureException ofCore)
        {
            return new NodeException(NodeException.CHECK_FAILED, where + ofCore.detail() +
                "; the input is in the journal, and the next start passes over it and comes up halted", failure);
        }
        return new NodeException(NodeException.CHECK_FAILED, where + failure, failure);
    }
}
