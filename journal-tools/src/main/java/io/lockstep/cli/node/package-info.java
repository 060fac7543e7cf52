/**
 * A node and its media driver: {@code lockstep run}, {@code driver} and {@code recover}, a node in a process of its own, and the
 * start that the launcher archives classes by. It knows the node that the sequencer has and the gateways beside it.
 */
package io.lockstep.cli.node;
