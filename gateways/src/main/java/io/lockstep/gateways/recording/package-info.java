/**
 * Recorded market data as SBE messages: {@link io.lockstep.gateways.recording.Recording} scans files and opens them as a
 * {@link io.lockstep.gateways.feed.MarketSource}. It knows the formats by their scans and sources, and no text of a venue; no format
 * knows it.
 */
package io.lockstep.gateways.recording;
