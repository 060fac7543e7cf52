/**
 * The log that each process writes beside its journal: what an operator reads first, with the sequence that leads into the
 * journal. It knows records and files; nothing of it runs on the loop's thread but the offer of a line.
 */
package io.lockstep.sequencer.log;
