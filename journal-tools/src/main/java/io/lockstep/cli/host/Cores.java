package io.lockstep.cli.host;

import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Sets of processors as the kernel writes them: {@code 1-3,8}.
 */
final class Cores
{
    private static final int CORE_MAX = 1 << 16;

    private Cores()
    {
    }

    /** What is no number is left, such as the flags in front of the list of {@code isolcpus}. */
    static SortedSet<Integer> parse(final String list)
    {
        final SortedSet<Integer> cores = new TreeSet<>();
        for (final String part : list.strip().split(","))
        {
            if (part.matches("[0-9]{1,5}(-[0-9]{1,5})?"))
            {
                final String[] ends = part.split("-");
                final int last = Math.min(CORE_MAX, Integer.parseInt(ends[ends.length - 1]));
                for (int core = Integer.parseInt(ends[0]); core <= last; core++)
                {
                    cores.add(core);
                }
            }
        }
        return cores;
    }

    /** As the kernel writes it, or {@code none}. */
    static String text(final SortedSet<Integer> cores)
    {
        final StringBuilder text = new StringBuilder();
        for (final Integer core : cores)
        {
            if (!cores.contains(core - 1))
            {
                text.append(text.isEmpty() ? "" : ",").append(core);
                if (cores.contains(core + 1))
                {
                    text.append('-');
                }
            }
            else if (!cores.contains(core + 1))
            {
                text.append(core);
            }
        }
        return text.isEmpty() ? "none" : text.toString();
    }
}
