/**
 * What takes turns on the one loop thread: the node, the same pipe with an empty core, and raw Aeron, each with its ends and the
 * probe that loads it. It knows how a node is started and the load, and no figure.
 */
package io.lockstep.perf.latency.path;
