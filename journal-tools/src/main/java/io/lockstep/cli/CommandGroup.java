package io.lockstep.cli;

/**
 * What a command is for: the headings under which {@code lockstep --help} lists the commands, in this order.
 */
public enum CommandGroup
{
    /** Starts a process that goes on until it is told to stop, or shows one that does. */
    RUN("Run"),
    /** Looks at a node or at its journal and changes neither. */
    ASK("Ask"),
    /** Takes recorded data. */
    RESEARCH("Research"),
    /** Changes a node, what it is configured with, or what it has left. */
    OPERATE("Operate"),
    /** Shows that what the engine promises holds. */
    PROVE("Prove"),
    /** Measures. */
    MEASURE("Measure");

    private final String heading;

    CommandGroup(final String heading)
    {
        this.heading = heading;
    }

    /** As the help has it, without a colon. */
    String heading()
    {
        return heading;
    }
}
