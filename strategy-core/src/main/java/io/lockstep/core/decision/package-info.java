/**
 * The decisions of the core: each is written here, with its ordinal and, for an order of a strategy, its cause. It knows the
 * schema and the port that takes decisions, and not why one is taken.
 */
package io.lockstep.core.decision;
