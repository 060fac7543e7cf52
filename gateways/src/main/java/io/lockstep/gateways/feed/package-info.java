/**
 * Market data on its way to a node: {@link io.lockstep.gateways.feed.MarketSource} is what every recording and generator is, and
 * {@link io.lockstep.gateways.feed.FeedGateway} plays one over a link. It knows the link and no kind of source; each object belongs to
 * one thread, a gateway's counts may be read by any.
 */
package io.lockstep.gateways.feed;
