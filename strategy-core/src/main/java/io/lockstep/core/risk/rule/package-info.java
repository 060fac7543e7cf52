/**
 * The chain of rules that every order passes behind the checks of its instrument: each a limit of one scope, from a strategy's leg to
 * the node, with what it counts; and the trading states of those scopes. It knows markets, exposures, accounts and an intended order,
 * and neither the strategy that asks nor what becomes of the order.
 */
package io.lockstep.core.risk.rule;
