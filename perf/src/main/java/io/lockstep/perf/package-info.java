/**
 * Measurements: {@code lockstep latency}, {@code bench} and {@code measure}. Nothing here is part of the engine, and no time measured
 * here is ever a condition of a test.
 */
package io.lockstep.perf;
