package io.lockstep.gateways.orders;

/**
 * What an order gateway knows about a request that is in its log.
 */
public enum RequestState
{
    /** It was handed to the venue, or was about to be when the process died; nothing has been heard of it. */
    UNANSWERED,
    /** Its answer is on the way to the node's journal. A process that starts now would not know of it. */
    ANSWERED,
    /** Its answer is in the node's journal; the log remembers the request to recognise repeats. */
    JOURNALED
}
