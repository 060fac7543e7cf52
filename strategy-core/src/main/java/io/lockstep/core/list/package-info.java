/**
 * Lists of orders that depend on each other: OCO, OTO, OTOCO, bracket. It knows orders and what a list wants of them next; how that is
 * asked for, others know.
 */
package io.lockstep.core.list;
