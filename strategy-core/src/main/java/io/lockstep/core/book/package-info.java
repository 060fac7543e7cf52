/**
 * The order book of one instrument by price level. One thread; only growth up to the given number of levels
 * allocates.
 */
package io.lockstep.core.book;
