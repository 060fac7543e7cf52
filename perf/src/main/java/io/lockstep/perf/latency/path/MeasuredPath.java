package io.lockstep.perf.latency.path;

/**
 * What takes turns on the loop thread.
 */
public enum MeasuredPath
{
    /** The node's pipe with an empty core: links, sequence, checksums, journal, and a prepared decision. */
    FLOOR("floor", "the node's pipe, journaled, with an empty core"),
    /** The same without a journal. */
    UNJOURNALED("unjournaled", "the same pipe without a journal"),
    /** A prepared decision is sent for each message that asks for one, from within the poll. */
    ECHO("echo", "Aeron alone, there and back"),
    /** A node: links, sequence, journal, book, indicators, strategy, risk, order, journal, link. */
    TICK_TO_TRADE("tickToTrade", "the whole path, all journaled"),
    /** Nobody works; the sender's thread looks for gaps in time. */
    HICCUP("hiccup", "the idle machine: gaps between two looks at the clock");

    private final String key;
    private final String description;

    MeasuredPath(final String key, final String description)
    {
        this.key = key;
        this.description = description;
    }

    /** In JSON and in names of files. */
    public String key()
    {
        return key;
    }

    public String description()
    {
        return description;
    }
}
