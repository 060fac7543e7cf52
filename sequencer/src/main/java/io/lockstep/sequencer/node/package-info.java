/**
 * A node's life around the loop: lock, recovery, incarnation, connections, counters, end. The loop runs on the
 * thread that calls {@link io.lockstep.sequencer.node.Node#run}; counters and the error log may be read by any
 * process.
 */
package io.lockstep.sequencer.node;
