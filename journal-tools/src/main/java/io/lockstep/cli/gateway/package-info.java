/**
 * Gateways in threads of their own: what plays a market, hosts a feed or a simulated venue, and {@code lockstep gateway}. It
 * knows the gateways and their end of the links; whether the node is in this process, it does not know.
 */
package io.lockstep.cli.gateway;
