/**
 * Measurements of the journal and of what recovery rests on: appends, restarts, replay, checksums, snapshots and durability.
 */
package io.lockstep.perf.recovery;
