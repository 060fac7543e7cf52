/**
 * What a link needs of whatever carries its messages: Aeron in a running system, a simulated network in a test of a
 * whole node. Each end is used by one thread.
 */
package io.lockstep.codecs.transport;
