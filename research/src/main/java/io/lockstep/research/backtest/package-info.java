/**
 * {@code lockstep backtest}: a node without a clock or a network, the loop over recorded data and the simulated venue in the
 * calling thread. It knows recordings, the loop and the simulated venue, and leaves a journal like any other.
 */
package io.lockstep.research.backtest;
