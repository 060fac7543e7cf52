/**
 * The pre-trade checks every order and replace passes, and the limits they hold it against. One thread; setting the
 * limit of orders a second allocates, checking does not.
 */
package io.lockstep.core.risk;
