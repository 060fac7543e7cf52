/**
 * How a node comes to the state that it ended with: from the newest whole snapshot and the journal behind it, or, where an operator says
 * so, from a journal whose damaged tail is cut off. It knows snapshots, replay and the journal as it lies on disk, and neither link nor
 * clock.
 */
package io.lockstep.sequencer.recovery;
