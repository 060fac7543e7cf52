package io.lockstep.tools;

import io.lockstep.core.strategy.StrategyFactory;
import io.lockstep.sequencer.CoreHost;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.config.YamlSection;
import io.lockstep.sequencer.egress.Outbox;
import io.lockstep.sequencer.journal.JournalReader;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.node.Strategies;
import io.lockstep.sequencer.replay.Replayer;

import java.util.List;
import java.util.function.LongConsumer;

/**
 * A replay of a whole journal, outside of any node.
 */
final class ReplayRun
{
    private static final long INPUTS_BETWEEN_UPDATES = 16_384;

    private ReplayRun()
    {
    }

    /** Replays up to a sequence; the result says what came of it. */
    static Replayer run(final NodeDirectory directory, final boolean verify, final long toSequence)
    {
        return run(directory, verify, toSequence, (inputs) ->
        {
        });
    }

    /**
     * @param progress told of the number of inputs replayed, again and again.
     */
    static Replayer run(
        final NodeDirectory directory, final boolean verify, final long toSequence, final LongConsumer progress)
    {
        try (JournalReader reader = new JournalReader(directory))
        {
            final Replayer replayer = new Replayer(reader, new CoreHost(strategies(directory), Outbox.MUTED), verify);
            long before = 0;
            long pause = 0;
            do
            {
                before = replayer.inputs();
                pause = Math.min(toSequence, replayer.host().core().lastSequence() + INPUTS_BETWEEN_UPDATES);
                replayer.run(pause);
                progress.accept(replayer.inputs());
            }
            while (replayer.divergence() == null && replayer.inputs() > before && pause < toSequence);
            return replayer;
        }
    }

    /** The strategies that the journal's own configuration names. */
    private static List<StrategyFactory> strategies(final NodeDirectory directory)
    {
        try (JournalReader reader = new JournalReader(directory))
        {
            final JournalSummary summary = new JournalSummary();
            if (reader.next())
            {
                summary.addFirst(reader);
            }
            final String text = summary.configuration;
            return Strategies.load(
                NodeContext.read(YamlSection.parse(directory.configuration(), text), text).strategies());
        }
    }
}
