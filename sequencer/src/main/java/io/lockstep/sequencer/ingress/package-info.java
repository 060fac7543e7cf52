/**
 * The end of the loop at which inputs arrive: messages are checked, and each source's are taken once and in the
 * source's order. On the sequencer's thread; only the first message of a source allocates.
 */
package io.lockstep.sequencer.ingress;
