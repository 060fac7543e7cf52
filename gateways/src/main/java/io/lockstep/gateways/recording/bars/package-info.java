/**
 * The format {@code bars-csv}: columns by their header, times, how long bars are, and bars that are left out. It knows no venue; files
 * that are not in order are sorted here.
 */
package io.lockstep.gateways.recording.bars;
