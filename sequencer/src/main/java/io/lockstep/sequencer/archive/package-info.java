/**
 * A copy of a node's directory on another file system, made behind the loop, and the way back.
 */
package io.lockstep.sequencer.archive;
