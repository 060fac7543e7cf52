package io.lockstep.gateways.recording.bars;

import java.util.HashMap;
import java.util.Map;

/** How far apart the bars of a file open: what can be told of their length where the file's name does not say it. */
final class BarSpacing
{
    /** Different spacings that are counted; a file of more has none that is typical. */
    private static final int DIFFERENT_MAX = 10_000;
    /** Spacings within a tenth of the most frequent one are of the same bars: months, and days on which clocks change. */
    private static final long ALIKE_PARTS = 10;

    private final Map<Long, Long> countBySpacing = new HashMap<>();
    private long previousNs = Long.MIN_VALUE;

    void observe(final long openNs)
    {
        if (previousNs != Long.MIN_VALUE && previousNs != openNs)
        {
            final long spacingNs = Math.abs(openNs - previousNs);
            if (countBySpacing.size() < DIFFERENT_MAX || countBySpacing.containsKey(spacingNs))
            {
                countBySpacing.merge(spacingNs, 1L, Long::sum);
            }
        }
        previousNs = openNs;
    }

    /** The largest of those that are like the most frequent; 0 when there is none. */
    long typicalNs()
    {
        long mostFrequentNs = 0;
        long most = 0;
        for (final Map.Entry<Long, Long> entry : countBySpacing.entrySet())
        {
            final boolean isMore = entry.getValue() > most ||
                entry.getValue() == most && entry.getKey() > mostFrequentNs;
            mostFrequentNs = isMore ? entry.getKey() : mostFrequentNs;
            most = isMore ? entry.getValue() : most;
        }
        long largestNs = mostFrequentNs;
        for (final long spacingNs : countBySpacing.keySet())
        {
            if (spacingNs - mostFrequentNs <= mostFrequentNs / ALIKE_PARTS)
            {
                largestNs = Math.max(largestNs, spacingNs);
            }
        }
        return largestNs;
    }
}
