package io.lockstep.sequencer.aeron;

import io.lockstep.sequencer.loop.Pinning;
import java.util.concurrent.ThreadFactory;

/**
 * Makes threads that stay on one processor.
 */
final class PinnedThreads implements ThreadFactory
{
    private final String key;
    private final int core;

    /**
     * @param key  that the processor was configured by, for messages.
     * @param core to pin to.
     */
    PinnedThreads(final String key, final int core)
    {
        this.key = key;
        this.core = core;
    }

    @Override
    @SuppressWarnings("try") // the pinning is held, not used
    public Thread newThread(final Runnable work)
    {
        return new Thread(() ->
        {
            try (Pinning pinning = new Pinning(key, core))
            {
                work.run();
            }
        });
    }
}
