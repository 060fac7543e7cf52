/**
 * The links and the media driver, over Aeron: channels, the driver's directory and the process that runs one. It knows records as bytes,
 * and nothing of what they say.
 */
package io.lockstep.sequencer.aeron;
