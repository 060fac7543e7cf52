/**
 * The operator's end of a link: commands out, what became of them back. Blocking, for tools.
 */
package io.lockstep.gateways.control;
