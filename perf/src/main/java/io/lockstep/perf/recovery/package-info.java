/**
 * Measurements of what recovery rests on: restarts, replay, checksums, snapshots and durability.
 */
package io.lockstep.perf.recovery;
