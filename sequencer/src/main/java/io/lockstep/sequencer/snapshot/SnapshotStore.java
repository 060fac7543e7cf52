package io.lockstep.sequencer.snapshot;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the snapshots of a node are kept, each under a name that says its sequence; see {@link SnapshotDirectory#sequence}.
 */
public interface SnapshotStore
{
    /** Gives a snapshot's bytes, in order. */
    @FunctionalInterface
    interface Contents
    {
        void writeTo(OutputStream out) throws IOException;
    }

    /** The newest first; empty when there are none. */
    List<Path> newestFirst();

    /** All bytes of a snapshot. */
    byte[] read(Path file) throws IOException;

    /**
     * Keeps a snapshot: after a crash at any moment it is there whole or not at all.
     *
     * @return its name.
     */
    Path write(long sequence, Contents contents) throws IOException;

    /** Removes all but the newest so many, and what a crash has left half written. */
    void prune(int keep);
}
