/**
 * The command line: one class named Command for each verb of {@code lockstep}, and what they share. Commands may
 * allocate and block; none of this is on a node's hot path.
 */
package io.lockstep.cli;
