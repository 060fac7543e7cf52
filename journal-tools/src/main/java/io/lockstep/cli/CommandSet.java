package io.lockstep.cli;

import java.util.List;

/**
 * Commands of one group that live together, as their module offers them to the launcher: a class with a public constructor without
 * arguments, named in the module's {@code META-INF/services/io.lockstep.cli.CommandSet}.
 * <p>
 * The launcher makes each set at every start, so a set does nothing but name classes.
 */
public interface CommandSet
{
    /** What the commands are for. */
    CommandGroup group();

    /** Classes with picocli's {@code @Command} and a name there, in the order that the help lists them. */
    List<Class<?>> commands();
}
