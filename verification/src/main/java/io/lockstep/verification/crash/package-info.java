/**
 * {@code lockstep crash-test}: a node in a process of its own under load, killed at random moments and started again. It knows
 * how a node and its gateways are started and what files they leave; what is compared afterwards is in
 * {@link io.lockstep.verification.crash.audit}.
 */
package io.lockstep.verification.crash;
