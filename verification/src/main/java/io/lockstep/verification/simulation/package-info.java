/**
 * The whole node in one thread, from one seed: the real loop, links, core, recovery and gateways over a simulated network,
 * clock and disk, with faults, and checks after every step. The same seed does the same, always.
 */
package io.lockstep.verification.simulation;
