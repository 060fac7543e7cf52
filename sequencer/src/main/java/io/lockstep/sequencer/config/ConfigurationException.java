package io.lockstep.sequencer.config;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The configuration is not one that can be used; the message is {@code file:line:column: key=value: what was expected}, a line
 * for each problem.
 */
public final class ConfigurationException extends RuntimeException
{
    private static final long serialVersionUID = 2L;

    private final transient List<ConfigurationProblem> problems;

    /** For what has no place in a file. */
    public ConfigurationException(final String message)
    {
        super(message);
        problems = List.of();
    }

    public ConfigurationException(final List<ConfigurationProblem> problems)
    {
        super(problems.stream().map(ConfigurationProblem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** In the order of their places; empty where the message is all there is. */
    public List<ConfigurationProblem> problems()
    {
        return problems;
    }
}
