/**
 * The bugs that are put in on purpose, one at a time, at the seams between real parts, to see that the audits find them. They know the
 * parts that they disturb by interfaces of the engine, and the market; the room of the audits does not know them.
 */
package io.lockstep.verification.simulation.plant;
