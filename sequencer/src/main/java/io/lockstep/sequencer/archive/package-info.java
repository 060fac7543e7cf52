/**
 * A copy of a node's directory on another file system, made behind the loop, and the way back. It knows the
 * files of a node and nothing that runs.
 */
package io.lockstep.sequencer.archive;
