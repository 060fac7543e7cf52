/**
 * The end of the loop at which decisions leave, to each venue's order gateway alone, and what the node says back to its gateways. It runs
 * on the sequencer's thread and knows the outbox and the links; a send that does not succeed is tried again in a later turn, nothing
 * blocks.
 */
package io.lockstep.sequencer.egress;
