/**
 * Timers the core has asked for, in an order that is a function of the inputs alone. One thread; only growth
 * allocates.
 */
package io.lockstep.sequencer.timer;
