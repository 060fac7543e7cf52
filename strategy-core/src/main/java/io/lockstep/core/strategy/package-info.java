/**
 * What a strategy is given and what it may do. Strategies run within the core and are
 * bound by its rules: no clock, no randomness, no input or output, no threads. They allocate in their constructors
 * only.
 */
package io.lockstep.core.strategy;
