/**
 * {@code lockstep measure inlining}: what the compiler has made of the loop of a node under load, from its own log.
 */
package io.lockstep.perf.inlining;
