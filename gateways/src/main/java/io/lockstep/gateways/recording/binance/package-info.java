/**
 * The format {@code binance-ws}: JSON frames of Binance and what they mean. The venue\x27s rules of continuity are settled here, once, by
 * {@code DepthSynchronizer}, and no other room sees JSON.
 */
package io.lockstep.gateways.recording.binance;
