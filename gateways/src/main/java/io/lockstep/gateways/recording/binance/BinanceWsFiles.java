package io.lockstep.gateways.recording.binance;

import io.lockstep.codecs.Instrument;
import io.lockstep.gateways.feed.MarketSource;
import io.lockstep.gateways.recording.finding.BadInputPolicy;
import io.lockstep.gateways.recording.message.MarketEncoder;
import io.lockstep.gateways.recording.message.MessageQueue;
import io.lockstep.gateways.recording.message.ReadCounters;
import io.lockstep.gateways.recording.scan.BinanceProduct;
import io.lockstep.gateways.recording.scan.RecordedFile;
import io.lockstep.gateways.recording.scan.SymbolStatistics;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Files of {@code binance-ws} that have instruments in common, as one source of messages. */
public final class BinanceWsFiles
{
    private final List<RecordedFile> files;
    private final MarketEncoder encoder = new MarketEncoder();
    private final MessageQueue output = new MessageQueue();
    private final Map<String, BinanceFeed> feedByName = new TreeMap<>();

    private BinanceWsFiles(final List<RecordedFile> files)
    {
        this.files = files;
    }

    /**
     * @param files            in order of their first timestamp.
     * @param instrumentByName with their ids; of one that is not there nothing is read.
     */
    public static MarketSource source(
        final List<RecordedFile> files,
        final Map<String, Instrument> instrumentByName,
        final BadInputPolicy policy,
        final ReadCounters counters)
    {
        return new BinanceWsFiles(files).read(instrumentByName, policy, counters);
    }

    private MarketSource read(
        final Map<String, Instrument> instrumentByName, final BadInputPolicy policy, final ReadCounters counters)
    {
        for (final RecordedFile file : files)
        {
            for (final SymbolStatistics symbol : file.symbols())
            {
                final Instrument instrument = instrumentByName.get(symbol.instrumentName());
                if (instrument != null)
                {
                    feedByName.computeIfAbsent(instrument.name(), name -> feed(instrument, symbol.product()));
                }
            }
        }
        return new BinanceWsReader(files.stream().map(this::withFeeds).toList(), policy, counters, encoder, output);
    }

    private BinanceFeed feed(final Instrument instrument, final BinanceProduct product)
    {
        return new BinanceFeed(
            instrument,
            new DepthSynchronizer(DepthSynchronizer.Rule.of(product), instrument.id(), DepthSynchronizer.HELD_BYTES_MAX,
                encoder, output),
            product == BinanceProduct.SPOT,
            hasDepth(instrument.name()));
    }

    private boolean hasDepth(final String instrumentName)
    {
        return files.stream()
            .flatMap(file -> file.symbols().stream())
            .anyMatch(symbol -> symbol.instrumentName().equals(instrumentName) && symbol.hasDepth());
    }

    private BinanceWsFile withFeeds(final RecordedFile file)
    {
        return new BinanceWsFile(file, file.symbols().stream()
            .map(symbol -> feedByName.get(symbol.instrumentName()))
            .toArray(BinanceFeed[]::new));
    }
}
