/**
 * Position and cash in whole lots and whole cash units. Exact: what does not fit in 63 bits is an {@link
 * java.lang.ArithmeticException}, and no floating point is used. No allocation.
 */
package io.lockstep.core.position;
