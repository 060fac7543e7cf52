/**
 * What compares venue and journal after a crash test: every market event, request, report and amount, by the venue's own record
 * and by the node's journal. It trusts no count of the node; it reads journals and what the simulated venue was observed to do,
 * and starts nothing.
 */
package io.lockstep.verification.crash.audit;
