/**
 * The code that strategies are made of: a hash of it, and where it is other than the code that a journal was written by. It knows the core
 * and reads class files; it knows neither loop nor journal.
 */
package io.lockstep.sequencer.code;
