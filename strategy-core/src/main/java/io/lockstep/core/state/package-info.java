/**
 * All that lasts from input to input, in its parts. Whatever is hashed, saved and restored is reached from here, and nothing here
 * decides.
 */
package io.lockstep.core.state;
