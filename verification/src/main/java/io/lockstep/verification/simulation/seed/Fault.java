package io.lockstep.verification.simulation.seed;

/**
 * What goes wrong. A seed draws which of them happen in its run, and how often.
 */
public enum Fault
{
    /** The node's process is killed, somewhere in its work. */
    CRASH(60),
    /** The machine loses power, and the journal what was not written through. */
    POWER_FAILURE(25),
    /** The node is told to stop, and is started again. */
    STOP(25),
    /** An input comes on which the core fails. */
    CORE_FAILURE(10),
    /** The loop makes no turn for a while. */
    LOOP_STALL(25),
    /** An append fails for want of space. */
    DISK_FULL(15),
    /** There is little space left, for a while. */
    DISK_NEARLY_FULL(15),
    /** The journal goes on in another segment. */
    SEGMENT_ROLL(60),
    /** A snapshot is not what was written. */
    SNAPSHOT_DAMAGE(25),
    /** A stream loses all that is under way. */
    PATH_BREAK(60),
    /** A stream delivers nothing for a while, and then presses its sender back. */
    PATH_CLOG(60),
    /** The node's publication takes little for a while, and refuses the rest. */
    EGRESS_PRESSED(60),
    /** A stream becomes slow. */
    PATH_DELAY(40),
    /** A gateway's process ends and begins anew, with empty memory. */
    GATEWAY_RESTART(25),
    /** A gateway does nothing for a while. */
    GATEWAY_SILENCE(40),
    /** A gateway that is linked says Hello again. */
    REPEATED_HELLO(60),
    /** The venue cancels an order unasked. */
    VENUE_CANCEL(100),
    /** The venue answers nothing for a while. */
    VENUE_DELAY(60),
    /** The venue refuses cancels for a while, of orders that live on. */
    CANCELS_REFUSED(40),
    /** The venue loses requests for a while, and says nothing of them. */
    REQUESTS_LOST(25),
    /** The venue's answers to requests are lost for a while. */
    ANSWERS_LOST(25),
    /** The venue's account differs from its ledger. */
    ACCOUNT_DIFFERENCE(10),
    /** A source sends what its role may not. */
    FOREIGN_INPUT(25),
    /** The node's clock steps back. */
    CLOCK_BACK(40),
    /** The node's clock jumps ahead. */
    CLOCK_JUMP(25),
    /** The node's clock is too fast or too slow. */
    CLOCK_DRIFT(25),
    /** The node's clock stands still. */
    CLOCK_STALL(25),
    /** An operator gives a command. */
    COMMAND(200);

    private final int of10000Max;

    Fault(final int of10000Max)
    {
        this.of10000Max = of10000Max;
    }

    /** At most so often in 10,000 steps. */
    int of10000Max()
    {
        return of10000Max;
    }
}
