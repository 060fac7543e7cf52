package io.lockstep.tools;

import io.lockstep.gateways.link.LinkEndedException;
import io.lockstep.sequencer.config.ConfigurationException;
import io.lockstep.sequencer.config.IdleKind;
import io.lockstep.sequencer.node.NodeException;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.AgentTerminationException;

import java.util.concurrent.atomic.AtomicReference;

/**
 * A gateway on a thread of its own, which ends with the gateway's first error.
 */
final class GatewayThread implements AutoCloseable
{
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final AgentRunner runner;

    /** Starts it. */
    GatewayThread(final Agent gateway, final IdleKind idle)
    {
        runner = new AgentRunner(idle.create(), this::onError, null, gateway);
        AgentRunner.startOnThread(runner);
    }

    private void onError(final Throwable error)
    {
        failure.compareAndSet(null, error);
        throw new AgentTerminationException(error);
    }

    /**
     * @throws NodeException          when the gateway has ended with an error, or for want of a media driver.
     * @throws ConfigurationException when what it was to do does not agree with the node.
     */
    void requireHealthy()
    {
        final Throwable error = failure.get();
        if (error instanceof ConfigurationException configuration)
        {
            throw configuration;
        }
        if (error instanceof LinkEndedException)
        {
            throw new NodeException(
                NodeException.CANNOT_RUN, "a gateway has no media driver any more: " + error.getMessage());
        }
        if (error != null)
        {
            throw new NodeException(NodeException.CHECK_FAILED, "a gateway ended with an error: " + error);
        }
    }

    /** Ends the thread and waits for that. */
    @Override
    public void close()
    {
        runner.close();
    }
}
