/**
 * What all paths are loaded with: a generated market, or a recording as a tape that goes round for ever. It knows market messages and
 * what a node must be configured with, and no path.
 */
package io.lockstep.perf.latency.load;
