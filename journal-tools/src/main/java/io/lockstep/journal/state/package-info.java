/**
 * The state behind an input, as a snapshot would hold it, in words and numbers. It knows a core's sections and how records are decoded,
 * and neither how the state came about nor where it is printed.
 */
package io.lockstep.journal.state;
