/**
 * Snapshots: the state after one input, written by a follower of the journal so that the loop never waits for one, and read
 * when a node starts. One thread for each writer; readers may be anywhere.
 */
package io.lockstep.sequencer.snapshot;
