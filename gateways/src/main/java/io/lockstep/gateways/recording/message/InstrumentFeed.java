package io.lockstep.gateways.recording.message;

import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.gateways.recording.finding.MalformedLine;
import io.lockstep.gateways.recording.scan.NumberGrid;
import io.lockstep.gateways.recording.text.ByteText;
import io.lockstep.gateways.recording.text.Text;
import io.lockstep.sbe.FeedReason;

import java.math.BigDecimal;

/** What a reader keeps for one instrument, across all its files. */
public class InstrumentFeed
{
    private final Instrument instrument;
    private final ByteText text = new ByteText();
    private boolean isStale;
    private NumberGrid prices;
    private NumberGrid quantities;

    /** @param instrument with its id. */
    public InstrumentFeed(final Instrument instrument)
    {
        this.instrument = instrument;
    }

    Instrument instrument()
    {
        return instrument;
    }

    public int instrumentId()
    {
        return instrument.id();
    }

    /** Whether it was reported stale for a line that could not be used, and nothing since has healed it. */
    public boolean isStale()
    {
        return isStale;
    }

    public void isStale(final boolean value)
    {
        isStale = value;
    }

    /** What the scan knows of the numbers in the file that is read now. */
    public void numbers(final NumberGrid newPrices, final NumberGrid newQuantities)
    {
        prices = newPrices;
        quantities = newQuantities;
    }

    /**
     * Ticks in a range of bytes, not negative. Allocates only for noise, scientific notation and errors.
     *
     * @param what names the number in messages, such as {@code bids}.
     * @param index of the level; negative for a number that is not of a level.
     */
    public long ticks(final byte[] bytes, final int start, final int end, final String what, final int index)
    {
        return units(instrument.tick(), prices, "tick", "price", bytes, start, end, what, index);
    }

    public long lots(final byte[] bytes, final int start, final int end, final String what, final int index)
    {
        return units(instrument.lot(), quantities, "lot", "quantity", bytes, start, end, what, index);
    }

    private long units(
        final Increment increment,
        final NumberGrid grid,
        final String incrementName,
        final String partOfLevel,
        final byte[] bytes,
        final int start,
        final int end,
        final String what,
        final int index)
    {
        final boolean mayBeNoise = end - start >= NumberGrid.LONG_DIGITS && grid != null && grid.hasLongNumbers();
        long units = increment.units(text.wrap(bytes), start, end);
        if (units < 0 || mayBeNoise)
        {
            units = unitsOfOther(increment, grid, units, bytes, start, end);
        }
        if (units >= 0)
        {
            return units;
        }
        final String field = (index < 0 ? what : what + "[" + index + "]." + partOfLevel) + "=" +
            Text.excerpt(bytes, start, end);
        if (units == Increment.OFF_GRID)
        {
            throw new MalformedLine(FeedReason.OFF_GRID, field + ": expected a multiple of " + incrementName + "=" +
                increment + " of " + instrument.name());
        }
        throw new MalformedLine(field + ": expected a decimal, not negative, of at most 63 bits in units of " +
            incrementName + "=" + increment);
    }

    private static long unitsOfOther(
        final Increment increment,
        final NumberGrid grid,
        final long units,
        final byte[] bytes,
        final int start,
        final int end)
    {
        final BigDecimal value = Text.decimal(bytes, start, end);
        if (value == null)
        {
            return units;
        }
        final BigDecimal rounded = grid == null ? null : grid.rounded(value);
        if (rounded != null)
        {
            return increment.units(rounded.toPlainString());
        }
        return units == Increment.NOT_A_NUMBER ? increment.units(value.toPlainString()) : units;
    }
}
