/**
 * Decoded records as text, JSON, YAML and CSV. It knows the schemas' names and {@link io.lockstep.codecs.text}, and nothing of
 * commands.
 */
package io.lockstep.journal.text;
