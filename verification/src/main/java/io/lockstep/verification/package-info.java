/**
 * The room of proofs over a whole node: it is killed in earnest, or simulated with faults from a seed, and everything that it has
 * left is compared with what others saw. It knows the other rooms, and none that a node is made of knows it, so that what it
 * finds is not of the engine's own making.
 */
package io.lockstep.verification;
