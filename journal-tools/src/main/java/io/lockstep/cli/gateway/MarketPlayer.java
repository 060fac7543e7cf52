package io.lockstep.cli.gateway;

import io.lockstep.cli.config.GatewaySettings;
import io.lockstep.codecs.Instrument;
import io.lockstep.gateways.feed.FeedGateway;
import io.lockstep.gateways.feed.MarketSource;
import io.lockstep.gateways.generator.GeneratorOptions;
import io.lockstep.gateways.generator.MarketGenerator;
import io.lockstep.gateways.recording.BookedSource;
import io.lockstep.gateways.recording.Recording;
import io.lockstep.sequencer.config.ConfigurationException;
import io.lockstep.sequencer.config.ConfiguredInstrument;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.config.SequencedTime;
import org.agrona.concurrent.SystemEpochNanoClock;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a feed plays; made again from the same settings it is the same, where time is the recorded one.
 *
 * @param time        that the node goes by.
 * @param instruments of the market, without the ids that only the node knows.
 * @param recording   that is played, or null for the settings' generator.
 */
public record MarketPlayer(
    SequencedTime time, List<Instrument> instruments, GatewaySettings settings,
    Recording recording) implements FeedGateway.SourceFactory
{
    /** 2026-01-01: where a recorded time begins for a market that is generated, so that the demo's is always the same. */
    private static final long GENERATED_RECORDING_START_NS = 1_767_225_600_000_000_000L;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** Plays the instruments of a node. */
    public static MarketPlayer of(final NodeContext node, final GatewaySettings settings, final Recording recording)
    {
        return new MarketPlayer(node.time(),
            node.instruments().stream().map(ConfiguredInstrument::instrument).toList(), settings, recording);
    }

    /** Whether there is anything to play. */
    public boolean isPlaying()
    {
        return recording != null || settings.generator() != null;
    }

    /**
     * @throws ConfigurationException when the node has not defined one of the instruments, or with other terms.
     */
    @Override
    public MarketSource create(final Function<String, Instrument> instrumentByName)
    {
        if (recording != null)
        {
            return new BookedSource(recording.source((instrument) -> known(instrumentByName, instrument).id()));
        }
        final long startTimeNs = time == SequencedTime.RECORDED
            ? GENERATED_RECORDING_START_NS
            : new SystemEpochNanoClock().nanoTime();
        final boolean isPart = !settings.generator().market().isEmpty();
        final MarketSource whole = new MarketGenerator(settings.generator().seed(), market(instrumentByName),
            settings.generator().events(), startTimeNs,
            NANOS_PER_SECOND / settings.generator().eventsPerSecond(), GeneratorOptions.defaults());
        return isPart ? ShardMarket.part(whole) : whole;
    }

    /** Of a shard the whole market, that of the others included. */
    private List<Instrument> market(final Function<String, Instrument> instrumentByName)
    {
        final Map<String, Instrument> ownByName = new LinkedHashMap<>();
        instruments.forEach((instrument) -> ownByName.put(instrument.name(), known(instrumentByName, instrument)));
        return settings.generator().market().isEmpty()
            ? List.copyOf(ownByName.values())
            : ShardMarket.numbered(settings.generator().market(), ownByName.keySet(), ownByName::get);
    }

    private static Instrument known(final Function<String, Instrument> instrumentByName, final Instrument instrument)
    {
        final Instrument known = instrumentByName.apply(instrument.name());
        if (known == null)
        {
            throw new ConfigurationException(
                "instrument=" + instrument.name() + ": expected one that the node has defined");
        }
        if (!known.hasTermsOf(instrument))
        {
            throw new ConfigurationException("instrument=" + instrument.name() +
                ": expected the terms that it has at the node: " + known + ", found: " + instrument);
        }
        return known;
    }
}
