package io.lockstep.gateways.recording.binance;

import io.lockstep.gateways.recording.finding.BadInputPolicy;
import io.lockstep.gateways.recording.finding.Finding;
import io.lockstep.gateways.recording.finding.Findings;
import io.lockstep.gateways.recording.finding.MalformedLine;
import io.lockstep.gateways.recording.scan.BinanceProduct;
import io.lockstep.gateways.recording.scan.RecordedFile;
import io.lockstep.gateways.recording.scan.SymbolStatistics;
import io.lockstep.gateways.recording.text.LineReader;
import io.lockstep.gateways.recording.text.Text;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** The first pass over files of {@code binance-ws}: symbols, products, numbers, and what is not converted. */
public final class BinanceScan
{
    private final BadInputPolicy policy;
    private final Findings findings;
    private final Map<String, Long> unknownStreams = new TreeMap<>();

    public BinanceScan(final BadInputPolicy policy, final Findings findings)
    {
        this.policy = policy;
        this.findings = findings;
    }

    /** Lines by name of the stream they are of, for streams that are not converted. */
    public Map<String, Long> unknownStreams()
    {
        return Collections.unmodifiableMap(unknownStreams);
    }

    public void scan(final RecordedFile file)
    {
        final BinanceLine line = new BinanceLine();
        final BinanceDecimals places = new BinanceDecimals();
        final SymbolTable symbols = new SymbolTable();
        try (LineReader reader = new LineReader(file.path()))
        {
            boolean isMore = true;
            while (isMore)
            {
                try
                {
                    isMore = reader.next();
                    if (isMore)
                    {
                        line.parse(reader.buffer(), reader.start(), reader.end());
                        scanLine(file, line, places, symbols, reader.lineNumber());
                    }
                }
                catch (final MalformedLine ex)
                {
                    policy.onMalformedLine(file.name(), reader.lineNumber(), ex);
                }
            }
        }
        if (file.isDescending())
        {
            policy.onMalformedLine(file.name(), 0,
                new MalformedLine("time=: expected lines in the order of their arrival, all go back in time"));
        }
    }

    private void scanLine(
        final RecordedFile file,
        final BinanceLine line,
        final BinanceDecimals places,
        final SymbolTable symbols,
        final long lineNumber)
    {
        file.observeTimestampNs(line.localTimeNs());
        if (line.kind() == BinanceLine.Kind.UNKNOWN)
        {
            unknownStreams.merge(line.streamName(), 1L, Long::sum);
            return;
        }
        places.measure(line, lineNumber);
        final SymbolStatistics statistics = statistics(file, line, symbols, lineNumber);
        if (line.kind() == BinanceLine.Kind.DEPTH)
        {
            final BinanceProduct product = productOfDepth(line);
            if (statistics.provenProduct() != null && statistics.provenProduct() != product)
            {
                throw line.wrong(BinanceField.PREVIOUS_UPDATE_ID,
                    "the fields of " + statistics.provenProduct().venue() +
                        ", as on the symbol's lines before: one file holds a symbol of one product");
            }
            statistics.provenProduct(product);
        }
        if (statistics.suggestedProduct() == null)
        {
            statistics.suggestedProduct(suggestedBy(line, statistics.symbol()));
        }
        final boolean isDepth = line.kind() == BinanceLine.Kind.DEPTH || line.kind() == BinanceLine.Kind.SNAPSHOT;
        statistics.hasDepth(statistics.hasDepth() || isDepth);
        places.addTo(statistics);
        if (isMarketEvent(file, line, lineNumber))
        {
            file.countConvertibleLine();
        }
    }

    /** Counts what has no price; the readers leave the same out. */
    private boolean isMarketEvent(final RecordedFile file, final BinanceLine line, final long lineNumber)
    {
        switch (line.kind())
        {
            case TRADE -> {
                return isTrade(file, line, lineNumber);
            }
            case QUOTE -> {
                countZeroPrice(file, line, lineNumber, BinanceField.BID, BinanceField.BID_QUANTITY);
                countZeroPrice(file, line, lineNumber, BinanceField.ASK, BinanceField.ASK_QUANTITY);
            }
            case DEPTH, SNAPSHOT -> {
                countZeroPrices(file, line, lineNumber, line.bids(), "bids");
                countZeroPrices(file, line, lineNumber, line.asks(), "asks");
            }
            case UNKNOWN ->
                {
                }
        }
        return true;
    }

    private boolean isTrade(final RecordedFile file, final BinanceLine line, final long lineNumber)
    {
        final boolean isNoTrade = line.isNoTrade();
        if (!isNoTrade && !line.isZero(BinanceField.PRICE))
        {
            return true;
        }
        findings.add(isNoTrade ? Finding.NO_TRADE : Finding.ZERO_PRICE, file.name(), lineNumber,
            line.describe(BinanceField.PRICE) + " " + line.describe(BinanceField.QUANTITY) + ": no trade, left out");
        return false;
    }

    /** Without a quantity it is how the venue says that the side is empty. */
    private void countZeroPrice(
        final RecordedFile file, final BinanceLine line, final long lineNumber, final BinanceField price,
        final BinanceField quantity)
    {
        if (line.isZero(price) && !line.isZero(quantity))
        {
            findings.add(Finding.ZERO_PRICE, file.name(), lineNumber, line.describe(price) + ": no price, left out");
        }
    }

    private void countZeroPrices(
        final RecordedFile file, final BinanceLine line, final long lineNumber, final LevelRanges levels,
        final String side)
    {
        for (int i = 0; i < levels.count(); i++)
        {
            if (Text.isZero(line.bytes(), levels.priceStart(i), levels.priceEnd(i)))
            {
                findings.add(Finding.ZERO_PRICE, file.name(), lineNumber, side + "[" + i + "].price=" +
                    Text.excerpt(line.bytes(), levels.priceStart(i), levels.priceEnd(i)) + ": no price, left out");
            }
        }
    }

    private static SymbolStatistics statistics(
        final RecordedFile file, final BinanceLine line, final SymbolTable symbols, final long lineNumber)
    {
        final BinanceField field = line.symbolField();
        if (field == null)
        {
            if (file.withoutSymbol() == null)
            {
                file.withoutSymbol(new SymbolStatistics("", lineNumber));
            }
            return file.withoutSymbol();
        }
        int index = symbols.find(line, field);
        if (index == SymbolTable.MISSING)
        {
            index = symbols.add(line, field);
            file.symbols().add(new SymbolStatistics(symbols.symbol(index), lineNumber));
        }
        return file.symbols().get(index);
    }

    /**
     * What a depth change proves by itself: only COIN-M names the pair, only futures the id before.
     */
    private static BinanceProduct productOfDepth(final BinanceLine line)
    {
        if (line.has(BinanceField.PAIR_OF_EVENT))
        {
            return BinanceProduct.COINM;
        }
        return line.has(BinanceField.PREVIOUS_UPDATE_ID) ? BinanceProduct.USDM : BinanceProduct.SPOT;
    }

    /**
     * What another line suggests, for a symbol without depth changes; null when it suggests nothing.
     */
    private static BinanceProduct suggestedBy(final BinanceLine line, final String symbol)
    {
        if (line.has(BinanceField.PAIR_OF_EVENT) || line.has(BinanceField.PAIR_OF_SNAPSHOT))
        {
            return BinanceProduct.COINM;
        }
        return switch (line.kind())
        {
            case QUOTE -> hasVenueTime(line) ? futures(symbol) : BinanceProduct.SPOT;
            case SNAPSHOT -> hasVenueTime(line) ? futures(symbol) : null;
            case TRADE -> line.has(BinanceField.FUTURES_MARK)
                ? futures(symbol)
                : line.has(BinanceField.SPOT_MARK)
                    ? BinanceProduct.SPOT
                    : null;
            case DEPTH -> productOfDepth(line);
            case UNKNOWN -> null;
        };
    }

    private static boolean hasVenueTime(final BinanceLine line)
    {
        return line.has(BinanceField.EVENT_TIME) || line.has(BinanceField.TRANSACTION_TIME);
    }

    private static BinanceProduct futures(final String symbol)
    {
        return symbol.contains("USD_") ? BinanceProduct.COINM : BinanceProduct.USDM;
    }
}
