package io.lockstep.peers.cluster;

import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.IdleStrategy;

/**
 * Gives an archive its turn on a thread whenever that thread's agent has had its own, also while the agent waits for
 * something within its turn. Idle is what neither has work for.
 */
final class ArchiveIdleStrategy implements IdleStrategy
{
    private final AgentInvoker archive;
    private final IdleStrategy idle;

    ArchiveIdleStrategy(final AgentInvoker archive, final IdleStrategy idle)
    {
        this.archive = archive;
        this.idle = idle;
    }

    @Override
    public void idle(final int workCount)
    {
        idle.idle(workCount + archive.invoke());
    }

    @Override
    public void idle()
    {
        idle(0);
    }

    @Override
    public void reset()
    {
        idle.reset();
    }
}
