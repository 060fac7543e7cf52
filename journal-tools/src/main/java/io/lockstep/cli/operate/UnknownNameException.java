package io.lockstep.cli.operate;

import io.lockstep.codecs.text.Nearest;

import java.util.Collection;

/**
 * A node does not know a name; another shard may.
 */
final class UnknownNameException extends RuntimeException
{
    private static final long serialVersionUID = 1L;

    UnknownNameException(final String option, final String name, final String what, final Collection<String> known)
    {
        super(option + "=" + name + ": expected " + what + (known.isEmpty()
            ? ", and the node has none"
            : "; did you mean '" + Nearest.of(name, known) + "'?"));
    }
}
