/**
 * Our orders: their life as a table of transitions, the pool they come from, and the open ones of each instrument.
 * One thread; the pool is allocated at the start and nothing after it.
 */
package io.lockstep.core.order;
