/**
 * The end of the loop at which inputs arrive: messages are checked, and each source's are taken once and in the source's order. It runs on
 * the sequencer's thread, knows records and links, and neither the core nor the journal; only the first message of a source allocates.
 */
package io.lockstep.sequencer.ingress;
