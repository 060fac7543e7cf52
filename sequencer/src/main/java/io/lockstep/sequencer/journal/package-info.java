/**
 * The journal on disk: a Chronicle Queue for each incarnation under one node directory, appended by one thread and
 * read back record by record. Appending allocates nothing; reading may be done by any process, one thread for each
 * reader.
 */
package io.lockstep.sequencer.journal;
