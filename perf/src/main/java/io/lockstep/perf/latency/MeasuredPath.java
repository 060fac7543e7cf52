package io.lockstep.perf.latency;

/**
 * What takes turns on the loop thread.
 */
enum MeasuredPath
{
    /** The pipe with an empty core: poll, append what came, append a prepared decision, send it. */
    FLOOR("floor", "journaled pipe, empty core"),
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
    String key()
    {
        return key;
    }

    String description()
    {
        return description;
    }
}
