/**
 * {@code lockstep book}: the order book of a recording, rebuilt from snapshots and changes alone. It knows recordings and the
 * core's book; no core runs and no journal is written.
 */
package io.lockstep.research.book;
