/**
 * What every part of the engine says its messages with: the record layout, the checksum, exact decimals, 128-bit amounts, instruments and
 * client order ids. The SBE codecs themselves are generated into {@code io.lockstep.sbe} from {@code sbe/*.xml}.
 * <p>
 * Conventions, here and in all other packages: prices are {@code long} ticks, quantities {@code long} lots, times
 * {@code long} nanoseconds since 1970-01-01T00:00:00Z; a name ends in its unit. An absent value is
 * {@link io.lockstep.codecs.Nulls}. Classes are for one thread unless they say otherwise, and methods allocate nothing
 * unless they return an object or say so.
 */
package io.lockstep.codecs;
