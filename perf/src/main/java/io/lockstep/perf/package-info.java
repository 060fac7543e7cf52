/**
 * Measurements: the whole loop beside its floors, and JMH benchmarks of the hot parts. Nothing here is part of the engine, and
 * no figure from here is ever a condition of a test.
 */
package io.lockstep.perf;
