package io.lockstep.cli.output;

import io.lockstep.sequencer.config.LogContext;
import io.lockstep.sequencer.log.ProcessLog;
import io.lockstep.sequencer.node.Node;

import java.io.PrintWriter;
import java.nio.file.Path;

/**
 * Prints what a node has to say while it starts and stops.
 */
public class NoticePrinter implements Node.Listener
{
    private final PrintWriter err;
    private final LogContext log;

    /**
     * @param log of the node.
     */
    public NoticePrinter(final PrintWriter err, final LogContext log)
    {
        this.err = err;
        this.log = log;
    }

    @Override
    public ProcessLog openLog(final Path directory)
    {
        return ProcessLog.open(log.in(directory), "node", err);
    }

    @Override
    public void onReady()
    {
    }

    @Override
    public void onStopping()
    {
    }

    @Override
    public void onNotice(final String notice)
    {
        err.println("lockstep: " + notice);
        err.flush();
    }
}
