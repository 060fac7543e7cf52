/**
 * The one thread's duty cycle: it takes inputs at one end, gives each its sequence and time, journals and applies them, and sends what
 * was decided at the other. The loop knows ingress, journal and egress by their interfaces and the core's host, and not the node around
 * it.
 */
package io.lockstep.sequencer.loop;
