package io.lockstep.sequencer.egress;

/**
 * What must have happened before decisions are sent to an order gateway that comes, the same for each venue's.
 *
 * @param reconciles      whether it must say how its orders stand.
 * @param requestAgeMaxNs age by the wall clock from which on a new order or replace that it has not had is not sent to it;
 *                        {@link #NEVER_NS} for none.
 * @param acceptLostTail  whether to go on though it has decisions that the journal lost.
 */
public record ReadinessOptions(boolean reconciles, long requestAgeMaxNs, boolean acceptLostTail)
{
    /** As an age, for requests that never expire. */
    public static final long NEVER_NS = Long.MAX_VALUE;

    /** Whatever is there is sent as soon as the gateway is. */
    public static final ReadinessOptions NONE = new ReadinessOptions(false, NEVER_NS, false);
}
