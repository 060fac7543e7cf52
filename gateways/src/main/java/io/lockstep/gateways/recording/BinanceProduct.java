package io.lockstep.gateways.recording;

import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Nulls;
import io.lockstep.sbe.ContractType;

import static io.lockstep.gateways.recording.DepthSynchronizer.Rule;

/** Binance's products, told apart by what their messages carry. */
enum BinanceProduct
{
    SPOT("BINANCE_SPOT"), USDM("BINANCE_USDM"), COINM("BINANCE_COINM");

    /** A COIN-M contract is worth so many dollars, as Binance documents: 100 for bitcoin, 10 for all others. */
    private static final long BITCOIN_CONTRACT_SIZE = 100;
    private static final long OTHER_CONTRACT_SIZE = 10;

    private final String venue;

    BinanceProduct(final String venue)
    {
        this.venue = venue;
    }

    String venue()
    {
        return venue;
    }

    String instrumentName(final String symbol)
    {
        return symbol + "." + venue;
    }

    Rule rule()
    {
        return switch (this)
        {
            case SPOT -> Rule.SPOT;
            case USDM, COINM -> Rule.FUTURES;
        };
    }

    Instrument instrument(final String symbol, final Increment tick, final Increment lot)
    {
        final boolean isInverse = this == COINM;
        final Currencies currencies = isInverse ? Currencies.ofCoinMargined(symbol) : Currencies.of(symbol);
        final long contractSize = "BTC".equals(currencies.base()) ? BITCOIN_CONTRACT_SIZE : OTHER_CONTRACT_SIZE;
        return new Instrument(
            Nulls.NULL_INSTRUMENT_ID,
            symbol,
            venue,
            isInverse ? ContractType.INVERSE : ContractType.LINEAR,
            tick,
            lot,
            1,
            1,
            new Increment(isInverse ? contractSize : 1, 0),
            currencies.base(),
            currencies.quote(),
            isInverse ? currencies.base() : currencies.quote());
    }

    /**
     * What a depth change proves by itself: only COIN-M names the pair, only futures the id before.
     */
    static BinanceProduct ofDepth(final BinanceLine line)
    {
        if (line.has(BinanceField.PAIR_OF_EVENT))
        {
            return COINM;
        }
        return line.has(BinanceField.PREVIOUS_UPDATE_ID) ? USDM : SPOT;
    }

    /**
     * What another line suggests, for a symbol without depth changes; null when it suggests nothing.
     */
    static BinanceProduct suggestedBy(final BinanceLine line, final String symbol)
    {
        if (line.has(BinanceField.PAIR_OF_EVENT) || line.has(BinanceField.PAIR_OF_SNAPSHOT))
        {
            return COINM;
        }
        return switch (line.kind())
        {
            case QUOTE -> hasVenueTime(line) ? futures(symbol) : SPOT;
            case SNAPSHOT -> hasVenueTime(line) ? futures(symbol) : null;
            case TRADE -> line.has(BinanceField.FUTURES_MARK)
                ? futures(symbol)
                : line.has(BinanceField.SPOT_MARK)
                    ? SPOT
                    : null;
            case DEPTH -> ofDepth(line);
            case UNKNOWN -> null;
        };
    }

    private static boolean hasVenueTime(final BinanceLine line)
    {
        return line.has(BinanceField.EVENT_TIME) || line.has(BinanceField.TRANSACTION_TIME);
    }

    private static BinanceProduct futures(final String symbol)
    {
        return symbol.contains("USD_") ? COINM : USDM;
    }
}
