/**
 * What is said to the core: each kind of input that is no report of a venue has a class here, which checks it, applies it and
 * answers with a decision. It knows the core's state and the desk, and no input knows another.
 */
package io.lockstep.core.command;
