package io.lockstep.sequencer.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What becomes of a problem that is found while a configuration is read: the first is thrown, or all are collected. Of several
 * at one key the first is kept, for the others often follow from it.
 */
public final class Problems
{
    private final boolean collects;
    private final List<ConfigurationProblem> problems = new ArrayList<>();
    private final Set<String> keys = new HashSet<>();
    private int count;

    private Problems(final boolean collects)
    {
        this.collects = collects;
    }

    /** The first problem is thrown. */
    public static Problems thrown()
    {
        return new Problems(false);
    }

    /** All problems are kept; what is read in spite of one has its default. */
    public static Problems collected()
    {
        return new Problems(true);
    }

    /**
     * @throws ConfigurationException unless problems are collected.
     */
    public void add(final ConfigurationProblem problem)
    {
        if (!collects)
        {
            throw new ConfigurationException(List.of(problem));
        }
        count++;
        if (problem.key().isEmpty() || keys.add(problem.key()))
        {
            problems.add(problem);
        }
    }

    /** Takes over what an exception says. */
    public void add(final ConfigurationException exception, final String file)
    {
        if (exception.problems().isEmpty())
        {
            add(new ConfigurationProblem(file, 1, 1, "", exception.getMessage()));
        }
        else
        {
            exception.problems().forEach(this::add);
        }
    }

    /**
     * All that were added, those of one key included: whoever reads a part holds it against what it was before, to know whether the
     * part is whole.
     */
    public int count()
    {
        return count;
    }

    /** In the order of their places. */
    public List<ConfigurationProblem> list()
    {
        final List<ConfigurationProblem> sorted = new ArrayList<>(problems);
        sorted.sort(Comparator.comparingInt(ConfigurationProblem::line).thenComparingInt(ConfigurationProblem::column));
        return sorted;
    }

    /**
     * @throws ConfigurationException with all that were collected, when there are any.
     */
    public void throwAny()
    {
        if (!problems.isEmpty())
        {
            throw new ConfigurationException(list());
        }
    }
}
