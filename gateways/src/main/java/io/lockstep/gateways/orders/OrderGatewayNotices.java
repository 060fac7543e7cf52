package io.lockstep.gateways.orders;

/**
 * Is told, in one line each, what an operator should know of an order gateway. Called on the gateway's thread, which waits for
 * the call.
 */
public interface OrderGatewayNotices
{
    /** What happens in order. */
    void info(String line);

    /** What can wait for the day. */
    void warn(String line);

    /** What should wake somebody. */
    void error(String line);
}
