/**
 * What a host is like: each setting that production wants of it, whether it has it, and how it is set. It reads what the system
 * shows, through {@link io.lockstep.cli.host.HostFiles} alone, and changes nothing.
 */
package io.lockstep.cli.host;
