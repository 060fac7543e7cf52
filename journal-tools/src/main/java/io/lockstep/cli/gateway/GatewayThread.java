package io.lockstep.cli.gateway;

import io.lockstep.gateways.link.LinkEndedException;
import io.lockstep.gateways.link.SourceHeldException;
import io.lockstep.gateways.link.SourceRefusedException;
import io.lockstep.gateways.orders.RequestLogException;
import io.lockstep.sequencer.NodeException;
import io.lockstep.sequencer.config.ConfigurationException;
import io.lockstep.sequencer.config.IdleKind;
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
        runner = new AgentRunner(idle.create(), this::onError, null, new Ending(gateway));
        AgentRunner.startOnThread(runner);
    }

    private void onError(final Throwable error)
    {
        failure.compareAndSet(null, error instanceof Ended ? error.getCause() : error);
    }

    /** An error that ends the gateway. */
    private static final class Ended extends AgentTerminationException
    {
        private static final long serialVersionUID = 1L;

        Ended(final Throwable error)
        {
            super(error);
        }
    }

    /**
     * Ends with the gateway's first error, in the way in which the runner then closes the gateway. Thrown by the error handler, as
     * it might be, the end would leave it open and be printed by the JVM.
     */
    private record Ending(Agent gateway) implements Agent
    {
        @Override
        public void onStart()
        {
            gateway.onStart();
        }

        @Override
        public int doWork() throws Exception
        {
            try
            {
                return gateway.doWork();
            }
            catch (final RuntimeException ex)
            {
                throw new Ended(ex);
            }
        }

        @Override
        public void onClose()
        {
            gateway.onClose();
        }

        @Override
        public String roleName()
        {
            return gateway.roleName();
        }
    }

    /**
     * @throws NodeException          when the gateway has ended with an error, for want of a media driver, since another
     *                                gateway has its source id, or since its log cannot be used.
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
        if (error instanceof RequestLogException)
        {
            throw new NodeException(NodeException.CANNOT_RUN, error.getMessage(), error);
        }
        if (error instanceof SourceHeldException || error instanceof SourceRefusedException)
        {
            throw new NodeException(NodeException.CANNOT_RUN, "a gateway is refused: " + error.getMessage());
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
