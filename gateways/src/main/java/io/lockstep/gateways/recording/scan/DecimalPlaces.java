package io.lockstep.gateways.recording.scan;

import io.lockstep.gateways.recording.finding.MalformedLine;
import io.lockstep.gateways.recording.scan.NumberGrid.Place;
import io.lockstep.gateways.recording.text.Text;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** The finest price and quantity of one line, and its numbers of so many digits that they may be noise. */
public final class DecimalPlaces
{
    /** What an increment can express. */
    public static final int DECIMALS_MAX = 18;

    private final List<Place> longPrices = new ArrayList<>();
    private final List<Place> longQuantities = new ArrayList<>();
    private int price;
    private int quantity;
    private long lineNumber;

    /** Adds what was measured to what is known of the line's symbol. */
    public void addTo(final NumberGrid prices, final NumberGrid quantities)
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

    public void begin(final long number)
    {
        lineNumber = number;
        price = -1;
        quantity = -1;
        longPrices.clear();
        longQuantities.clear();
    }

    /**
     * @param what  names the number in messages, such as {@code bids}.
     * @param index of the level; negative for a number that is not of a level.
     * @throws MalformedLine for a number that is no decimal.
     */
    public void measurePrice(final byte[] bytes, final int start, final int end, final String what, final int index)
    {
        price = Math.max(price, places(bytes, start, end, longPrices, what, index));
    }

    /** Likewise. */
    public void measureQuantity(final byte[] bytes, final int start, final int end, final String what, final int index)
    {
        quantity = Math.max(quantity, places(bytes, start, end, longQuantities, what, index));
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
