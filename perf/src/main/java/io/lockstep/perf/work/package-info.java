/**
 * The hot parts of the engine, each in a state such as a node that has traded for a while has, ready to be done again and
 * again. Benchmarks, the regression gate and the look at inlining all run these, so that they speak of the same work.
 * <p>
 * Inputs are made beforehand from a fixed seed and vary, so that branches are as hard to predict as they are live; they come
 * round so that the state neither grows nor drifts.
 */
package io.lockstep.perf.work;
