package io.lockstep.gateways.recording.scan;

import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Nulls;
import io.lockstep.sbe.ContractType;

/** Binance's products, told apart by what their messages carry. */
public enum BinanceProduct
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

    public String venue()
    {
        return venue;
    }

    public String instrumentName(final String symbol)
    {
        return symbol + "." + venue;
    }

    public Instrument instrument(final String symbol, final Increment tick, final Increment lot)
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
}
