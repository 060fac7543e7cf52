/**
 * {@code lockstep bench --gate}: whether a change has made a hot part do more. Bytecodes executed and bytes allocated are counts
 * and the same on every machine; time is judged only as a ratio to a kernel that ran in the same moments on the same thread.
 */
package io.lockstep.perf.gate;
