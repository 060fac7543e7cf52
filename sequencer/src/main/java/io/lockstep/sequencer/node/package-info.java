/**
 * A node's life around the loop: lock, recovery, incarnation, connections, end. It knows every other package and none knows it; the loop
 * runs on the thread that calls {@link io.lockstep.sequencer.node.Node#run}.
 */
package io.lockstep.sequencer.node;
