/**
 * Whether a journal is whole: every record by itself and with its neighbours, and the journal against what lies beside it and
 * once saw it. It knows what a node leaves in its directory and only reads there.
 */
package io.lockstep.journal.verify;
