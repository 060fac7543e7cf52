package io.lockstep.sequencer.node;

import io.lockstep.codecs.Instrument;
import io.lockstep.sequencer.config.ConfigurationException;
import io.lockstep.sequencer.config.ConfiguredInstrument;
import io.lockstep.sequencer.config.NodeContext;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where the shards of a node wait for one another once each has recovered: only then is it known what belongs to whom, and
 * nothing has been written yet. Any thread.
 */
final class ShardStart
{
    private final List<NodeContext> shards;
    private final Map<Integer, List<Instrument>> instrumentsByShard = new TreeMap<>();
    private boolean abandoned;

    /** Another shard could not start, or was told to stop before it had. */
    static final class AbandonedException extends RuntimeException
    {
        private static final long serialVersionUID = 1L;
    }

    ShardStart(final List<NodeContext> shards)
    {
        this.shards = shards;
    }

    /**
     * Waits for the others.
     *
     * @param instruments that the shard's journal has defined.
     * @throws ConfigurationException when an instrument is configured in one shard and defined in the journal of another.
     * @throws AbandonedException     when another shard will not come.
     */
    synchronized void onRecovered(final int shard, final List<Instrument> instruments)
    {
        instrumentsByShard.put(shard, instruments);
        notifyAll();
        while (instrumentsByShard.size() < shards.size() && !abandoned)
        {
            try
            {
                wait();
            }
            catch (final InterruptedException ex)
            {
                Thread.currentThread().interrupt();
                abandoned = true;
            }
        }
        if (abandoned)
        {
            throw new AbandonedException();
        }
        shards.forEach(this::requireNoneOfOthers);
    }

    /** A shard has ended. */
    synchronized void abandon()
    {
        abandoned = true;
        notifyAll();
    }

    private void requireNoneOfOthers(final NodeContext shard)
    {
        for (final ConfiguredInstrument configured : shard.instruments())
        {
            final String name = configured.instrument().name();
            instrumentsByShard.forEach((other, instruments) ->
            {
                if (other != shard.shard() && instruments.stream().anyMatch((known) -> known.name().equals(name)))
                {
                    throw new ConfigurationException("shards: instrument=" + name + ": expected in shard " + other +
                        ", whose journal has it, found in shard " + shard.shard() +
                        "; an instrument stays in its shard");
                }
            });
        }
    }
}
