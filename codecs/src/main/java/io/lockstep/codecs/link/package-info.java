/**
 * What both ends of a link must agree on beyond the messages: how a source proves that it has its key. It knows keys
 * and bytes, and neither end.
 */
package io.lockstep.codecs.link;
