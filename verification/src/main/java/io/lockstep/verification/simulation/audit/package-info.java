/**
 * The invariants, and the audits that hold them against the journal, the messages that were sent, the venues and the core. They count
 * for themselves from bytes and views; they know the market, and neither the node nor the gateways nor the plants that they judge.
 */
package io.lockstep.verification.simulation.audit;
