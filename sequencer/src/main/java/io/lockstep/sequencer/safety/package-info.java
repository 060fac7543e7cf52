/**
 * What a node watches of the world around it, and the inputs that it makes of what it sees: a stalled loop, a clock that steps, a disk
 * that fills, a directory that is gone. It knows the loop, to sequence those inputs, and decides nothing: what they mean is the core's to
 * say.
 */
package io.lockstep.sequencer.safety;
