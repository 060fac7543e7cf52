package io.lockstep.peers.cluster;

import io.aeron.cluster.client.AeronCluster;
import io.aeron.cluster.client.EgressListener;
import io.aeron.logbuffer.BufferClaim;
import io.lockstep.peers.Peer;
import io.lockstep.peers.PeerPlan;
import io.lockstep.peers.PeerRun;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.SystemEpochClock;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A client's ends of a {@link SingleNode}, over IPC: each event is an ingress message, each answer comes as egress.
 */
public final class ClusterPeer implements Peer
{
    /** Within an event: the intended send time, then whether it is to be answered. */
    static final int ASKING_OFFSET = Long.BYTES;

    private static final long KEEP_ALIVE_INTERVAL_MS = TimeUnit.SECONDS.toMillis(1);
    private static final int KEEP_ALIVE_CHECK_MASK = (1 << 16) - 1;

    private final PeerPlan plan;
    private final Path directory;
    private final BufferClaim claim = new BufferClaim();
    private final SingleNode node;
    private final AeronCluster client;
    private long polls;
    private long keptAliveMs;
    private long events;

    private ClusterPeer(final PeerPlan plan, final Path directory, final Answers receiver)
    {
        this.plan = plan;
        this.directory = directory;
        node = new SingleNode(directory, plan);
        final EgressListener listener = (sessionId, timestamp, buffer, offset, length, header) -> receiver
            .onAnswer(buffer.getLong(offset));
        client = AeronCluster.connect(new AeronCluster.Context()
            .aeronDirectoryName(node.aeronDirectory())
            .egressListener(listener)
            .ingressChannel("aeron:ipc")
            .egressChannel("aeron:ipc"));
    }

    /**
     * @param args of a {@link PeerPlan}. A variant is an idle strategy.
     */
    public static void main(final String[] args) throws IOException
    {
        PeerRun.run(args, ClusterPeer::new);
    }

    @Override
    public boolean offer(final long event, final boolean isAsking, final long intendedNs)
    {
        if (client.tryClaim(plan.eventLength(), claim) < 0)
        {
            return false;
        }
        final MutableDirectBuffer buffer = claim.buffer();
        final int offset = claim.offset() + AeronCluster.SESSION_HEADER_LENGTH;
        buffer.putLong(offset, intendedNs);
        buffer.putByte(offset + ASKING_OFFSET, (byte)(isAsking ? 1 : 0));
        claim.commit();
        events++;
        return true;
    }

    @Override
    public void poll()
    {
        client.pollEgress();
        if ((++polls & KEEP_ALIVE_CHECK_MASK) == 0)
        {
            final long nowMs = SystemEpochClock.INSTANCE.time();
            if (nowMs - keptAliveMs >= KEEP_ALIVE_INTERVAL_MS)
            {
                keptAliveMs = nowMs;
                client.sendKeepAlive();
            }
        }
    }

    @Override
    public long restart()
    {
        node.awaitEvents(events);
        client.close();
        node.close();
        final long startNs = System.nanoTime();
        try (SingleNode successor = new SingleNode(directory, plan))
        {
            successor.awaitEvents(events);
            final long tookNs = System.nanoTime() - startNs;
            // Ended amid an election it would complain.
            successor.awaitLeader();
            return tookNs;
        }
    }

    @Override
    public void close()
    {
        client.close();
        node.close();
    }
}
