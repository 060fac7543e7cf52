package io.lockstep.gateways.recording;

import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.gateways.feed.ForwardingSource;
import io.lockstep.gateways.feed.MarketSource;
import io.lockstep.gateways.feed.SnapshotAnswer;
import io.lockstep.gateways.generator.GeneratorOptions;
import io.lockstep.gateways.generator.MarketGenerator;
import io.lockstep.sbe.BookSnapshotDecoder;
import io.lockstep.sbe.BookUpdateDecoder;
import io.lockstep.sbe.ContractType;
import io.lockstep.sbe.MessageHeaderDecoder;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;

/** The whole book that a node asks for in the middle of a market: that of the changes told so far, and the market goes on as it would. */
class BookedSourceTest
{
    private static final int MESSAGES = 6_000;
    private static final Increment ONE = Increment.parse("1");

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final BookSnapshotDecoder snapshot = new BookSnapshotDecoder();

    private static MarketGenerator market(final long seed)
    {
        final List<Instrument> instruments = new ArrayList<>();
        for (int id = 0; id < 3; id++)
        {
            instruments.add(new Instrument(
                id, "S" + id, "TEST", ContractType.LINEAR, ONE, ONE, 1, 1, ONE, "S", "USD", "USD"));
        }
        return new MarketGenerator(
            seed, instruments, MarketGenerator.UNLIMITED, 1_000_000, 1_000, GeneratorOptions.defaults());
    }

    private static String bytes(final MarketSource source)
    {
        final byte[] bytes = new byte[source.length()];
        source.buffer().getBytes(source.offset(), bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Levels and update id of the snapshot that the source moves to next; nothing else is between. */
    private TreeSet<String> snapshotOf(final MarketSource source, final int instrumentId)
    {
        final TreeSet<String> levels = new TreeSet<>();
        int chunk = 0;
        do
        {
            assertThat(source.next()).isTrue();
            assertThat(source.isEventEnd()).as("no market event").isFalse();
            assertThat(header.wrap(source.buffer(), source.offset()).templateId())
                .isEqualTo(BookSnapshotDecoder.TEMPLATE_ID);
            snapshot.wrapAndApplyHeader(source.buffer(), source.offset(), header);
            assertThat(snapshot.instrumentId()).isEqualTo(instrumentId);
            assertThat(snapshot.chunkIndex()).isEqualTo(chunk);
            levels.add("id " + snapshot.updateId());
            snapshot.bids().forEach((bid) -> levels.add("bid " + bid.priceTicks() + " " + bid.quantityLots()));
            snapshot.asks().forEach((ask) -> levels.add("ask " + ask.priceTicks() + " " + ask.quantityLots()));
            chunk++;
        }
        while (chunk < snapshot.chunkCount());
        return levels;
    }

    @Test
    void shouldBeTheBookOfAllChangesAndOfTheGeneratorAlike()
    {
        final MarketSource plain = market(5);
        final MarketGenerator asked = market(5);
        final BookedSource booked = new BookedSource(market(5));
        int compared = 0;
        for (int i = 0; i < MESSAGES; i++)
        {
            assertThat(plain.next() && asked.next() && booked.next()).isTrue();
            assertThat(bytes(asked)).as("i=%d", i).isEqualTo(bytes(plain));
            assertThat(bytes(booked)).as("i=%d", i).isEqualTo(bytes(plain));
            assertThat(booked.timeNs()).isEqualTo(plain.timeNs());
            if (i % 97 == 96 && asked.requestSnapshot(i % 3) == SnapshotAnswer.COMING)
            {
                assertThat(asked.requestSnapshot(i % 3)).isEqualTo(SnapshotAnswer.BUSY);
                // The generator's action has to end first.
                final List<String> rest = new ArrayList<>();
                final int of = i % 3;
                while (asked.next() && !isSnapshot(asked))
                {
                    rest.add(bytes(asked));
                    assertThat(plain.next() && booked.next()).isTrue();
                    assertThat(bytes(plain)).isEqualTo(rest.get(rest.size() - 1));
                }
                final TreeSet<String> fromGenerator = restOf(asked, of);
                assertThat(booked.requestSnapshot(of)).isEqualTo(SnapshotAnswer.COMING);
                assertThat(booked.requestSnapshot(of)).isEqualTo(SnapshotAnswer.BUSY);
                assertThat(snapshotOf(booked, of)).isEqualTo(fromGenerator).hasSizeGreaterThan(20);
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(40);
    }

    private boolean isSnapshot(final MarketSource source)
    {
        return header.wrap(source.buffer(), source.offset()).templateId() == BookSnapshotDecoder.TEMPLATE_ID;
    }

    /** As {@link #snapshotOf}, of a source that has moved to the first chunk. */
    private TreeSet<String> restOf(final MarketSource source, final int instrumentId)
    {
        return snapshotOf(new MovedSource(source), instrumentId);
    }

    @Test
    void shouldHaveNoBookBeforeASnapshotAndAfterAGap()
    {
        final SkippingSource recording = new SkippingSource(market(7));
        final BookedSource booked = new BookedSource(recording);
        assertThat(booked.requestSnapshot(0)).isEqualTo(SnapshotAnswer.NONE);
        assertThat(booked.requestSnapshot(99)).isEqualTo(SnapshotAnswer.NONE);
        for (int i = 0; i < 300; i++)
        {
            booked.next();
        }
        assertThat(booked.requestSnapshot(0)).isEqualTo(SnapshotAnswer.COMING);
        snapshotOf(booked, 0);

        recording.skipUpdateOf0 = true;
        for (int i = 0; i < 300; i++)
        {
            booked.next();
        }

        assertThat(booked.requestSnapshot(0)).as("the recording has lost a change").isEqualTo(SnapshotAnswer.NONE);
        assertThat(booked.requestSnapshot(1)).isEqualTo(SnapshotAnswer.COMING);
    }

    /** Loses one change of the book of instrument 0. */
    private static final class SkippingSource extends ForwardingSource
    {
        private boolean skipUpdateOf0;
        private final MessageHeaderDecoder header = new MessageHeaderDecoder();

        SkippingSource(final MarketSource source)
        {
            super(source);
        }

        @Override
        public boolean next()
        {
            boolean hasNext = super.next();
            while (hasNext && skipUpdateOf0 && isUpdateOf0())
            {
                skipUpdateOf0 = false;
                hasNext = super.next();
            }
            return hasNext;
        }

        private boolean isUpdateOf0()
        {
            header.wrap(buffer(), offset());
            return header.templateId() == BookUpdateDecoder.TEMPLATE_ID &&
                buffer().getInt(offset() + MessageHeaderDecoder.ENCODED_LENGTH) == 0;
        }
    }

    /** Is at its first message already. */
    private static final class MovedSource extends ForwardingSource
    {
        private boolean moved = true;

        MovedSource(final MarketSource source)
        {
            super(source);
        }

        @Override
        public boolean next()
        {
            final boolean wasMoved = moved;
            moved = false;
            return wasMoved || super.next();
        }
    }
}
