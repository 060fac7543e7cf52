/**
 * A node without a clock or a network: the sequencer over recorded data and the simulated venue, all in the calling
 * thread.
 */
package io.lockstep.research.backtest;
