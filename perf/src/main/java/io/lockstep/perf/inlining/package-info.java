/**
 * {@code lockstep measure inlining}: what the compiler has made of the loop of a node under load, from its own log. It
 * knows the names of the loop's methods and runs in a JVM of its own.
 */
package io.lockstep.perf.inlining;
