package io.lockstep.codecs.transport;

/**
 * The receiving end of a stream.
 */
public interface MessageReceiver
{
    /**
     * Gives at most so many messages to the handler; what the handler throws is thrown.
     *
     * @return how many fragments there were.
     */
    int poll(MessageHandler handler, int limit);

    /** Whether there is anyone to hear. */
    boolean isConnected();
}
