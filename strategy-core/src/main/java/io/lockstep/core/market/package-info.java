/**
 * The market of one instrument: book, quotes, trades and bars, and whether they can be relied on. It knows the instrument and its
 * feeds' messages, and nothing of orders, positions or strategies.
 */
package io.lockstep.core.market;
