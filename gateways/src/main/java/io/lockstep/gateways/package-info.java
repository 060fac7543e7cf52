/**
 * Everything that touches the world outside a node, a package for each kind: links, feeds, order entry, recordings, a generated market,
 * a simulated venue and the operator's end. It speaks to a node by messages alone: it knows the codecs, Aeron and, for a book of its
 * own, the core's order book; it never knows the sequencer, a journal or a command.
 */
package io.lockstep.gateways;
