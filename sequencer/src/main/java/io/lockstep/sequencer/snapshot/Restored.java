package io.lockstep.sequencer.snapshot;

import io.lockstep.core.TradingCore;
import io.lockstep.core.host.CoreHost;
import io.lockstep.sequencer.code.CodeDifference;
import io.lockstep.sequencer.journal.JournalPosition;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A host at the newest state that a snapshot gives, or a new one at the start of the journal.
 *
 * @param host     to go on with.
 * @param snapshot it was restored from, or null for the start.
 */
public record Restored(CoreHost host, Snapshot snapshot)
{
    /**
     * Restores the newest snapshot that can be used; one that cannot is said and the one before it is tried, and when there is
     * none the journal's start is taken.
     *
     * @param toSequence newest input that may be in the state.
     * @param hosts      makes new hosts, one for each attempt.
     * @param notices    are told of each snapshot that is passed over.
     */
    public static Restored newest(
        final SnapshotStore store,
        final long toSequence,
        final Supplier<CoreHost> hosts,
        final Consumer<String> notices)
    {
        for (final Path file : store.newestFirst())
        {
            if (SnapshotDirectory.sequence(file) <= toSequence)
            {
                final CoreHost host = hosts.get();
                try
                {
                    final Restored restored = restore(store, file, host);
                    sayOtherHash(restored, notices);
                    return restored;
                }
                catch (final SnapshotException ex)
                {
                    notices.accept("snapshot not used, the one before it is taken: " + ex.getMessage() +
                        otherCode(host.core()));
                }
            }
        }
        return new Restored(hosts.get(), null);
    }

    /** Also of a core that was restored in part. */
    private static String otherCode(final TradingCore core)
    {
        final List<CodeDifference> differences = CodeDifference.of(core);
        return differences.isEmpty() ? "" : "; " + CodeDifference.text(differences);
    }

    private static void sayOtherHash(final Restored restored, final Consumer<String> notices)
    {
        if (!restored.snapshot.isHashedAs(restored.host))
        {
            notices.accept("snapshot=" + restored.snapshot.file()
                + ": its state comes out with another hash than it was saved with, " +
                "for strategies of other code hash it: checksums and chain are whole"
                + otherCode(restored.host.core()));
        }
    }

    private static Restored restore(final SnapshotStore store, final Path file, final CoreHost host)
    {
        final Snapshot snapshot = Snapshot.read(store, file);
        if (snapshot.logicVersion() > TradingCore.LOGIC_VERSION)
        {
            throw new SnapshotException("snapshot=" + file + ": logicVersion=" + snapshot.logicVersion() +
                ": expected at most " + TradingCore.LOGIC_VERSION
                + ": a build does not know what a newer one remembers");
        }
        if (snapshot.logicVersion() != TradingCore.LOGIC_VERSION && !snapshot.position().cleanEnd())
        {
            throw new SnapshotException("snapshot=" + file + ": logicVersion=" + snapshot.logicVersion() +
                ": expected " + TradingCore.LOGIC_VERSION + ", or one taken at a clean end");
        }
        snapshot.restore(host);
        return new Restored(host, snapshot);
    }

    /** Where the journal goes on. */
    public JournalPosition position()
    {
        return snapshot == null ? JournalPosition.START : snapshot.position();
    }

    /** The newest input in the state as it was restored, 0 at the start; the host may have gone on since. */
    public long sequence()
    {
        return position().lastSequence();
    }
}
