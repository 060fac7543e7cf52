package io.lockstep.gateways.recording.binance;

import io.lockstep.gateways.recording.finding.MalformedLine;
import io.lockstep.gateways.recording.scan.DecimalPlaces;
import io.lockstep.gateways.recording.scan.SymbolStatistics;

/** How fine the prices and quantities of one line of {@code binance-ws} are. */
final class BinanceDecimals
{
    private final DecimalPlaces places = new DecimalPlaces();

    /** Adds what was measured to what is known of the line's symbol. */
    void addTo(final SymbolStatistics symbol)
    {
        places.addTo(symbol.prices(), symbol.quantities());
    }

    /**
     * @throws MalformedLine for a number of the line that is no decimal.
     */
    void measure(final BinanceLine line, final long lineNumber)
    {
        places.begin(lineNumber);
        switch (line.kind())
        {
            case DEPTH, SNAPSHOT -> {
                measure(line, line.bids(), "bids");
                measure(line, line.asks(), "asks");
            }
            case QUOTE -> {
                measurePrice(line, BinanceField.BID);
                measurePrice(line, BinanceField.ASK);
                measureQuantity(line, BinanceField.BID_QUANTITY);
                measureQuantity(line, BinanceField.ASK_QUANTITY);
            }
            case TRADE -> {
                measurePrice(line, BinanceField.PRICE);
                measureQuantity(line, BinanceField.QUANTITY);
            }
            case UNKNOWN ->
                {
                }
        }
    }

    private void measure(final BinanceLine line, final LevelRanges levels, final String side)
    {
        for (int i = 0; i < levels.count(); i++)
        {
            places.measurePrice(line.bytes(), levels.priceStart(i), levels.priceEnd(i), side, i);
            places.measureQuantity(line.bytes(), levels.quantityStart(i), levels.quantityEnd(i), side, i);
        }
    }

    private void measurePrice(final BinanceLine line, final BinanceField field)
    {
        line.requireDecimal(field);
        places.measurePrice(line.bytes(), line.start(field), line.end(field), field.key(), -1);
    }

    private void measureQuantity(final BinanceLine line, final BinanceField field)
    {
        line.requireDecimal(field);
        places.measureQuantity(line.bytes(), line.start(field), line.end(field), field.key(), -1);
    }
}
