package io.lockstep.research.book;

import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.core.book.OrderBook;
import io.lockstep.gateways.feed.MarketSource;
import io.lockstep.sbe.BestBidOfferDecoder;
import io.lockstep.sbe.BookSnapshotDecoder;
import io.lockstep.sbe.BookUpdateDecoder;
import io.lockstep.sbe.FeedReason;
import io.lockstep.sbe.FeedStatusDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Rebuilds the books of a recording from its snapshots and changes alone and writes one CSV row after each that was
 * applied. Quotes are compared with the rows and never alter a book or a row; trades are passed over.
 */
final class BookRebuild
{
    /** Far beyond any venue's depth: a level that was dropped could come to the top later. */
    private static final int BOOK_LEVELS_MAX = 1 << 20;
    private static final int GAPS_TOLD_MAX = 10;

    /** What there is for one instrument. */
    private static final class Rebuilt
    {
        private final Instrument instrument;
        private final OrderBook book = new OrderBook(BOOK_LEVELS_MAX);
        private final QuoteComparison quotes = new QuoteComparison();
        private boolean isSnapshotMissing;
        private boolean isSnapshotLost;

        private Rebuilt(final Instrument instrument)
        {
            this.instrument = instrument;
        }
    }

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final BookUpdateDecoder update = new BookUpdateDecoder();
    private final BookSnapshotDecoder snapshot = new BookSnapshotDecoder();
    private final BestBidOfferDecoder quote = new BestBidOfferDecoder();
    private final FeedStatusDecoder status = new FeedStatusDecoder();
    private final List<Rebuilt> rebuiltById = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final int levels;
    private final Writer csv;
    private final StringBuilder row = new StringBuilder(256);
    private long rows;
    private long applied;
    private long discarded;
    private long gaps;
    private long crossed;

    /**
     * @param instruments in the order of their ids, which are 0, 1, 2...
     * @param levels      written for each side.
     */
    BookRebuild(final List<Instrument> instruments, final int levels, final Writer csv)
    {
        instruments.forEach(instrument -> rebuiltById.add(new Rebuilt(instrument)));
        this.levels = levels;
        this.csv = csv;
    }

    /**
     * @param progress told of the number of market events so far, again and again.
     */
    void run(final MarketSource source, final LongConsumer progress)
    {
        long events = 0;
        writeHeader();
        while (source.next())
        {
            onMessage(source);
            events += source.isEventEnd() ? 1 : 0;
            progress.accept(events);
        }
        for (final Rebuilt rebuilt : rebuiltById)
        {
            if (rebuilt.isSnapshotMissing)
            {
                problems
                    .add(rebuilt.instrument.name() + ": changes at the end of the data have no snapshot to apply to");
            }
        }
    }

    long rows()
    {
        return rows;
    }

    /** Changes applied; a snapshot gives a row, but is not counted here. */
    long applied()
    {
        return applied;
    }

    /** Changes and snapshots that were older than their book, or had no book to apply to. */
    long discarded()
    {
        return discarded;
    }

    long gaps()
    {
        return gaps;
    }

    /** Rows whose best bid is at or above their best offer. */
    long crossed()
    {
        return crossed;
    }

    long compared()
    {
        return rebuiltById.stream().mapToLong(rebuilt -> rebuilt.quotes.compared()).sum();
    }

    long mismatches()
    {
        return rebuiltById.stream().mapToLong(rebuilt -> rebuilt.quotes.mismatches()).sum();
    }

    /** Sentences about gaps and missing snapshots; the first few gaps only. */
    List<String> problems()
    {
        return problems;
    }

    private void onMessage(final MarketSource source)
    {
        header.wrap(source.buffer(), source.offset());
        switch (header.templateId())
        {
            case BookUpdateDecoder.TEMPLATE_ID -> onUpdate(source);
            case BookSnapshotDecoder.TEMPLATE_ID -> onSnapshot(source);
            case BestBidOfferDecoder.TEMPLATE_ID -> onQuote(source);
            case FeedStatusDecoder.TEMPLATE_ID -> onStatus(source);
            default -> {
                // Trades and bars are no part of a book.
            }
        }
    }

    private void onUpdate(final MarketSource source)
    {
        update.wrapAndApplyHeader(source.buffer(), source.offset(), header);
        final Rebuilt rebuilt = rebuiltById.get(update.instrumentId());
        switch (rebuilt.book.beginUpdate(update.previousUpdateId(), update.updateId()))
        {
            case APPLY -> {
                for (final BookUpdateDecoder.BidsDecoder bid : update.bids())
                {
                    rebuilt.book.setBid(bid.priceTicks(), bid.quantityLots());
                }
                for (final BookUpdateDecoder.AsksDecoder ask : update.asks())
                {
                    rebuilt.book.setAsk(ask.priceTicks(), ask.quantityLots());
                }
                applied++;
                writeRow(rebuilt, source.gatewayTimeNs());
            }
            case DISCARD -> discarded++;
            case GAP -> gap(rebuilt, rebuilt.book.updateId(), update.previousUpdateId());
        }
    }

    private void onSnapshot(final MarketSource source)
    {
        snapshot.wrapAndApplyHeader(source.buffer(), source.offset(), header);
        final Rebuilt rebuilt = rebuiltById.get(snapshot.instrumentId());
        final long updateId = snapshot.updateId();
        final boolean isTaken = rebuilt.book.beginSnapshotChunk(snapshot.chunkIndex(), updateId);
        rebuilt.isSnapshotLost = !isTaken;
        if (isTaken)
        {
            for (final BookSnapshotDecoder.BidsDecoder bid : snapshot.bids())
            {
                rebuilt.book.setBid(bid.priceTicks(), bid.quantityLots());
            }
            for (final BookSnapshotDecoder.AsksDecoder ask : snapshot.asks())
            {
                rebuilt.book.setAsk(ask.priceTicks(), ask.quantityLots());
            }
        }
        if (source.isEventEnd())
        {
            if (rebuilt.isSnapshotLost)
            {
                discarded++;
            }
            else
            {
                rebuilt.book.endSnapshot(updateId);
                writeRow(rebuilt, source.gatewayTimeNs());
            }
        }
    }

    private void onQuote(final MarketSource source)
    {
        quote.wrapAndApplyHeader(source.buffer(), source.offset(), header);
        rebuiltById.get(quote.instrumentId()).quotes.onQuote(
            quote.updateId(),
            quote.bidPriceTicks(),
            quote.bidQuantityLots(),
            quote.askPriceTicks(),
            quote.askQuantityLots());
    }

    private void onStatus(final MarketSource source)
    {
        status.wrapAndApplyHeader(source.buffer(), source.offset(), header);
        final Rebuilt rebuilt = rebuiltById.get(status.instrumentId());
        if (status.reason() == FeedReason.SEQUENCE_GAP)
        {
            rebuilt.book.desynchronise();
            gap(rebuilt, status.expected(), status.actual());
        }
        else if (status.reason() == FeedReason.NO_SNAPSHOT)
        {
            rebuilt.isSnapshotMissing = true;
        }
    }

    private void gap(final Rebuilt rebuilt, final long expected, final long actual)
    {
        gaps++;
        if (gaps <= GAPS_TOLD_MAX)
        {
            problems.add(rebuilt.instrument.name() + ": gap: expected=" + expected + " actual=" + actual);
        }
    }

    private void writeHeader()
    {
        row.setLength(0);
        row.append("index,timestampNs,instrument,updateId");
        for (int i = 1; i <= levels; i++)
        {
            row.append(",bid").append(i).append("Price,bid").append(i).append("Quantity,ask").append(i)
                .append("Price,ask").append(i).append("Quantity");
        }
        writeLine();
    }

    private void writeRow(final Rebuilt rebuilt, final long timestampNs)
    {
        final OrderBook book = rebuilt.book;
        if (book.isCrossed())
        {
            crossed++;
        }
        row.setLength(0);
        row.append(rows++).append(',').append(timestampNs).append(',').append(rebuilt.instrument.name()).append(',')
            .append(book.updateId());
        for (int i = 0; i < levels; i++)
        {
            final boolean isBid = i < book.bidDepth();
            final boolean isAsk = i < book.askDepth();
            appendLevel(rebuilt.instrument, isBid, isBid ? book.bidPriceTicks(i) : 0,
                isBid ? book.bidQuantityLots(i) : 0);
            appendLevel(rebuilt.instrument, isAsk, isAsk ? book.askPriceTicks(i) : 0,
                isAsk ? book.askQuantityLots(i) : 0);
        }
        writeLine();
        rebuilt.quotes.onRow(
            book.updateId(),
            book.bestBidTicks(),
            book.bidDepth() > 0 ? book.bidQuantityLots(0) : 0,
            book.bestAskTicks(),
            book.askDepth() > 0 ? book.askQuantityLots(0) : 0);
    }

    private void appendLevel(
        final Instrument instrument, final boolean isPresent, final long priceTicks, final long quantityLots)
    {
        row.append(',');
        appendIf(isPresent, instrument.tick(), priceTicks);
        row.append(',');
        appendIf(isPresent, instrument.lot(), quantityLots);
    }

    private void appendIf(final boolean isPresent, final Increment increment, final long units)
    {
        if (isPresent)
        {
            PlainDecimal.append(row, increment, units);
        }
    }

    private void writeLine()
    {
        row.append('\n');
        try
        {
            csv.append(row);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException("cannot write the rows: " + ex.getMessage(), ex);
        }
    }
}
