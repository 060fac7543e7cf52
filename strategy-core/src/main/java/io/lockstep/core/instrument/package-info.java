/**
 * An instrument and all that belongs to it, whoever trades it: market, limits, open orders, the sum of positions, and the legs of
 * the instances there. It knows no venue's life and decides nothing.
 */
package io.lockstep.core.instrument;
