package io.lockstep.tools;

import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.Instrument;
import io.lockstep.core.strategy.Parameters;
import io.lockstep.core.strategy.StrategyFactory;
import io.lockstep.sbe.CommandReason;
import io.lockstep.sequencer.CoreHost;
import io.lockstep.sequencer.config.SequencedTime;
import io.lockstep.sequencer.Sequencer;
import io.lockstep.sequencer.SequencerMonitor;
import io.lockstep.sequencer.config.ConfigurationException;
import io.lockstep.sequencer.config.ConfiguredInstrument;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.config.StrategyAssignment;
import io.lockstep.sequencer.egress.Egress;
import io.lockstep.sequencer.egress.Outbox;
import io.lockstep.sequencer.ingress.Ingress;
import io.lockstep.sequencer.ingress.InputSink;
import io.lockstep.sequencer.journal.Journal;
import io.lockstep.sequencer.node.Incarnation;
import io.lockstep.sequencer.node.Strategies;
import org.agrona.DirectBuffer;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Gives a configuration to a core that is thrown away. A running core answers a limit or a strategy that it cannot use with a
 * refusal in the journal and goes on without; whoever starts one is to hear of it before anything has begun.
 */
final class ConfigurationCheck implements Ingress, Egress
{
    private final Path file;

    private ConfigurationCheck(final Path file)
    {
        this.file = file;
    }

    /**
     * @param file for messages.
     * @throws ConfigurationException naming the first thing that a core refuses.
     */
    static void run(final Path file, final NodeContext context)
    {
        final List<StrategyFactory> strategies = load(file, context);
        context.strategies().forEach((assignment) -> create(file, context, strategies, assignment));
        final ConfigurationCheck check = new ConfigurationCheck(file);
        final CoreHost host = new CoreHost(strategies, Outbox.MUTED);
        final Sequencer sequencer = new Sequencer(host, check, Journal.NONE, check, () -> 0, SequencedTime.RECORDED,
            SequencerMonitor.NONE, context.shard(), 1, 0);
        final Incarnation incarnation = new Incarnation(host, sequencer);
        incarnation.begin(context, 1, Incarnation.Predecessor.NONE);
        incarnation.configure(context);
    }

    private static List<StrategyFactory> load(final Path file, final NodeContext context)
    {
        try
        {
            return Strategies.load(context.strategies());
        }
        catch (final ConfigurationException ex)
        {
            throw new ConfigurationException(file + ": " + ex.getMessage());
        }
    }

    /** The factory itself says what is wrong; the core's refusal would only say that something is. */
    private static void create(
        final Path file,
        final NodeContext context,
        final List<StrategyFactory> strategies,
        final StrategyAssignment assignment)
    {
        for (final ConfiguredInstrument configured : context.instruments())
        {
            final Instrument instrument = configured.instrument();
            if (assignment.instruments().isEmpty() || assignment.instruments().contains(instrument.name()))
            {
                final Parameters parameters = new Parameters();
                for (final Map.Entry<String, Decimal> parameter : assignment.parameters().entrySet())
                {
                    parameters.put(parameter.getKey(), parameter.getValue());
                }
                try
                {
                    strategies.stream().filter((factory) -> factory.name().equals(assignment.name())).findFirst()
                        .orElseThrow().create(instrument, parameters);
                }
                catch (final IllegalArgumentException ex)
                {
                    throw new ConfigurationException(file + ": strategies.name=" + assignment.name() +
                        ": parameters: " + ex.getMessage());
                }
            }
        }
    }

    @Override
    public void onApplied(final DirectBuffer buffer, final int offset, final CommandReason reason)
    {
        if (reason != CommandReason.NULL_VAL && reason != CommandReason.ACCEPTED && reason != CommandReason.NO_CHANGE)
        {
            final Map<String, Object> record = new RecordDecoder().decode(buffer, offset);
            throw new ConfigurationException(file + ": " + record.get("template") + " " + record.get("message") +
                ": expected what the core accepts, it answers " + reason);
        }
    }

    @Override
    public int poll(final InputSink sink, final int limit, final long wallTimeNs)
    {
        return 0;
    }

    @Override
    public void onJournaled(final boolean idle)
    {
    }

    @Override
    public void flush()
    {
    }

    @Override
    public int doWork(final long wallTimeNs)
    {
        return 0;
    }
}
