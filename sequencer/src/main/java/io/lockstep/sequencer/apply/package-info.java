/**
 * Holds a configuration against what the core has been told, and says the inputs that bring the one to the other. It sends nothing:
 * a start sequences the inputs itself, an operator's command sends them over its link.
 */
package io.lockstep.sequencer.apply;
