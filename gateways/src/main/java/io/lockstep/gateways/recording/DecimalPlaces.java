package io.lockstep.gateways.recording;

import io.lockstep.gateways.recording.NumberGrid.Place;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** The finest price and quantity of one line, and its numbers of so many digits that they may be noise. */
final class DecimalPlaces
{
    /** What an increment can express. */
    static final int DECIMALS_MAX = 18;

    private final List<Place> longPrices = new ArrayList<>();
    private final List<Place> longQuantities = new ArrayList<>();
    private int price;
    private int quantity;
    private long lineNumber;

    /** Adds what was measured to what is known of the line's symbol. */
    void addTo(final NumberGrid prices, final NumberGrid quantities)
    {
        if (price >= 0)
        {
            prices.observe(price);
        }
        if (quantity >= 0)
        {
            quantities.observe(quantity);
        }
        longPrices.forEach(prices::observe);
        longQuantities.forEach(quantities::observe);
    }

    /**
     * @throws MalformedLine for a number of the line that is no decimal.
     */
    void measure(final BinanceLine line, final long number)
    {
        clear(number);
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

    /**
     * @throws MalformedLine for a number of the line that is no decimal.
     */
    void measure(final BarsLine line, final long number)
    {
        clear(number);
        for (int i = BarsLine.OPEN; i <= BarsLine.CLOSE; i++)
        {
            price = Math.max(price, places(line.bytes(), line.start(i), line.end(i), longPrices, BarsLine.name(i), -1));
        }
        quantity = places(line.bytes(), line.start(BarsLine.VOLUME), line.end(BarsLine.VOLUME), longQuantities,
            BarsLine.name(BarsLine.VOLUME), -1);
    }

    private void clear(final long number)
    {
        lineNumber = number;
        price = -1;
        quantity = -1;
        longPrices.clear();
        longQuantities.clear();
    }

    private void measure(final BinanceLine line, final LevelRanges levels, final String side)
    {
        for (int i = 0; i < levels.count(); i++)
        {
            price = Math.max(price,
                places(line.bytes(), levels.priceStart(i), levels.priceEnd(i), longPrices, side, i));
            quantity = Math.max(quantity,
                places(line.bytes(), levels.quantityStart(i), levels.quantityEnd(i), longQuantities, side, i));
        }
    }

    private void measurePrice(final BinanceLine line, final BinanceField field)
    {
        line.requireDecimal(field);
        price = Math.max(price,
            places(line.bytes(), line.start(field), line.end(field), longPrices, field.key(), -1));
    }

    private void measureQuantity(final BinanceLine line, final BinanceField field)
    {
        line.requireDecimal(field);
        quantity = Math.max(quantity,
            places(line.bytes(), line.start(field), line.end(field), longQuantities, field.key(), -1));
    }

    /** Returns -1 for a number of many digits, which is added to the list. */
    private int places(
        final byte[] bytes, final int start, final int end, final List<Place> longNumbers, final String what,
        final int index)
    {
        final int places = Text.significantDecimals(bytes, start, end);
        if (places == Text.NOT_A_NUMBER || end - start >= NumberGrid.LONG_DIGITS)
        {
            return placesOfOther(bytes, start, end, longNumbers, what, index);
        }
        if (places > DECIMALS_MAX)
        {
            throw wrong(bytes, start, end, name(longNumbers, what, index));
        }
        return places;
    }

    private int placesOfOther(
        final byte[] bytes, final int start, final int end, final List<Place> longNumbers, final String what,
        final int index)
    {
        final String name = name(longNumbers, what, index);
        final BigDecimal value = Text.decimal(bytes, start, end);
        if (value == null)
        {
            throw wrong(bytes, start, end, name);
        }
        final BigDecimal stripped = value.stripTrailingZeros();
        if (stripped.precision() >= NumberGrid.LONG_DIGITS)
        {
            longNumbers.add(new Place(lineNumber, name, value));
            return -1;
        }
        if (stripped.scale() > DECIMALS_MAX)
        {
            throw wrong(bytes, start, end, name);
        }
        return Math.max(0, stripped.scale());
    }

    private String name(final List<Place> longNumbers, final String what, final int index)
    {
        return index < 0 ? what : what + "[" + index + "]." + (longNumbers == longPrices ? "price" : "quantity");
    }

    static MalformedLine wrong(final byte[] bytes, final int start, final int end, final String name)
    {
        return new MalformedLine(name + "=" + Text.excerpt(bytes, start, end) +
            ": expected a decimal of at most " + DECIMALS_MAX + " places");
    }
}
