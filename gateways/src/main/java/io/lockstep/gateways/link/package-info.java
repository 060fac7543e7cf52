/**
 * A gateway's end of its link to the node: numbered messages, kept until they are in the node's journal. One thread
 * for each link; an instrument's definition allocates when it is first heard, nothing else does.
 */
package io.lockstep.gateways.link;
