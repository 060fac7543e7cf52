/**
 * The figures of all forks, which of them say something of what was measured, and how they are said: a table for people and a page with
 * plots. It knows what forks and peers have left behind, and starts nothing.
 */
package io.lockstep.perf.latency.report;
