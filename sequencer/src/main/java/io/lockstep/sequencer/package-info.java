/**
 * The host of the deterministic core: the loop and its stages ({@link io.lockstep.sequencer.Sequencer}), and what stands at
 * its two ends, one package each, named for the stage or the concern they serve. Packages below this one do not know it, but
 * for {@code replay} and {@code node}, which put everything together.
 * <p>
 * All of it belongs to one thread unless a class says otherwise.
 */
package io.lockstep.sequencer;
