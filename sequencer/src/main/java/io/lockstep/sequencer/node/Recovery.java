package io.lockstep.sequencer.node;

import io.lockstep.core.TradingCore;
import io.lockstep.sequencer.CoreHost;
import io.lockstep.sequencer.journal.RecordBatch;
import io.lockstep.sequencer.journal.JournalCorruptException;
import io.lockstep.sequencer.journal.JournalReader;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.replay.Divergence;
import io.lockstep.sequencer.replay.Replayer;

/**
 * Brings a host to where the journal of its node ends.
 *
 * @param predecessor how far the journal counts.
 * @param cutOff      decisions that a crash has kept out of the journal, to be completed.
 * @param inputs      replayed.
 * @param incarnation number of the next one.
 */
record Recovery(Incarnation.Predecessor predecessor, RecordBatch cutOff, long inputs, int incarnation)
{
    /**
     * Replays all there is.
     *
     * @throws NodeException when the journal is damaged, was written by another logic version, or does not replay to the
     *                       decisions it holds; what to do is in the message.
     */
    static Recovery replay(final NodeDirectory directory, final CoreHost host)
    {
        try (JournalReader reader = new JournalReader(directory))
        {
            final Replayer replayer = new Replayer(reader, host, true);
            replay(replayer);
            check(directory, host, replayer.divergence());
            reader.checkEnd();
            final RecordBatch cutOff = replayer.cutOff();
            host.decisions().clear();
            final int incarnation = directory.incarnations().stream().mapToInt(Integer::intValue).max().orElse(0) + 1;
            return new Recovery(
                new Incarnation.Predecessor(reader.lastSequence(), reader.chain(), reader.incarnationRecords()),
                cutOff, replayer.inputs(), incarnation);
        }
        catch (final JournalCorruptException ex)
        {
            throw new NodeException(NodeException.CHECK_FAILED, "journal damaged: " + directory.journal() + ": " +
                ex.getMessage() + "; run 'lockstep journal verify " + directory.path() +
                "' and restore the directory from a copy, or start with a new one");
        }
    }

    private static void replay(final Replayer replayer)
    {
        try
        {
            replayer.run(Long.MAX_VALUE);
        }
        catch (final IllegalStateException | ArithmeticException | IndexOutOfBoundsException ex)
        {
            checkLogicVersion(replayer.host());
            throw new NodeException(NodeException.CHECK_FAILED, "the core fails on the input of sequence=" +
                replayer.host().core().lastSequence() + ": " + ex, ex);
        }
    }

    private static void check(final NodeDirectory directory, final CoreHost host, final Divergence divergence)
    {
        checkLogicVersion(host);
        if (divergence != null)
        {
            throw new NodeException(NodeException.CHECK_FAILED, "replay diverges from the journal: " +
                directory.journal() + ": sequence=" + divergence.sequence() + " ordinal=" + divergence.ordinal() +
                "; run 'lockstep replay --verify --journal " + directory.path() + "' to see both records");
        }
    }

    /** First of all: another version's journal diverges, and that is not what is wrong with it. */
    private static void checkLogicVersion(final CoreHost host)
    {
        if (host.logicVersion() != 0 && host.logicVersion() != TradingCore.LOGIC_VERSION)
        {
            throw new NodeException(NodeException.CHECK_FAILED, "journal of another logic version: journal=" +
                host.logicVersion() + " this=" + TradingCore.LOGIC_VERSION
                + "; recover it with the version that wrote it");
        }
    }
}
