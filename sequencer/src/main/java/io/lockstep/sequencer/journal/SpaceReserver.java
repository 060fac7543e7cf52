package io.lockstep.sequencer.journal;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Makes sure of disk space for a file before it is written through a memory map, where a full disk would be a SIGBUS.
 */
@FunctionalInterface
public interface SpaceReserver
{
    /**
     * When this returns, writing any byte of the range cannot fail for want of space. The file exists; the bytes of the range
     * that were not written are zero.
     *
     * @throws IOException when the space is not there.
     */
    void reserve(Path file, long offset, long length) throws IOException;
}
