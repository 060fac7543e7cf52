/**
 * Places where orders go, each by itself: whether it is there, which requests it was sent, how it is being reconciled, and which
 * executions were taken. One venue knows nothing of another, and none knows a strategy.
 */
package io.lockstep.core.venue;
