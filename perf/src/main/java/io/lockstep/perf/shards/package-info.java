/**
 * What many symbols and several shards cost: throughput and memory. It knows a
 * whole node as its users do, by its configuration.
 */
package io.lockstep.perf.shards;
