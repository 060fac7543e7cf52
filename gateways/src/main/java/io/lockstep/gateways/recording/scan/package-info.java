/**
 * What a first pass finds out about a recorded file, its symbols and how fine their numbers are, which the readers rely on. It knows
 * bytes and decimals; the passes themselves are with the formats.
 */
package io.lockstep.gateways.recording.scan;
