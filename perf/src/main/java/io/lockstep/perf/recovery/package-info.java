/**
 * Measurements of the journal and of what recovery rests on: appends, restarts, replay, checksums, snapshots and durability. Each
 * knows the part of the sequencer that it measures, and none judges a figure.
 */
package io.lockstep.perf.recovery;
