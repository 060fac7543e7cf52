/**
 * How the core's state leaves it: as sections, each an SBE message of {@code sbe/snapshot.xml}. Saving and restoring
 * allocate; they run beside the core that trades, on one that follows it.
 */
package io.lockstep.core.snapshot;
