package io.lockstep.core.snapshot;

import org.agrona.sbe.MessageDecoderFlyweight;

/**
 * A part of the core's state that is saved in sections of its own behind all others, any number of them and none while it keeps
 * nothing: so a new kind of state changes neither the order of the other sections nor the hash of a state that has none of it.
 * One thread.
 *
 * @param <D> reads one section.
 */
public interface StateTable<D extends MessageDecoderFlyweight>
{
    /** How many sections {@link #save} writes. */
    int sectionCount();

    /** Writes the sections; allocates. */
    void save(SectionWriter writer);

    /** Of its sections; no other table has it. */
    int templateId();

    D newDecoder();

    /**
     * Takes one section, in the order in which they were written; allocates.
     *
     * @param section wrapped; it must be read to its end.
     * @throws IllegalArgumentException for a section that cannot follow.
     */
    void restore(D section);

    /** 0 while nothing is kept. */
    long stateHash();
}
