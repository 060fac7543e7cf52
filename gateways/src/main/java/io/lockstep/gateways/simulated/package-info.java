/**
 * A simulated venue and the order gateway in front of it. The venue has no thread and no clock of its own: its time
 * is the largest it has been given. One thread; allocates when it is made, for a new instrument, and while books
 * grow.
 */
package io.lockstep.gateways.simulated;
