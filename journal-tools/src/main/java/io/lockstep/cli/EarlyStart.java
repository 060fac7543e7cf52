package io.lockstep.cli;

import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.wire.WireType;

/**
 * What takes long at a node's start and depends on nothing: Chronicle prepares its calls of the system when it is first used. That
 * is done on a thread of its own while the command line is parsed. Nobody else uses Chronicle meanwhile, for its classes
 * initialise each other.
 */
public final class EarlyStart
{
    private static Thread thread;

    private EarlyStart()
    {
    }

    /** Main thread, as here and below. */
    static void begin()
    {
        thread = new Thread(
            () -> WireType.BINARY_LIGHT.apply(Bytes.allocateElasticOnHeap()).write("start").text("early"),
            "lockstep-early");
        thread.setDaemon(true);
        thread.start();
    }

    /** Returns when Chronicle may be used; at once where nothing was begun. */
    public static void await() throws InterruptedException
    {
        if (thread != null)
        {
            thread.join();
        }
    }
}
