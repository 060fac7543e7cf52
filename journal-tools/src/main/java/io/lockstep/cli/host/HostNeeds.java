package io.lockstep.cli.host;

import io.lockstep.sequencer.config.DriverContext;
import io.lockstep.sequencer.config.NodeContext;

import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What is to run on a host, as far as it matters to it.
 *
 * @param cores              that threads are pinned to; empty for none.
 * @param journal            directory of the node.
 * @param aeron              directory of the media driver.
 * @param aeronBytes         that the driver's files take.
 * @param journalBytes       that must be free for the journal at any time.
 * @param socketBufferBytes  asked for each socket.
 */
public record HostNeeds(
    SortedSet<Integer> cores, Path journal, Path aeron, long aeronBytes, long journalBytes, long socketBufferBytes)
{
    private static final long MEBIBYTE = 1 << 20;
    /** Both directions of a node, a feed, a venue and an operator, and each again where it arrives over the network. */
    private static final int STREAMS = 8;
    private static final int TERMS = 3;
    private static final long DEFAULT_TERM_LENGTH = 8 * MEBIBYTE;
    private static final long DEFAULT_JOURNAL_BYTES = 1024 * MEBIBYTE;
    private static final long DEFAULT_SOCKET_BUFFER = 2 * MEBIBYTE;

    /** Where nothing is configured: a node in the working directory, with buffers for a fast network. */
    public static HostNeeds unconfigured()
    {
        return new HostNeeds(new TreeSet<>(), Path.of("node"), Path.of("/dev/shm"), logBytes(DEFAULT_TERM_LENGTH),
            DEFAULT_JOURNAL_BYTES, DEFAULT_SOCKET_BUFFER);
    }

    public static HostNeeds of(final NodeContext node)
    {
        final SortedSet<Integer> cores = new TreeSet<>();
        if (node.core() >= 0)
        {
            cores.add(node.core());
        }
        // One segment that is written, one that is made ahead, and what must not be used up.
        final long journalBytes = 2 * node.journal().segmentSizeBytes() + node.journal().minFreeSpaceBytes();
        return new HostNeeds(cores, node.directory(), node.driverDirectory(), logBytes(DEFAULT_TERM_LENGTH),
            journalBytes, DEFAULT_SOCKET_BUFFER);
    }

    public static HostNeeds of(final DriverContext driver)
    {
        return new HostNeeds(new TreeSet<>(driver.cores()), Path.of("node"), driver.directory(),
            logBytes(Math.max(driver.termLength(), driver.ipcTermLength())), DEFAULT_JOURNAL_BYTES,
            driver.socketBufferLength());
    }

    private static long logBytes(final long termLength)
    {
        return STREAMS * TERMS * termLength;
    }
}
