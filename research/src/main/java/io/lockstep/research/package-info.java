/**
 * The room of recorded data: backtests with their analytics, and books rebuilt. It knows recordings, the core with its loop, the
 * simulated venue and the command line; it runs without network and without clock, and no node that trades knows it.
 */
package io.lockstep.research;
