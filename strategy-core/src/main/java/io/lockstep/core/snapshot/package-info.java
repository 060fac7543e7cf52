/**
 * How the core's state is saved and restored: as sections, each an SBE message of {@code sbe/snapshot.xml}, by a core that follows
 * the one that trades. It knows every part of the state, and no file and no journal.
 */
package io.lockstep.core.snapshot;
