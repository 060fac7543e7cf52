/**
 * What many symbols and several shards cost: throughput and memory.
 */
package io.lockstep.perf.shards;
