/**
 * Other engines, and Lockstep as one of them, each measured in a JVM of its own with the same load. It knows what each of them does and
 * does not do; the engines themselves are in {@code perf/peers}, known by the names of their classes alone.
 */
package io.lockstep.perf.latency.peer;
