/**
 * The node, real parts on simulated ends: its configuration, disk, snapshots, safety watch and follower, the replay beside it, and the
 * audits that need a core of their own. It knows the other ends of its links by the network alone, and no fault but those of the seed.
 */
package io.lockstep.verification.simulation.node;
