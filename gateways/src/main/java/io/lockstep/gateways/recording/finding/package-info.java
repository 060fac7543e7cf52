/**
 * What is wrong with a recording: lines that cannot be used, what is left out or rounded, and whether to refuse or to report it. It
 * knows names of files and numbers of lines, and no format.
 */
package io.lockstep.gateways.recording.finding;
