/**
 * What both ends of a link must agree on beyond the messages: how a source proves that it has its key.
 */
package io.lockstep.codecs.link;
