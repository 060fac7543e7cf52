package io.lockstep.gateways.recording;

import io.lockstep.gateways.recording.bars.BarsScan;
import io.lockstep.gateways.recording.binance.BinanceScan;
import io.lockstep.gateways.recording.finding.BadInputException;
import io.lockstep.gateways.recording.finding.BadInputPolicy;
import io.lockstep.gateways.recording.finding.Findings;
import io.lockstep.gateways.recording.finding.MalformedLine;
import io.lockstep.gateways.recording.scan.BinanceProduct;
import io.lockstep.gateways.recording.scan.DecimalPlaces;
import io.lockstep.gateways.recording.scan.NumberGrid;
import io.lockstep.gateways.recording.scan.RecordedFile;
import io.lockstep.gateways.recording.scan.RecordingFormat;
import io.lockstep.gateways.recording.scan.SymbolStatistics;
import io.lockstep.gateways.recording.text.LineReader;
import io.lockstep.gateways.recording.text.Text;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
    private final BinanceScan binance;
    private final BarsScan bars;

    /** @param findings takes what is found in lines of binance-ws; what is in bars is found once they are in order. */
    RecordingScan(final BadInputPolicy policy, final Findings findings)
    {
        this.policy = policy;
        binance = new BinanceScan(policy, findings);
        bars = new BarsScan(policy, findings);
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
            case BINANCE_WS -> binance.scan(file);
            case BARS_CSV -> bars.scan(file);
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
            policy.onMalformedLine(file.name(), tooFine.line(),
                new MalformedLine(tooFine.field() + "=" + NumberGrid.excerpt(tooFine.value()) +
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
        return binance.unknownStreams();
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

    private void concludeWithoutSymbol(final RecordedFile file)
    {
        if (file.symbols().isEmpty())
        {
            adoptOnlySymbol(file);
        }
        final SymbolStatistics withoutSymbol = file.withoutSymbol();
        if (file.symbols().size() != 1)
        {
            policy.onMalformedLine(file.name(), withoutSymbol.firstLine(),
                MalformedLine.withoutSymbol(file.symbols().size()));
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
}
