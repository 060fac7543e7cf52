/**
 * What commands are given: directories of nodes, shards and journals, files, options that several commands share, and the error
 * for what cannot be used. It knows a node's directories and no command.
 */
package io.lockstep.cli.argument;
