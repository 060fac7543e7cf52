/**
 * Orders on their way out and what comes of them: the desk that every order passes, the reports of venues, and the reconciliation
 * of each venue with the journal. It knows orders, positions, risk and venues; which strategy asks, it learns with each order.
 */
package io.lockstep.core.execution;
