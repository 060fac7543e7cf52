/**
 * The inputs of the core that are no reports of a venue: each kind has a class here, which checks it, applies it and
 * answers with a decision. It knows the core's state and the desk, and no input knows another.
 */
package io.lockstep.core.command;
