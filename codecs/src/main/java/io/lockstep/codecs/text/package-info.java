/**
 * The text that people and other programs read: decimals with their unit, ISO 8601 times, and the escaping that terminals, CSV,
 * JSON, YAML and HTML need. All output of the commands, and every log line, takes its text from here.
 * <p>
 * Nothing here depends on the locale, and everything allocates: it is for tools and for threads beside the loop. Methods are
 * static or their classes immutable, so any thread may call them.
 */
package io.lockstep.codecs.text;
