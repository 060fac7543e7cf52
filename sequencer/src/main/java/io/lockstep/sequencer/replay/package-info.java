/**
 * Running a journal's inputs through the core again and holding what it decides against what is recorded. One
 * thread, no clock.
 */
package io.lockstep.sequencer.replay;
