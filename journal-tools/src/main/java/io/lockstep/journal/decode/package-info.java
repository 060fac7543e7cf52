/**
 * A record's message as names and values, by the schemas themselves. It knows the schemas and the record's layout, no journal on
 * disk and no form of text; one thread for each decoder, allocates freely.
 */
package io.lockstep.journal.decode;
