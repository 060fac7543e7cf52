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

/**
 * A replay of a whole journal, outside of any node.
 */
final class ReplayRun
{
    private ReplayRun()
    {
    }

    /** Replays up to a sequence; the result says what came of it. */
    static Replayer run(final NodeDirectory directory, final boolean verify, final long toSequence)
    {
        try (JournalReader reader = new JournalReader(directory))
        {
            final Replayer replayer = new Replayer(reader, new CoreHost(strategies(directory), Outbox.MUTED), verify);
            replayer.run(toSequence);
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
