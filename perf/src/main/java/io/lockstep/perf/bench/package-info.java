/**
 * {@code lockstep bench}: the JMH benchmarks with the allocation profiler, and what has changed between two results.
 */
package io.lockstep.perf.bench;
