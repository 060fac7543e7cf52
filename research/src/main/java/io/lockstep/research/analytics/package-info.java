/**
 * What a run has earned and risked: equity by day and the statistics over it. It knows amounts, days and the sequenced state of a
 * core, and not where its inputs came from; allocates freely, one thread.
 */
package io.lockstep.research.analytics;
