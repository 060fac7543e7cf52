package io.lockstep.gateways.simulated.remote;

/**
 * What a frame between a simulated venue and an order gateway says. The first eight come from the gateway.
 */
enum FrameKind
{
    /** Begins a session; the one before it ends. */
    LOGON,
    /** Carries an InstrumentDefinition with the node's id. */
    DEFINE,
    /** Carries a NewOrderSingle, OrderCancelRequest or OrderCancelReplaceRequest. */
    REQUEST,
    /** Carries a ClOrdID that is asked about. */
    ASK,
    /** Asks for executions behind the number, and for reports from now on. */
    EXECUTIONS, OPEN_ORDERS, CANCEL_ALL,
    /** There was nothing else to say for a while; from either side. */
    HEARTBEAT,
    /** The session has begun; the number is the longest time, in ns, that the venue holds a request before it acts. */
    LOGGED_ON,
    /** Carries an ExecutionReport or OrderCancelReject; the time is the venue's. */
    REPORT,
    /** Carries the ClOrdID asked about; the number is the standing, and the reason of a refusal in its upper half. */
    STANDING,
    /** The number is the newest ExecID, the time how many executions are missing. */
    EXECUTIONS_END,
    /** Carries an ExecutionReport with ExecType ORDER_STATUS. */
    OPEN_ORDER,
    /** The number is how many there are, the time the newest ExecID. */
    OPEN_ORDERS_END;

    private static final FrameKind[] KINDS = values();

    /** Null for a code that is none. */
    static FrameKind of(final int code)
    {
        return code >= 0 && code < KINDS.length ? KINDS[code] : null;
    }
}
