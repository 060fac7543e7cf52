/**
 * A node's configuration, read strictly from YAML: an unknown key or a wrong type is an error with file, line,
 * column and what was expected. Immutable once read; allocates freely, for it is used before the loop begins.
 */
package io.lockstep.sequencer.config;
