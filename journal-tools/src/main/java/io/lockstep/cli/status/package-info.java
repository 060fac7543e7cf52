/**
 * How a node is, seen from another process: {@code lockstep stat} and {@code lockstep health}. It reads a node's counters and
 * error log and nothing else of it, and disturbs no node.
 */
package io.lockstep.cli.status;
