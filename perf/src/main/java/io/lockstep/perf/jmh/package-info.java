/**
 * JMH benchmarks of the hot parts, one at a time. {@code lockstep bench} runs them.
 */
package io.lockstep.perf.jmh;
