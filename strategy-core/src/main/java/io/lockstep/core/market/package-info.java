/**
 * What an instrument's market data says and whether it can be relied on. One thread, no allocation beyond that of
 * the book.
 */
package io.lockstep.core.market;
