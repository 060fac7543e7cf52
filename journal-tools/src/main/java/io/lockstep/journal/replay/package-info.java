/**
 * A journal run through the core again, from its start, a snapshot or a sequence. It knows the sequencer's replay and the
 * configuration that a journal names; it prints nothing and decides nothing about what it finds.
 */
package io.lockstep.journal.replay;
