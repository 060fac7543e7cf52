/**
 * The command line: the launcher's entry, exit statuses, messages and help, and {@link io.lockstep.cli.CommandSet}, by which
 * every module offers its commands. This package knows no command; commands are found as services, live beside what they command,
 * and may allocate and block, for none of them is on a node's hot path.
 */
package io.lockstep.cli;
