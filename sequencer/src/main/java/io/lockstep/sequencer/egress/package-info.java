/**
 * The end of the loop at which decisions leave, and what the node says back to its gateways. On the sequencer's
 * thread; a send that does not succeed is tried again in a later turn, nothing blocks.
 */
package io.lockstep.sequencer.egress;
