/**
 * {@code lockstep demo}: the whole product in one go, killed and started again, with a page that says what happened. It knows how
 * a node and its gateways are started beside each other, and everything that reads a journal.
 */
package io.lockstep.cli.demo;
