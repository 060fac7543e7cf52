package io.lockstep.sequencer.ingress;

import java.util.List;
import java.util.stream.Stream;

/**
 * The keys of sources. A source may have several, while it changes from one to the next; a range of sources may share one.
 */
public final class SourceKeys
{
    public static final SourceKeys NONE = new SourceKeys(List.of());

    private final List<Entry> entries;

    /**
     * One key.
     *
     * @param first of the source ids that have it.
     * @param last  of them.
     */
    public record Entry(int first, int last, byte[] key)
    {
    }

    public SourceKeys(final List<Entry> entries)
    {
        this.entries = List.copyOf(entries);
    }

    public boolean isEmpty()
    {
        return entries.isEmpty();
    }

    /** Those that a proof of the source may be made with; the first is the one it makes its own with. */
    public List<byte[]> of(final int sourceId)
    {
        return matching(sourceId).map(Entry::key).toList();
    }

    private Stream<Entry> matching(final int sourceId)
    {
        return entries.stream().filter((entry) -> entry.first <= sourceId && sourceId <= entry.last);
    }
}
