/**
 * The open load, and what another engine needs in order to be measured with it in a JVM and on a class path of its own. Knows
 * nothing of Lockstep and needs nothing but HdrHistogram, so that it goes with any version of any library.
 */
package io.lockstep.peers;
