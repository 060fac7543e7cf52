/**
 * The streams between gateways and their node, as those who sit at the gateways' end open them. It knows channels and a driver's
 * connection, and no gateway.
 */
package io.lockstep.cli.link;
