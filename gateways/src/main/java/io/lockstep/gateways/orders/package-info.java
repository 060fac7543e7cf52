/**
 * The order gateway between the node's link and any venue: each request is in its write-ahead log before it is handed to the
 * venue, and is never handed over twice. It knows the link and the messages, and of a venue nothing but
 * {@link io.lockstep.gateways.orders.VenueSession}.
 */
package io.lockstep.gateways.orders;
