/**
 * The strategy that journals kept from earlier versions name by its class, in the package that it had when they were written. It
 * knows the strategies' interface and nothing else, and it stays here, for those journals never change.
 */
package io.lockstep.tools;
