/**
 * All that must be remembered beside the core wherever it runs: timers, the table of sources, decisions that wait for their gateway, and the sections
 * of a snapshot, all of it a function of the inputs. It knows the core and the records, and neither journal, link, clock nor thread, so
 * that loop, replay, backtest, tools and a replicated log can all host the core by it.
 */
package io.lockstep.core.host;
