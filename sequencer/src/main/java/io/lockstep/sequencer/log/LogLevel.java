package io.lockstep.sequencer.log;

/**
 * How much a line matters.
 */
public enum LogLevel
{
    /** What went as it should. */
    INFO("INFO "),
    /** What somebody should look at in the course of the day. */
    WARN("WARN "),
    /** What should wake somebody. */
    ERROR("ERROR");

    private final String text;

    LogLevel(final String text)
    {
        this.text = text;
    }

    /** Five characters, so that lines stand in columns. */
    String text()
    {
        return text;
    }
}
