/**
 * {@code lockstep simulate}: the whole node in one thread from one seed, the real loop, links, core, recovery and gateways over a
 * simulated network, clock and disk, with faults, and checks after every step. It knows the ends of the loop that a host provides
 * and provides them itself; the same seed does the same, always.
 */
package io.lockstep.verification.simulation;
