/**
 * What a running node counts for whoever watches it from outside, in a file that any process may read: one counter each, written by the
 * node's threads without waiting. It knows the core's host that it counts, and not the loop.
 */
package io.lockstep.sequencer.counters;
