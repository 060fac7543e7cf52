/**
 * The host of the deterministic core on one machine, a package for each stage of the loop and each concern around it; they form no
 * circle, and {@code node} puts everything together. Here is only what every package may throw at whoever started the process.
 * <p>
 * All of it belongs to one thread unless a class says otherwise.
 */
package io.lockstep.sequencer;
