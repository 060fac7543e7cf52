/**
 * A Chronicle Queue between two threads under the open load. It knows that library and {@link io.lockstep.peers}, and nothing of
 * Lockstep.
 */
package io.lockstep.peers.queue;
