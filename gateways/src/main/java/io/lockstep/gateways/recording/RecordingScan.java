package io.lockstep.gateways.recording;

import io.lockstep.codecs.NameRule;
import io.lockstep.codecs.text.Escapes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The first pass over a recording: which format each file has, which instruments it holds, how fine their prices and
 * quantities are, when it begins, what is in it that is not converted. Allocates freely; the files are read again, by
 * the readers, with what this pass found out.
 */
final class RecordingScan
{
    private static final int RECOGNITION_LINES_MAX = 16;

    private final BadInputPolicy policy;
    private final List<RecordedFile> files = new ArrayList<>();
    private final Map<String, Long> unknownStreams = new TreeMap<>();
    private final Findings findings;

    /** @param findings takes what is found in lines of binance-ws; what is in bars is found once they are in order. */
    RecordingScan(final BadInputPolicy policy, final Findings findings)
    {
        this.policy = policy;
        this.findings = findings;
    }

    /**
     * Scans one file.
     *
     * @param format null to recognise it.
     */
    void scan(final String name, final Path path, final RecordingFormat format)
    {
        if (!Files.isRegularFile(path))
        {
            throw new BadInputException(name, 0, "file=" + path.getFileName() + ": expected an existing file");
        }
        final RecordedFile file = new RecordedFile(name, path, format != null ? format : recognise(name, path),
            files.size());
        files.add(file);
        switch (file.format())
        {
            case BINANCE_WS -> scanBinance(file);
            case BARS_CSV -> scanBars(file);
        }
    }

    /** All files are scanned: settles which instrument each symbol of each file is. */
    void conclude()
    {
        for (final RecordedFile file : files)
        {
            if (file.withoutSymbol() != null)
            {
                concludeWithoutSymbol(file);
            }
        }
        final Map<String, BinanceProduct> productBySymbol = new HashMap<>();
        for (final RecordedFile file : files)
        {
            for (final SymbolStatistics symbol : file.symbols())
            {
                if (symbol.product() != null)
                {
                    productBySymbol.putIfAbsent(symbol.symbol(), symbol.product());
                }
            }
        }
        for (final RecordedFile file : files)
        {
            for (final SymbolStatistics symbol : file.symbols())
            {
                if (file.format() == RecordingFormat.BINANCE_WS)
                {
                    concludeProduct(symbol, productBySymbol);
                }
                requireDecimals(file, symbol.prices());
                requireDecimals(file, symbol.quantities());
            }
        }
    }

    private void requireDecimals(final RecordedFile file, final NumberGrid numbers)
    {
        final NumberGrid.Place tooFine = numbers.tooFine();
        if (tooFine != null)
        {
            refuse(file, tooFine.line(), new MalformedLine(tooFine.field() + "=" + NumberGrid.excerpt(tooFine.value()) +
                ": expected a decimal of at most " + DecimalPlaces.DECIMALS_MAX + " places"));
        }
    }

    /** In the order given. */
    List<RecordedFile> files()
    {
        return files;
    }

    /** Lines by name of the stream they are of, for streams that are not converted. */
    Map<String, Long> unknownStreams()
    {
        return unknownStreams;
    }

    private RecordingFormat recognise(final String name, final Path path)
    {
        try (LineReader reader = new LineReader(path))
        {
            int lines = 0;
            try
            {
                while (lines < RECOGNITION_LINES_MAX && reader.next())
                {
                    lines++;
                    final RecordingFormat format = RecordingFormat.recognise(reader.buffer(), reader.start(),
                        reader.end());
                    if (format != null)
                    {
                        return format;
                    }
                }
            }
            catch (final MalformedLine ex)
            {
                throw new BadInputException(name, reader.lineNumber(), ex.getMessage());
            }
            final String found = lines == 0 ? "" : Text.excerpt(reader.buffer(), reader.start(), reader.end());
            throw new BadInputException(name, Math.max(1, reader.lineNumber()), "line=" + found +
                ": expected a recording, binance-ws ('<time> <json>') or " +
                "bars-csv (a header with open, high, low, close)");
        }
    }

    private void refuse(final RecordedFile file, final long line, final MalformedLine cause)
    {
        if (policy == BadInputPolicy.REFUSE)
        {
            throw new BadInputException(file.name(), line, cause.getMessage());
        }
    }

    private void scanBinance(final RecordedFile file)
    {
        final BinanceLine line = new BinanceLine();
        final DecimalPlaces places = new DecimalPlaces();
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
                        scanBinanceLine(file, line, places, symbols, reader.lineNumber());
                    }
                }
                catch (final MalformedLine ex)
                {
                    refuse(file, reader.lineNumber(), ex);
                }
            }
        }
        if (file.isDescending())
        {
            refuse(file, 0,
                new MalformedLine("time=: expected lines in the order of their arrival, all go back in time"));
        }
    }

    private void scanBinanceLine(
        final RecordedFile file,
        final BinanceLine line,
        final DecimalPlaces places,
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
            final BinanceProduct product = BinanceProduct.ofDepth(line);
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
            statistics.suggestedProduct(BinanceProduct.suggestedBy(line, statistics.symbol()));
        }
        final boolean isDepth = line.kind() == BinanceLine.Kind.DEPTH || line.kind() == BinanceLine.Kind.SNAPSHOT;
        statistics.hasDepth(statistics.hasDepth() || isDepth);
        places.addTo(statistics.prices(), statistics.quantities());
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
        findings.add(isNoTrade ? Finding.NO_TRADE : Finding.ZERO_PRICE, file, lineNumber,
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
            findings.add(Finding.ZERO_PRICE, file, lineNumber, line.describe(price) + ": no price, left out");
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
                findings.add(Finding.ZERO_PRICE, file, lineNumber, side + "[" + i + "].price=" +
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

    private void concludeWithoutSymbol(final RecordedFile file)
    {
        if (file.symbols().isEmpty())
        {
            adoptOnlySymbol(file);
        }
        final SymbolStatistics withoutSymbol = file.withoutSymbol();
        if (file.symbols().size() != 1)
        {
            refuse(file, withoutSymbol.firstLine(), MalformedLine.withoutSymbol(file.symbols().size()));
            return;
        }
        final SymbolStatistics only = file.symbols().get(0);
        only.prices().add(withoutSymbol.prices());
        only.quantities().add(withoutSymbol.quantities());
        only.hasDepth(only.hasDepth() || withoutSymbol.hasDepth());
        if (only.provenProduct() == null)
        {
            only.provenProduct(withoutSymbol.provenProduct());
        }
        if (only.suggestedProduct() == null)
        {
            only.suggestedProduct(withoutSymbol.suggestedProduct());
        }
    }

    /** A file that names no symbol at all, such as one of snapshots, goes with the others when these have only one. */
    private void adoptOnlySymbol(final RecordedFile file)
    {
        final List<String> symbols = files.stream()
            .filter(other -> other.format() == RecordingFormat.BINANCE_WS)
            .flatMap(other -> other.symbols().stream())
            .map(SymbolStatistics::symbol)
            .distinct()
            .toList();
        if (symbols.size() == 1)
        {
            file.symbols().add(new SymbolStatistics(symbols.get(0), file.withoutSymbol().firstLine()));
        }
    }

    private static void concludeProduct(
        final SymbolStatistics symbol, final Map<String, BinanceProduct> productBySymbol)
    {
        if (symbol.product() == null)
        {
            symbol.suggestedProduct(productBySymbol.getOrDefault(symbol.symbol(), BinanceProduct.SPOT));
        }
        symbol.instrumentName(symbol.product().instrumentName(symbol.symbol()));
    }

    private void scanBars(final RecordedFile file)
    {
        final BarsFileName fileName = BarsFileName.parse(Path.of(file.name()).getFileName().toString());
        final String problem = NameRule.problem(fileName.symbol());
        if (problem != null)
        {
            throw new BadInputException(file.name(), 0, "symbol=" + Escapes.line(fileName.symbol()) +
                ": expected the name of a file of bars to begin with " + NameRule.EXPECTED + ": " + problem);
        }
        final SymbolStatistics symbol = new SymbolStatistics(fileName.symbol(), 1);
        symbol.instrumentName(fileName.symbol() + "." + Bars.VENUE);
        file.symbols().add(symbol);
        final BarsLine line = new BarsLine();
        final DecimalPlaces places = new DecimalPlaces();
        final BarSpacing spacing = new BarSpacing();
        try (LineReader reader = new LineReader(file.path()))
        {
            boolean isMore = Bars.readHeader(reader, line, file.name());
            while (isMore)
            {
                try
                {
                    isMore = reader.next();
                    if (isMore)
                    {
                        line.parse(reader.buffer(), reader.start(), reader.end());
                        places.measure(line, reader.lineNumber());
                        places.addTo(symbol.prices(), symbol.quantities());
                        observeTime(file, line, reader.lineNumber());
                        spacing.observe(line.openTimeNs());
                        file.countConvertibleLine();
                    }
                }
                catch (final MalformedLine ex)
                {
                    refuse(file, reader.lineNumber(), ex);
                }
            }
        }
        file.barInterval(interval(file, fileName, spacing));
    }

    private void observeTime(final RecordedFile file, final BarsLine line, final long lineNumber)
    {
        final long descents = file.descents();
        file.observeTimestampNs(line.openTimeNs());
        if (file.descents() > descents)
        {
            findings.add(Finding.OUT_OF_ORDER, file, lineNumber,
                line.describeTime() + ": before the bar above it, sorted by time");
        }
    }

    private static BarInterval interval(
        final RecordedFile file, final BarsFileName fileName, final BarSpacing spacing)
    {
        if (fileName.interval() != null)
        {
            return fileName.interval();
        }
        if (spacing.typicalNs() == 0)
        {
            throw new BadInputException(file.name(), 0,
                "interval=: expected two bars, or a file name that ends in the interval, such as BTCUSDT_1h.csv");
        }
        return BarInterval.unknown(spacing.typicalNs());
    }
}
