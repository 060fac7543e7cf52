package io.lockstep.peers.cluster;

import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.aeron.cluster.codecs.CloseReason;
import io.aeron.cluster.service.ClientSession;
import io.aeron.cluster.service.Cluster;
import io.aeron.cluster.service.ClusteredService;
import io.aeron.logbuffer.Header;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts events and answers those that ask. Keeps no other state.
 */
final class AnsweringService implements ClusteredService
{
    private final UnsafeBuffer answer;
    private final AtomicLong events = new AtomicLong();
    private volatile boolean isLeader;
    private IdleStrategy idle;

    AnsweringService(final int answerLength)
    {
        answer = new UnsafeBuffer(ByteBuffer.allocateDirect(answerLength));
    }

    /** Any thread: taken so far. */
    long events()
    {
        return events.getAcquire();
    }

    /** Any thread. */
    boolean isLeader()
    {
        return isLeader;
    }

    @Override
    public void onStart(final Cluster cluster, final Image snapshotImage)
    {
        idle = cluster.idleStrategy();
    }

    @Override
    public void onSessionMessage(
        final ClientSession session,
        final long timestamp,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final Header header)
    {
        if (buffer.getByte(offset + ClusterPeer.ASKING_OFFSET) != 0)
        {
            answer.putLong(0, buffer.getLong(offset));
            // While the log is replayed it is taken and goes nowhere.
            while (session.offer(answer, 0, answer.capacity()) < 0 && !session.isClosing())
            {
                idle.idle();
            }
        }
        events.setRelease(events.getPlain() + 1);
    }

    @Override
    public void onSessionOpen(final ClientSession session, final long timestamp)
    {
    }

    @Override
    public void onSessionClose(final ClientSession session, final long timestamp, final CloseReason closeReason)
    {
    }

    @Override
    public void onTimerEvent(final long correlationId, final long timestamp)
    {
    }

    @Override
    public void onTakeSnapshot(final ExclusivePublication snapshotPublication)
    {
    }

    @Override
    public void onRoleChange(final Cluster.Role newRole)
    {
        isLeader = newRole == Cluster.Role.LEADER;
    }

    @Override
    public void onTerminate(final Cluster cluster)
    {
    }
}
