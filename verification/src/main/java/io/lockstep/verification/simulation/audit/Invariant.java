package io.lockstep.verification.simulation.audit;

/**
 * What must hold, whatever happens to the node and around it.
 */
public enum Invariant
{
    /** Every input has one sequence, one more than the input before. */
    INPUTS_CONTIGUOUS,
    /** Decisions follow their inputs in order, numbered within the input and, where they leave, in one count. */
    DECISIONS_NUMBERED,
    /** Sequenced time never decreases. */
    TIME_MONOTONIC,
    /** Decisions are sent in their order, each once, and again only when the order gateway says that it has not got them. */
    SENT_IN_ORDER,
    /** The venue never gets a request whose decision was not in the journal when it left. */
    JOURNALED_BEFORE_SENT,
    /** The venue acts on a request once, and on no other content. */
    ACTED_ON_ONCE,
    /** Position limit, open orders and orders a second, counted again from the journal alone. */
    LIMITS_HELD,
    /** Position, cash and fees are those of the venue's own ledger. */
    MONEY_EQUAL,
    /** Orders open by the core are those open at the venue. */
    ORDERS_EQUAL,
    /** What a source sends is journaled, unless the machine lost its power or the source its memory. */
    NOTHING_LOST,
    /** What is journaled of a source is what it has sent: each message once, in its order, in every byte. */
    TAKEN_ONCE,
    /** Every snapshot can be restored, and a node starts from the newest that nothing has damaged. */
    SNAPSHOTS_RESTORE,
    /**
     * Another core, fed from the journal, decides the same and stands in the same state, and so does a node that was restored from
     * a snapshot: core, timers, sources and what is not acknowledged.
     */
    REPLAY_EQUAL,
    /** The journal reads, and a node whose disk kept what it acknowledged starts again. */
    RECOVERS,
    /** What is to halt trading does: the disk, the clock, an input passed over; and no order leaves until an operator says so. */
    FAILS_SAFE,
    /** A node that was told to stop sends no order, ends cleanly with a snapshot, and leaves nothing open that it was to cancel. */
    ENDS_CLEANLY,
    /** A venue gets its own requests alone, and what becomes of one venue leaves the orders of the other alone. */
    VENUES_APART,
    /** No order leaves for a venue whose answer is waited for. */
    RECONCILED_FIRST,
    /** No more requests wait for an order gateway's acknowledgement than the venue has room for. */
    EGRESS_ROOM_KEPT,
    /**
     * What each leg of each instance holds, what it cost and what profit it made are what its own fills come to, counted again from
     * the journal alone; an instrument's position and open orders are the sum of its legs'.
     */
    INSTANCES_APART,
    /** An id of an instance is given out once, by an input. */
    IDS_GIVEN_ONCE,
    /** What a suspended instance sends is an operator's; what one sends that is to be taken out makes its position smaller. */
    OPENS_NOTHING,
    /** An order that is to be gone is gone at last: until then it is known when its cancel is sent again, whatever is heard. */
    WISHES_KEPT,
    /** A request without an answer for the set time puts its order in doubt, and the venue is asked. */
    DOUBTS_ASKED,
    /** An order that the engine holds is watched until it leaves or ends, and one that is good till a time is over by then. */
    HELD_KEPT,
    /**
     * Every order of a list has its list, which lets none leave with more than its orders may yet fill together, and none wait for
     * more.
     */
    LISTS_KEPT,
    /** An account is halted where its venue reports what the ledger does not say, and only there; and no order leaves it then. */
    ACCOUNTS_HALT,
    /** What a source's role may not send has no effect, and what it may send has. */
    ROLES_KEPT,
    /** Each signal has one answer, and each id of a signal is answered once, over crashes and restarts. */
    SIGNALS_ANSWERED_ONCE,
    /** No order leaves that opens a position in the scope of a circuit breaker while that is open. */
    BREAKERS_KEEP_BACK,
    /** Nothing fails that should not. */
    NO_FAILURE,
    /** When faults have ended everything is linked, acknowledged and settled within a bounded number of steps. */
    SETTLES
}
