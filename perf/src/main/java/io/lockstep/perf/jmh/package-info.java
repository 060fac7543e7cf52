/**
 * JMH benchmarks of the hot parts, one at a time. Run them with {@code perf/measure jmh}.
 */
package io.lockstep.perf.jmh;
