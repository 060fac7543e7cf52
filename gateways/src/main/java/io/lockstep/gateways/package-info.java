/**
 * Where market data comes from, whatever its kind: one {@link io.lockstep.gateways.MarketSource} for recordings,
 * generators and several of them merged. Each source is for one thread.
 */
package io.lockstep.gateways;
