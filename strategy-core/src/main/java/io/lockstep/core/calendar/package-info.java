/**
 * Trading calendars: sessions and trading days as the journal defines them, by sequenced time alone. Knows no time zone, which the host
 * has turned into times before, and nothing of instruments but their ids.
 */
package io.lockstep.core.calendar;
