/**
 * Signals from outside: whose ids were answered before, which model gets one, and how much of it the model's budget allows. It knows
 * instruments and strategies' instances, and nothing of what a model does with a signal.
 */
package io.lockstep.core.signal;
