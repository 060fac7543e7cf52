/**
 * A made-up market that is the same for the same seed on every JVM. One thread; allocates in constructors only.
 */
package io.lockstep.gateways.generator;
