/**
 * A whole node with its gateways under a mixed load, and what each of its threads allocates meanwhile.
 */
package io.lockstep.verification.allocation;
