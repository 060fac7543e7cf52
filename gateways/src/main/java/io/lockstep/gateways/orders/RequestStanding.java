package io.lockstep.gateways.orders;

/**
 * What a venue says when it is asked about one request.
 */
public enum RequestStanding
{
    /** The venue has no request of this ClOrdID. It may still be on the way to it. */
    NONE,
    /** The venue has it and has not acted on it yet. */
    UNDER_WAY,
    /** The venue has acted on it; the executions that came of it were reported before this was said. */
    DONE,
    /** The venue has refused it, and that was no execution: a cancel or a replace that changed nothing. */
    REFUSED
}
