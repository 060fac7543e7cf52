/**
 * What every simulated node trades and may do: venues, instruments, instances, the strategy that they run, the commands that define
 * them, and what a venue's account is made to say that its ledger does not. It knows the seed alone, and nobody who trades.
 */
package io.lockstep.verification.simulation.market;
