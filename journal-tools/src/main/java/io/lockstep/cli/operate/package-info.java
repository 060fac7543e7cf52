/**
 * An operator's hand: {@code lockstep control} to a running node, {@code restore} to a node's directory, {@code check-host} to
 * its host. It knows the operator's end of a link and a node's directories; it never writes into a journal.
 */
package io.lockstep.cli.operate;
