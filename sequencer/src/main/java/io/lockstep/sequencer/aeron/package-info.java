/**
 * The links over Aeron. On the sequencer's thread.
 */
package io.lockstep.sequencer.aeron;
