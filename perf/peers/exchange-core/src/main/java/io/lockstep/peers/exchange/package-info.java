/**
 * exchange-core under the open load. It knows that engine and {@link io.lockstep.peers}, and nothing of Lockstep.
 */
package io.lockstep.peers.exchange;
