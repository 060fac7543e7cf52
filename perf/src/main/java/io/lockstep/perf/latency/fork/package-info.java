/**
 * One JVM and its measurement: what it is told, the turns it gives the paths, the histograms it leaves behind, and what forks are
 * summed up by. It knows the paths and not what their figures are said in.
 */
package io.lockstep.perf.latency.fork;
