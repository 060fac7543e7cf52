package io.lockstep.core.market;

/**
 * What a market data input was about. {@link #STATUS} is of the feed, not of the market.
 */
public enum MarketEvent
{
    BOOK, QUOTE, TRADE, BAR, STATUS
}
