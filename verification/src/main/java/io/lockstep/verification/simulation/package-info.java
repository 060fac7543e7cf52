/**
 * {@code lockstep simulate}: the whole node in one thread from one seed, the real loop, links, core, recovery and gateways over a
 * simulated network, clock and disk; here is the run, which lets node, gateways and faults take turns and checks after every step.
 * It puts its rooms together and is known to none of them; the same seed does the same, always.
 */
package io.lockstep.verification.simulation;
