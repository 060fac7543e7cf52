package io.lockstep.cli.operate;

import io.lockstep.codecs.Instrument;
import io.lockstep.gateways.control.ControlClient;
import io.lockstep.gateways.control.OperatorCommands;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.counters.CounterNote;
import io.lockstep.sequencer.counters.InstanceLines;
import io.lockstep.sequencer.counters.NodeCounters;
import io.lockstep.sequencer.counters.VenueLines;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a running node calls its instruments, strategies' instances and venues, and which ids they have.
 */
final class NodeNames
{
    /** Of the instance that is nobody's. */
    static final String OPERATOR = "operator";

    private final ControlClient client;
    private final List<InstanceLines.Line> instances;
    private final List<VenueLines.Line> venues;

    NodeNames(final NodeDirectory node, final ControlClient client)
    {
        this.client = client;
        instances = InstanceLines.parse(NodeCounters.readNote(node.counters(), CounterNote.STRATEGIES));
        venues = VenueLines.parse(NodeCounters.readNote(node.counters(), CounterNote.VENUES));
    }

    /**
     * @throws UnknownNameException naming the nearest.
     */
    Instrument instrument(final String option, final String name)
    {
        final Instrument instrument = client.instrument(name);
        if (instrument == null)
        {
            throw new UnknownNameException(option, name, "an instrument the node has defined",
                client.instrumentNames());
        }
        return instrument;
    }

    /** The instrument with this id, or null. */
    Instrument instrument(final int id)
    {
        return client.instrumentNames().stream().map(client::instrument).filter((each) -> each.id() == id).findFirst()
            .orElse(null);
    }

    /**
     * Refuses what is neither a symbol nor the name of an instrument.
     *
     * @throws UnknownNameException naming the nearest.
     */
    void requireSymbol(final String option, final String symbol)
    {
        final List<String> known = client.instrumentNames().stream().map(client::instrument)
            .flatMap((each) -> Stream.of(each.symbol(), each.name())).distinct().toList();
        if (!known.contains(symbol))
        {
            throw new UnknownNameException(option, symbol, "a symbol, or symbol and venue, of the node", known);
        }
    }

    /** Its name; null when the node does not tell of it. */
    String strategyName(final int id)
    {
        return instances.stream().filter((instance) -> instance.id() == id).map(InstanceLines.Line::name).findFirst()
            .orElse(null);
    }

    /** The id of an instrument; of all when no name is given. */
    int instrumentIdOrAll(final String option, final String name)
    {
        return name == null ? OperatorCommands.ALL : instrument(option, name).id();
    }

    /** The id of an instance, which may be nobody's; of all when no name is given. */
    int strategyIdOrAll(final String option, final String name)
    {
        return name == null ? OperatorCommands.ALL : strategyId(option, name);
    }

    int strategyId(final String option, final String name)
    {
        return name.equals(OPERATOR) ? OperatorCommands.OPERATOR : strategy(option, name).id();
    }

    /**
     * @throws UnknownNameException naming the nearest.
     */
    InstanceLines.Line strategy(final String option, final String name)
    {
        return instances.stream().filter((instance) -> instance.name().equals(name)).findFirst()
            .orElseThrow(() -> new UnknownNameException(option, name, "a strategy's instance of the node",
                instances.stream().map(InstanceLines.Line::name).toList()));
    }

    /** Of an instance, or of what several instances run. */
    void requireStrategies(final String option, final String name)
    {
        final List<String> names = instances.stream()
            .flatMap((instance) -> Stream.of(instance.name(), instance.strategy()))
            .filter((each) -> !each.isEmpty() && !each.equals(OPERATOR)).distinct().toList();
        if (!names.contains(name))
        {
            throw new UnknownNameException(option, name, "a strategy's instance of the node, or a strategy", names);
        }
    }

    int venueId(final String option, final String name)
    {
        return venues.stream().filter((venue) -> venue.name().equals(name) || venue.account().equals(name)).findFirst()
            .orElseThrow(() -> new UnknownNameException(option, name, "a venue of the node, or the account of one",
                venues.stream().map(VenueLines.Line::name).toList()))
            .id();
    }
}
