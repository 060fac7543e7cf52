/**
 * Lines of files as bytes: plain, gzip or zip, each archive held against its checksums, and the numbers and names in a line. It knows
 * no format, and allocates only to grow.
 */
package io.lockstep.gateways.recording.text;
