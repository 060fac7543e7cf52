/**
 * Both ends of the links, without Aeron: gateways, node and core over a transport in memory that can lose sessions.
 */
package io.lockstep.verification.link;
