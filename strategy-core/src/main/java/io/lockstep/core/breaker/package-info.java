/**
 * Circuit breakers: what they count, when they open, half open and close, and what they keep back meanwhile. One thread.
 */
package io.lockstep.core.breaker;
