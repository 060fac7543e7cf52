/**
 * What a crash test knows without trusting the node: when to kill it, what the venue was asked and answered, what the journal
 * holds, and whether all of that agrees. For tools: allocates freely, one thread each.
 */
package io.lockstep.verification.crash;
