/**
 * What one seed decides: random numbers, the clock, which faults strike and when, and the trace that shows that the same seed did the
 * same. It knows no node, no gateway and no message, since everything else is drawn from it.
 */
package io.lockstep.verification.simulation.seed;
