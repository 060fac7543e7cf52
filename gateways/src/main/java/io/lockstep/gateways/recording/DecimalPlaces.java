package io.lockstep.gateways.recording;

/** The finest price and quantity of one line. */
final class DecimalPlaces
{
    /** What an increment can express. */
    static final int DECIMALS_MAX = 18;

    private int price;
    private int quantity;

    int price()
    {
        return price;
    }

    int quantity()
    {
        return quantity;
    }

    /**
     * @throws MalformedLine for a number of the line that is no plain decimal.
     */
    void measure(final BinanceLine line)
    {
        price = 0;
        quantity = 0;
        switch (line.kind())
        {
            case DEPTH, SNAPSHOT -> {
                measure(line, line.bids(), "bids");
                measure(line, line.asks(), "asks");
            }
            case QUOTE -> {
                price = Math.max(places(line, BinanceField.BID), places(line, BinanceField.ASK));
                quantity = Math.max(places(line, BinanceField.BID_QUANTITY), places(line, BinanceField.ASK_QUANTITY));
            }
            case TRADE -> {
                price = places(line, BinanceField.PRICE);
                quantity = places(line, BinanceField.QUANTITY);
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
            price = Math.max(price, places(line, levels.priceStart(i), levels.priceEnd(i), side, i, "price"));
            quantity = Math.max(quantity,
                places(line, levels.quantityStart(i), levels.quantityEnd(i), side, i, "quantity"));
        }
    }

    private static int places(
        final BinanceLine line, final int start, final int end, final String side, final int index, final String what)
    {
        final int places = Text.significantDecimals(line.bytes(), start, end);
        if (isWrong(places))
        {
            throw new MalformedLine(side + "[" + index + "]." + what + "=" + Text.excerpt(line.bytes(), start, end) +
                ": expected a decimal of at most " + DECIMALS_MAX + " places");
        }
        return places;
    }

    private static int places(final BinanceLine line, final BinanceField field)
    {
        line.requireDecimal(field);
        final int places = Text.significantDecimals(line.bytes(), line.start(field), line.end(field));
        if (isWrong(places))
        {
            throw line.wrong(field, "a decimal of at most " + DECIMALS_MAX + " places");
        }
        return places;
    }

    private static boolean isWrong(final int places)
    {
        return places == Text.NOT_A_NUMBER || places > DECIMALS_MAX;
    }
}
