/**
 * The room of whoever reads a journal, beside the command line in one module: a library that other tools and tests use without a
 * command. It knows the codecs, the core, and the sequencer's journal, snapshots and replay; it knows nothing of commands, of
 * their arguments or of where output goes.
 */
package io.lockstep.journal;
