package io.lockstep.sequencer.config;

/**
 * Where something stands in a file; line and column are counted from 1.
 */
public record Place(int line, int column)
{
    static final Place BEGIN = new Place(1, 1);
}
