/**
 * A simulated venue that lives in a process of its own, and the order gateway's session with it. The two know each other by
 * frames over TCP, which carry the messages of the node's own protocol.
 */
package io.lockstep.gateways.simulated.remote;
