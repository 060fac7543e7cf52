/**
 * The strategies that come with the engine, found as services like anybody's own. They know the public interface of the core
 * ({@link io.lockstep.core.strategy}, the market, orders, positions and instruments that it shows) and nothing that hosts it, which
 * is the proof that the interface suffices.
 */
package io.lockstep.strategies;
