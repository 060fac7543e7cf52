package io.lockstep.codecs;

import io.lockstep.codecs.text.Escapes;
import io.lockstep.sbe.ContractType;
import io.lockstep.sbe.Decimal64Decoder;
import io.lockstep.sbe.InstrumentDefinitionDecoder;
import io.lockstep.sbe.InstrumentDefinitionEncoder;

import java.math.BigDecimal;

/**
 * What can be traded. Immutable, any thread.
 * <p>
 * Its names are text of the messages, whatever an old journal has. What is let in anew is held against {@link NameRule}.
 *
 * @param id                 dense, from 0, never reused; {@link Nulls#NULL_INSTRUMENT_ID} before the node has given it one.
 * @param symbol             the venue's own, e.g. {@code BTCUSDT}.
 * @param venue              venue and product, e.g. {@code BINANCE_USDM}.
 * @param contractType       how a fill becomes cash.
 * @param tick               size of one price tick: the resolution of market data.
 * @param lot                size of one lot: the resolution of market data.
 * @param orderTicks         order prices are multiples of so many ticks.
 * @param orderLots          order quantities are multiples of so many lots.
 * @param multiplier         value of one unit of quantity per unit of price (linear) or of one contract (inverse).
 * @param baseCurrency       what is bought.
 * @param quoteCurrency      what the price is in.
 * @param settlementCurrency what cash is in.
 */
public record Instrument(
    int id,
    String symbol,
    String venue,
    ContractType contractType,
    Increment tick,
    Increment lot,
    long orderTicks,
    long orderLots,
    Increment multiplier,
    String baseCurrency,
    String quoteCurrency,
    String settlementCurrency)
{
    /** Inverse contracts settle in coins of eight decimals; two more keep the rounding of a fill below a hundredth of one. */
    private static final int INVERSE_CASH_EXPONENT = -10;

    public Instrument
    {
        requireText("symbol", symbol);
        requireText("venue", venue);
        requireText("baseCurrency", baseCurrency);
        requireText("quoteCurrency", quoteCurrency);
        requireText("settlementCurrency", settlementCurrency);
        if (orderTicks <= 0 || orderLots <= 0)
        {
            throw new IllegalArgumentException("order increments must be positive: instrument=" + symbol + "." + venue +
                " orderTicks=" + orderTicks + " orderLots=" + orderLots);
        }
        if (contractType != ContractType.LINEAR && contractType != ContractType.INVERSE)
        {
            throw new IllegalArgumentException(
                "contract type must be LINEAR or INVERSE: instrument=" + symbol + "." + venue);
        }
    }

    /** The name people and configuration use, e.g. {@code BTCUSDT.BINANCE_USDM}. */
    public String name()
    {
        return symbol + "." + venue;
    }

    public Instrument withId(final int newId)
    {
        return new Instrument(newId, symbol, venue, contractType, tick, lot, orderTicks, orderLots, multiplier,
            baseCurrency, quoteCurrency, settlementCurrency);
    }

    /** Whether all is equal but the id; increments by their value, however they are written. */
    public boolean hasTermsOf(final Instrument other)
    {
        return tick.isEqualTo(other.tick) && lot.isEqualTo(other.lot) && multiplier.isEqualTo(other.multiplier) &&
            new Instrument(id, symbol, venue, contractType, other.tick, other.lot, orderTicks, orderLots,
                other.multiplier, baseCurrency, quoteCurrency, settlementCurrency).equals(other.withId(id));
    }

    public boolean isInverse()
    {
        return contractType == ContractType.INVERSE;
    }

    /** Cash of this instrument is counted in units of 10 to this power of the settlement currency. */
    public int cashExponent()
    {
        return isInverse() ? INVERSE_CASH_EXPONENT : tick.exponent() + lot.exponent() + multiplier.exponent();
    }

    /** Cash as a decimal of the settlement currency; allocates. */
    public BigDecimal cash(final long cashUnits)
    {
        return BigDecimal.valueOf(cashUnits).scaleByPowerOfTen(cashExponent());
    }

    /** Writes the message's fields; the encoder must be wrapped. */
    public void encode(final InstrumentDefinitionEncoder encoder)
    {
        encoder.instrumentId(id).contractType(contractType);
        encoder.tickSize().mantissa(tick.mantissa()).exponent((byte)tick.exponent());
        encoder.lotSize().mantissa(lot.mantissa()).exponent((byte)lot.exponent());
        encoder.orderTicks(orderTicks).orderLots(orderLots);
        encoder.multiplier().mantissa(multiplier.mantissa()).exponent((byte)multiplier.exponent());
        encoder.cashExponent((byte)cashExponent());
        encoder.symbol(symbol).venue(venue).baseCurrency(baseCurrency).quoteCurrency(quoteCurrency)
            .settlementCurrency(settlementCurrency);
    }

    /** Reads the message; allocates. */
    public static Instrument decode(final InstrumentDefinitionDecoder decoder)
    {
        // Variable-length fields are read in the order of the schema.
        final String symbol = decoder.symbol();
        final String venue = decoder.venue();
        final String baseCurrency = decoder.baseCurrency();
        final String quoteCurrency = decoder.quoteCurrency();
        final String settlementCurrency = decoder.settlementCurrency();
        return new Instrument(
            decoder.instrumentId(),
            symbol,
            venue,
            decoder.contractType(),
            increment(decoder.tickSize()),
            increment(decoder.lotSize()),
            decoder.orderTicks(),
            decoder.orderLots(),
            increment(decoder.multiplier()),
            baseCurrency,
            quoteCurrency,
            settlementCurrency);
    }

    /** Half of a surrogate pair is no text: it would be written as a question mark, and two names become one. */
    private static void requireText(final String field, final String text)
    {
        if (text.codePoints().anyMatch(codePoint -> codePoint >= Character.MIN_SURROGATE &&
            codePoint <= Character.MAX_SURROGATE))
        {
            throw new IllegalArgumentException("expected text: " + field + "=" + Escapes.line(text));
        }
    }

    private static Increment increment(final Decimal64Decoder decimal)
    {
        return new Increment(decimal.mantissa(), decimal.exponent());
    }
}
