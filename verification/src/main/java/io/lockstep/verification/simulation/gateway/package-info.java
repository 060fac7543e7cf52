/**
 * What the node talks with, real gateways on simulated ends: order gateways with their venues, the feed, the operator, and the network
 * between them and the node. They know the market, the plants and the audits that watch them, and the node by its messages alone.
 */
package io.lockstep.verification.simulation.gateway;
