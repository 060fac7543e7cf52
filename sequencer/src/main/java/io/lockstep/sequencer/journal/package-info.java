/**
 * The journal on disk: a Chronicle Queue for each incarnation under one node directory, appended by one thread and read back record by
 * record by any process, one thread for each reader. It knows records, and not what they mean; appending allocates nothing.
 */
package io.lockstep.sequencer.journal;
