/**
 * Limits and trading states of a core in words and numbers: what of each limit is used, what is left, who has set it and what it has
 * refused last. It reads a core that stands still, and knows neither how that came about nor where it is printed.
 */
package io.lockstep.journal.risk;
