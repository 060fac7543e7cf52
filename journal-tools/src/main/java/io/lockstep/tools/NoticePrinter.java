package io.lockstep.tools;

import io.lockstep.sequencer.node.Node;

import java.io.PrintWriter;

/**
 * Prints what a node has to say while it starts and stops.
 */
class NoticePrinter implements Node.Listener
{
    private final PrintWriter err;

    NoticePrinter(final PrintWriter err)
    {
        this.err = err;
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
