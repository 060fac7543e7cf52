/**
 * Which held orders of an instrument a price reaches: kept by price, so that an event that reaches none costs a comparison. It knows
 * orders and markets; what becomes of an order that is reached, others decide.
 */
package io.lockstep.core.trigger;
