/**
 * What a host and a node on it are like: the settings that production wants of the host, and whether a node is well. Only
 * reads.
 */
package io.lockstep.cli.host;
