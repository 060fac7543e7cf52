/**
 * {@code lockstep latency}: tick-to-trade under an open load, beside what the same pipe costs with an empty core, without a
 * journal and as raw Aeron, in alternation.
 * <p>
 * The command starts one JVM after another ({@link io.lockstep.perf.latency.fork.LatencyFork}). Each has one media driver, one
 * thread that sends and receives, and one loop thread on which the paths take turns; so whatever the machine does to one path
 * it does to all. Other engines, and Lockstep as one of them ({@link io.lockstep.perf.latency.peer.PeerMeasurement}), are measured
 * with the same load, each in a JVM of its own.
 */
package io.lockstep.perf.latency;
