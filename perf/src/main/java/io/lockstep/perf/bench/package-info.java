/**
 * {@code lockstep bench}: the JMH benchmarks with the allocation profiler, and what has changed between two results. It
 * knows the benchmarks by their names alone.
 */
package io.lockstep.perf.bench;
