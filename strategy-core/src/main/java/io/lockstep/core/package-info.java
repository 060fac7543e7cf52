/**
 * The deterministic core: {@link io.lockstep.core.TradingCore} takes sequenced inputs and writes decisions, and
 * nothing else.
 * <p>
 * All packages below belong to one thread. They allocate for definitions and configuration, and while a book or a
 * table grows to its size; in steady state they allocate nothing. What may not be used here, and what to use
 * instead, is in the rules of {@code PurityTest}.
 */
package io.lockstep.core;
