/**
 * What is held at a venue, by asset and by instrument: kept by fills and entries, and compared with what the venue reports. It
 * knows instruments, messages and how fills become cash, and nothing of orders, strategies or markets.
 */
package io.lockstep.core.account;
