/**
 * Strategies that trade: an instance with its legs, what it is made from, its timers, and how it is suspended. An instance knows
 * its legs and the interface of its strategy; it reaches the world through the desk alone.
 */
package io.lockstep.core.instance;
