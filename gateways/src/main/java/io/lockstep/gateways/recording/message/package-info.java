/**
 * What the readers of all formats share: the encoder of market data messages, a queue of them, and one instrument\x27s numbers in ticks
 * and lots. It knows what a scan has found out, and no format.
 */
package io.lockstep.gateways.recording.message;
