/**
 * Plays a market source over a link to the node. An agent of one thread; its counts may be read by any.
 */
package io.lockstep.gateways.feed;
