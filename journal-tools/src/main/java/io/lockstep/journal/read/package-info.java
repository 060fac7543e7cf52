/**
 * What a journal holds as a whole: where it can be read from, its counts, what its ids mean, and why a run has not traded. It
 * reads journals and snapshots on disk and changes neither; one thread for each object, allocates freely.
 */
package io.lockstep.journal.read;
