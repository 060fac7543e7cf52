/**
 * The order book of one instrument by price level; only growth up to the given number of levels allocates. It knows prices,
 * quantities and update ids, and neither where they come from nor who trades on them.
 */
package io.lockstep.core.book;
