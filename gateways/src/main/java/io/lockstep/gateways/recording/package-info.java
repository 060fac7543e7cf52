/**
 * Recorded market data as SBE messages. {@link io.lockstep.gateways.recording.Recording} scans files and opens them as
 * a {@link io.lockstep.gateways.feed.MarketSource}; the venue's rules of continuity are settled here, once, by
 * {@code DepthSynchronizer}.
 */
package io.lockstep.gateways.recording;
