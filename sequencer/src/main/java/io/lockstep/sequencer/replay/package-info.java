/**
 * Running a journal's inputs through the core again and holding what it decides against what is recorded. It knows the core's host and the
 * journal, has one thread and reads no clock.
 */
package io.lockstep.sequencer.replay;
