package io.lockstep.verification.simulation.node;

import io.lockstep.core.host.CoreHost;
import io.lockstep.sequencer.snapshot.Snapshot;
import io.lockstep.sequencer.snapshot.SnapshotException;
import io.lockstep.sequencer.snapshot.SnapshotStore;
import io.lockstep.sequencer.snapshot.SnapshotWriter;
import io.lockstep.verification.simulation.audit.Invariant;
import io.lockstep.verification.simulation.audit.SimulationFailure;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Restores every snapshot as soon as it is written: the host comes out with the state hash it had, and writes the same bytes again.
 */
final class SnapshotAudit
{
    private SnapshotAudit()
    {
    }

    static void check(final SnapshotStore store, final Path file)
    {
        try
        {
            final Snapshot snapshot = Snapshot.read(store, file);
            final CoreHost host = SimulatedNode.newHost();
            snapshot.restore(host);
            final Rewritten rewritten = new Rewritten();
            new SnapshotWriter(rewritten, snapshot.build(), snapshot.configuration()).write(snapshot.position(), host);
            final int difference = Arrays.mismatch(store.read(file), rewritten.bytes.toByteArray());
            if (difference >= 0)
            {
                throw new SimulationFailure(Invariant.SNAPSHOTS_RESTORE,
                    "written again, a snapshot is another: " + file + " offset=" + difference);
            }
        }
        catch (final SnapshotException | IOException ex)
        {
            throw new SimulationFailure(Invariant.SNAPSHOTS_RESTORE,
                "a snapshot that was just written cannot be restored: " + ex.getMessage(), ex);
        }
    }

    /** Keeps what is written into it. */
    private static final class Rewritten implements SnapshotStore
    {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public List<Path> newestFirst()
        {
            return List.of();
        }

        @Override
        public byte[] read(final Path file)
        {
            return bytes.toByteArray();
        }

        @Override
        public Path write(final long sequence, final Contents contents) throws IOException
        {
            contents.writeTo(bytes);
            return Path.of("rewritten");
        }

        @Override
        public void prune(final int keep)
        {
            // There is one.
        }
    }
}
