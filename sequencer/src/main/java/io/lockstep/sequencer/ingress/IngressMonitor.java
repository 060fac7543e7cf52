package io.lockstep.sequencer.ingress;

import io.lockstep.sbe.LinkRefusal;
import org.agrona.DirectBuffer;

/**
 * What the ingress has seen of links that no input tells. Called on the sequencer's thread, with whatever any process on the network
 * may send, so nothing here may allocate; what is given is valid for the call only.
 */
public interface IngressMonitor
{
    /** A message that is no record of ours. */
    void onRejected(MessageProblem problem, DirectBuffer buffer, int offset, int length, int sessionId);

    /** A source sequence that was taken before, or that is of another session than the source's; 0 for a Hello of one. */
    void onRepeat(int sourceId, long sequence);

    /** A gateway's link begins, or one of another session of its source does; not told of operators. */
    default void onLinked(final int sourceId, final int session, final ProcessName process)
    {
    }

    /** A gateway is refused, since another that is heard has its source id; once for each session. */
    default void onSourceHeld(
        final int sourceId, final int session, final ProcessName process, final int holderSession,
        final ProcessName holderProcess)
    {
    }

    /** A gateway takes a source id over from another that was heard in this incarnation and is silent. */
    default void onTakeOver(
        final int sourceId, final int session, final ProcessName process, final int silentSession,
        final ProcessName silentProcess, final long silentNs)
    {
    }

    /** A gateway has not proven that it has the key of its source id. */
    default void onUnproven(
        final int sourceId, final int session, final ProcessName process, final LinkRefusal reason)
    {
    }

    /** Source sequences that will not come. */
    void onGap(int sourceId, long expected, long actual);
}
