/**
 * The pre-trade checks that every order and replace passes, and the limits that they are held against. It knows the market, an
 * exposure and an intended order, and neither the strategy that asks nor what becomes of the order.
 */
package io.lockstep.core.risk;
