/**
 * Our orders: their life as a table of transitions, the pool they come from, the open ones of each leg and instrument, and the
 * newest that are over. It knows messages and ids, and nothing of markets, risk or strategies.
 */
package io.lockstep.core.order;
