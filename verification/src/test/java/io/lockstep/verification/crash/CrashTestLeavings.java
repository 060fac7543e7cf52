package io.lockstep.verification.crash;

import io.lockstep.cli.argument.Directories;
import io.lockstep.cli.config.GatewaySettings;
import io.lockstep.cli.gateway.MarketPlayer;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.core.TradingCore;
import io.lockstep.gateways.feed.MarketSource;
import io.lockstep.journal.replay.ReplayRun;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.config.YamlSection;
import io.lockstep.sequencer.journal.JournalReader;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.verification.crash.audit.JournalContents;
import io.lockstep.verification.crash.audit.Ledger;
import io.lockstep.verification.crash.audit.MarketCheck;
import io.lockstep.verification.crash.audit.VenueRecord;
import org.agrona.DirectBuffer;

import java.nio.file.Path;
import java.util.function.Predicate;

/** What a crash test that went well has left, to be looked at in other ways. */
final class CrashTestLeavings
{
    private final NodeDirectory directory;
    private final NodeContext context;
    private final GatewaySettings settings;
    private final TradingCore core;

    CrashTestLeavings(final Path node)
    {
        directory = new NodeDirectory(node);
        final String text = Directories.read(node.resolve("node.yaml"));
        context = NodeContext.read(YamlSection.parse(node.resolve("node.yaml"), text), text);
        final String gateways = Directories.read(node.resolve("gateways.yaml"));
        settings = GatewaySettings.read(YamlSection.parse(node.resolve("gateways.yaml"), gateways));
        core = ReplayRun.whole(directory, false).host().core();
    }

    NodeContext context()
    {
        return context;
    }

    GatewaySettings settings()
    {
        return settings;
    }

    Ledger engine()
    {
        return Ledger.of(core, context.shard());
    }

    /** The market with another seed or length. */
    MarketSource market(final long seed, final long events)
    {
        final GatewaySettings other = new GatewaySettings(settings.recordings(), settings.format(),
            new GatewaySettings.Generator(seed, events, settings.generator().eventsPerSecond()), settings.pace(),
            settings.venue(), settings.server(), settings.orders(), settings.sources());
        return MarketPlayer.of(context, other, null).create(this::instrument);
    }

    private Instrument instrument(final String name)
    {
        for (int id = 0; id < core.instrumentCount(); id++)
        {
            if (core.instrument(id).name().equals(name))
            {
                return core.instrument(id);
            }
        }
        return null;
    }

    JournalContents journal()
    {
        return journal(directory.path(), market(settings.generator().seed(), settings.generator().events()));
    }

    static JournalContents journal(final Path node, final MarketSource market)
    {
        try (JournalReader reader = new JournalReader(new NodeDirectory(node));
            MarketCheck check = new MarketCheck(market))
        {
            return new JournalContents(check).addAll(reader);
        }
    }

    /** As the venue would have kept it, told from the journal. */
    VenueRecord venueRecord()
    {
        return venueRecord((sequence) -> true);
    }

    /**
     * @param isKept by the sequence of an input or of a decision's input.
     */
    VenueRecord venueRecord(final Predicate<Long> isKept)
    {
        final VenueRecord record = new VenueRecord();
        forEach((buffer, offset) ->
        {
            final int message = offset + RecordDescriptor.HEADER_LENGTH;
            final int length = RecordDescriptor.recordLength(buffer, offset) - RecordDescriptor.HEADER_LENGTH;
            if (isKept.test(RecordDescriptor.sequence(buffer, offset)))
            {
                tell(record, buffer, offset, message, length);
            }
        });
        return record;
    }

    private static void tell(
        final VenueRecord record, final DirectBuffer buffer, final int offset, final int message, final int length)
    {
        if (RecordDescriptor.kind(buffer, offset) == RecordKind.DECISION.value())
        {
            record.onRequest(buffer, message, length);
        }
        else if (RecordDescriptor.kind(buffer, offset) == RecordKind.INPUT.value())
        {
            record.onReport(buffer, message, length);
        }
    }

    /** What is done with a record. */
    @FunctionalInterface
    interface RecordConsumer
    {
        void accept(DirectBuffer buffer, int offset);
    }

    void forEach(final RecordConsumer consumer)
    {
        try (JournalReader reader = new JournalReader(directory))
        {
            while (reader.next())
            {
                consumer.accept(reader.buffer(), reader.offset());
            }
        }
    }

    /** Sequence of the input that caused the first order and nothing else that left. */
    long sequenceOfOrder()
    {
        final long[] sequence = new long[1];
        forEach((buffer, offset) ->
        {
            if (sequence[0] == 0 && RecordDescriptor.templateId(buffer, offset) == NewOrderSingleDecoder.TEMPLATE_ID)
            {
                sequence[0] = RecordDescriptor.sequence(buffer, offset);
            }
        });
        return sequence[0];
    }
}
