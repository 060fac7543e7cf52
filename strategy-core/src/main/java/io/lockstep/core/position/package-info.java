/**
 * Position in whole lots of 63 bits, and cash in whole cash units of 127. Exact: what does not fit is an {@link
 * java.lang.ArithmeticException}, and no floating point is used. No allocation.
 */
package io.lockstep.core.position;
