/**
 * What strategies have made: in the trading day, in a round trip, and what of it can be counted together in one currency. One thread.
 */
package io.lockstep.core.profit;
