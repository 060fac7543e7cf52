/**
 * Places where orders go, each by itself: whether it is there, what it was sent, what it has said, and which executions were
 * taken. One venue knows nothing of another, and none knows a strategy.
 */
package io.lockstep.core.venue;
