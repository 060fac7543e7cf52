package io.lockstep.verification.simulation;

import io.lockstep.verification.simulation.audit.Invariant;

import java.util.List;

/**
 * What one seed did.
 *
 * @param faults    which the seed drew, and how often of 10,000 steps.
 * @param traceHash of all that happened; equal for equal seeds.
 * @param snapshots taken by followers.
 * @param restored  starts that began at a snapshot.
 * @param refused   messages that the node's publication did not take at once.
 * @param heldMax   most decisions that order gateways had not acknowledged.
 * @param suspended instances, for a callback had thrown.
 * @param differing balances and positions that were found to differ from a venue's report.
 * @param withoutRoom orders that were refused for want of room in a venue's egress.
 * @param signals   that a model has taken.
 * @param openings  of circuit breakers.
 * @param failure   the invariant that did not hold, or null.
 * @param message   what did not hold, or null.
 * @param trace     the newest events, oldest first.
 */
public record SimulationResult(
    long seed,
    long steps,
    String faults,
    long traceHash,
    long inputs,
    long decisions,
    long requests,
    long fills,
    long incarnations,
    long snapshots,
    long restored,
    long refused,
    long heldMax,
    long suspended,
    long differing,
    long withoutRoom,
    long signals,
    long openings,
    Invariant failure,
    String message,
    List<String> trace)
{
}
