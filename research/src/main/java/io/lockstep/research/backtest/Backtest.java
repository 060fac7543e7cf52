package io.lockstep.research.backtest;

import io.lockstep.cli.config.TradingCalendar;
import io.lockstep.codecs.Instrument;
import io.lockstep.core.host.CoreHost;
import io.lockstep.core.host.SuspensionText;
import io.lockstep.gateways.feed.ForwardingSource;
import io.lockstep.gateways.feed.MarketSource;
import io.lockstep.gateways.simulated.VenueRules;
import io.lockstep.research.analytics.AccountEquity;
import io.lockstep.sbe.BookSnapshotDecoder;
import io.lockstep.sbe.BookUpdateDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.config.SequencedTime;
import io.lockstep.sequencer.journal.Journal;
import io.lockstep.sequencer.loop.Sequencer;
import io.lockstep.sequencer.loop.SequencerMonitor;
import io.lockstep.sequencer.node.Incarnation;
import io.lockstep.sequencer.node.Strategies;
import io.lockstep.sequencer.recovery.Predecessor;
import org.agrona.DirectBuffer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.ToIntFunction;

/**
 * The engine over recorded data, in one thread, through the same stages as live. The same data and configuration give the
 * same journal, decisions and state hash in every run, but for the wall clock in the records' headers.
 */
public final class Backtest
{
    private final List<String> suspensions = new ArrayList<>();
    private final NodeContext context;
    private final BacktestVenue ends;
    private final CoreHost host;
    private final Sequencer sequencer;
    private final AccountEquity equity;
    private long dataPoints;

    /**
     * Makes the source of the market data, when instruments have their ids.
     */
    @FunctionalInterface
    public interface SourceFactory
    {
        MarketSource create(ToIntFunction<Instrument> instrumentId);
    }

    /**
     * @param calendar of the instruments, for annual figures.
     */
    public Backtest(
        final NodeContext context, final VenueRules rules, final TradingCalendar calendar, final Journal journal)
    {
        this.context = context;
        equity = new AccountEquity(calendar);
        ends = new BacktestVenue(rules, this::onApplied);
        host = new CoreHost(Strategies.load(context.strategies()), ends);
        host.core().listener((instance, leg, callback, strategy, failure) -> suspensions.add(SuspensionText.of(
            instance, leg, callback, strategy.getClass(), host.core().lastSequence(), failure)));
        final long startNs = System.currentTimeMillis() * 1_000_000L;
        sequencer = new Sequencer(host, ends, journal, ends, () -> startNs, SequencedTime.RECORDED,
            SequencerMonitor.NONE, context.shard(), 1, 0);
    }

    /**
     * Plays all data and ends the journal.
     *
     * @param progress told of the number of market events played, again and again.
     */
    public void run(final SourceFactory sourceFactory, final LongConsumer progress)
    {
        final Incarnation incarnation = new Incarnation(host, sequencer);
        incarnation.begin(context, 1, Predecessor.NONE);
        incarnation.configure(context.withoutReconciliation());
        for (int id = 0; id < host.core().instrumentCount(); id++)
        {
            ends.define(host.core().instrument(id));
        }
        try (MarketSource source = new CountingSource(sourceFactory.create(this::instrumentId)))
        {
            ends.start(source, host.timers());
            while (sequencer.doWork() > 0)
            {
                progress.accept(ends.marketEvents());
            }
        }
        incarnation.stop();
        incarnation.end();
    }

    private void onApplied(final DirectBuffer buffer, final int offset)
    {
        equity.onApplied(host.core(), buffer, offset);
    }

    private int instrumentId(final Instrument instrument)
    {
        for (int id = 0; id < host.core().instrumentCount(); id++)
        {
            if (host.core().instrument(id).name().equals(instrument.name()))
            {
                return id;
            }
        }
        throw new IllegalArgumentException("not defined: instrument=" + instrument.name());
    }

    /** What strategies threw, each by a line; such an instance has taken part in nothing since. */
    public List<String> suspensions()
    {
        return List.copyOf(suspensions);
    }

    public CoreHost host()
    {
        return host;
    }

    public BacktestVenue ends()
    {
        return ends;
    }

    /** Level changes, quotes, trades and bars played. */
    public long dataPoints()
    {
        return dataPoints;
    }

    /** One for each settlement currency, by name; to be asked for once, at the end. */
    public List<AccountEquity.Result> results()
    {
        return equity.results(host.core());
    }

    /** Counts data points on their way. */
    private final class CountingSource extends ForwardingSource
    {
        private final MessageHeaderDecoder header = new MessageHeaderDecoder();
        private final BookUpdateDecoder update = new BookUpdateDecoder();
        private final BookSnapshotDecoder snapshot = new BookSnapshotDecoder();

        private CountingSource(final MarketSource source)
        {
            super(source);
        }

        @Override
        public boolean next()
        {
            final boolean hasNext = super.next();
            if (hasNext)
            {
                dataPoints += points();
            }
            return hasNext;
        }

        private int points()
        {
            return switch (header.wrap(buffer(), offset()).templateId())
            {
                case BookUpdateDecoder.TEMPLATE_ID -> {
                    update.wrapAndApplyHeader(buffer(), offset(), header);
                    final BookUpdateDecoder.BidsDecoder bids = update.bids();
                    final int count = bids.count();
                    bids.forEachRemaining((level) ->
                    {
                    });
                    yield count + update.asks().count();
                }
                case BookSnapshotDecoder.TEMPLATE_ID -> {
                    snapshot.wrapAndApplyHeader(buffer(), offset(), header);
                    final BookSnapshotDecoder.BidsDecoder bids = snapshot.bids();
                    final int count = bids.count();
                    bids.forEachRemaining((level) ->
                    {
                    });
                    yield count + snapshot.asks().count();
                }
                default -> isEventEnd() ? 1 : 0;
            };
        }
    }
}
