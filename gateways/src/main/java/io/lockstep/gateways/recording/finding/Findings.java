package io.lockstep.gateways.recording.finding;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How often each {@link Finding} was met in a recording, and where first. For one thread. */
public final class Findings
{
    private static final int PLACES_MAX = 5;

    private final Map<Finding, Long> counts = new EnumMap<>(Finding.class);
    private final Map<Finding, List<String>> places = new EnumMap<>(Finding.class);

    public Findings()
    {
        for (final Finding finding : Finding.values())
        {
            counts.put(finding, 0L);
            places.put(finding, new ArrayList<>());
        }
    }

    public long count(final Finding finding)
    {
        return counts.get(finding);
    }

    /** The first few, as {@code file:line: field=value: what was done}. */
    public List<String> places(final Finding finding)
    {
        return List.copyOf(places.get(finding));
    }

    /** Whether data was wrong and is missing. */
    public boolean isFaulty()
    {
        return counts.entrySet().stream().anyMatch(entry -> entry.getKey().isFault() && entry.getValue() > 0);
    }

    public void add(final Finding finding, final String file, final long line, final String detail)
    {
        count(finding, 1);
        place(finding, file, line, detail);
    }

    public void count(final Finding finding, final long count)
    {
        counts.merge(finding, count, Long::sum);
    }

    public void place(final Finding finding, final String file, final long line, final String detail)
    {
        if (places.get(finding).size() < PLACES_MAX)
        {
            places.get(finding).add(BadInputException.message(file, line, detail));
        }
    }
}
