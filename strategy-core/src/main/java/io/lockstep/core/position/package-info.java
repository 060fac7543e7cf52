/**
 * Positions in whole lots of 63 bits, and cash in whole cash units of 127, exact: what does not fit is an {@link
 * java.lang.ArithmeticException}, and no floating point is used. It knows an instrument's units and its fills, and nothing of orders.
 */
package io.lockstep.core.position;
