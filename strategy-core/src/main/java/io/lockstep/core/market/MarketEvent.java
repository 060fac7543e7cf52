package io.lockstep.core.market;

/**
 * What a market data input was about. {@link #STATUS} is of the feed, not of the market. The code is what the state hash and
 * the snapshot carry.
 */
public enum MarketEvent
{
    BOOK, QUOTE, TRADE, BAR, STATUS;

    private static final MarketEvent[] BY_CODE = values();

    public int code()
    {
        return ordinal();
    }

    /**
     * @throws IllegalArgumentException when there is none of this code.
     */
    public static MarketEvent of(final int code)
    {
        if (code < 0 || code >= BY_CODE.length)
        {
            throw new IllegalArgumentException(
                "no market event: code=" + code + " expected from 0 to " + (BY_CODE.length - 1));
        }
        return BY_CODE[code];
    }
}
