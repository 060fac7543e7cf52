/**
 * The public interface of strategies: what they are called for, what they see, what they may do, and how they save what they keep.
 * It shows the core's objects as views to be read, and knows no instance, desk or venue; strategies run within the core and are bound
 * by its rules: no clock, no randomness, no input or output, no threads, and no allocation but in their constructors.
 */
package io.lockstep.core.strategy;
