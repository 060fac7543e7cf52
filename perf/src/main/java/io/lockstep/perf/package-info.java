/**
 * Measurements: {@code lockstep latency} and {@code lockstep bench}. Nothing here is part of the engine, and no time measured
 * here is ever a condition of a test.
 */
package io.lockstep.perf;
