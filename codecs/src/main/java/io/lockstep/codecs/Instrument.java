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
 * @param cashExponent       cash is counted in units of 10 to this power of the settlement currency.
 * @param settings           where its orders go, and what counts as a crossed book.
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
    String settlementCurrency,
    int cashExponent,
    InstrumentSettings settings)
{
    /** The coarsest unit of cash: a fee is rounded up to a whole one. */
    public static final int CASH_EXPONENT_MAX = -8;
    /** The finest: what a finer tick and lot would need is rounded against the account, as with inverse contracts. */
    public static final int CASH_EXPONENT_MIN = -24;
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

    /** With the settings that an instrument has when nothing is said about them. */
    public Instrument(
        final int id,
        final String symbol,
        final String venue,
        final ContractType contractType,
        final Increment tick,
        final Increment lot,
        final long orderTicks,
        final long orderLots,
        final Increment multiplier,
        final String baseCurrency,
        final String quoteCurrency,
        final String settlementCurrency,
        final int cashExponent)
    {
        this(id, symbol, venue, contractType, tick, lot, orderTicks, orderLots, multiplier, baseCurrency, quoteCurrency,
            settlementCurrency, cashExponent, InstrumentSettings.DEFAULT);
    }

    /**
     * With the unit of cash that new instruments have. Of linear contracts: what a lot at a tick is worth comes out whole, and
     * it is {@link #CASH_EXPONENT_MAX} or finer; of inverse ones: 10^{@value #INVERSE_CASH_EXPONENT}.
     */
    public Instrument(
        final int id,
        final String symbol,
        final String venue,
        final ContractType contractType,
        final Increment tick,
        final Increment lot,
        final long orderTicks,
        final long orderLots,
        final Increment multiplier,
        final String baseCurrency,
        final String quoteCurrency,
        final String settlementCurrency)
    {
        this(id, symbol, venue, contractType, tick, lot, orderTicks, orderLots, multiplier, baseCurrency, quoteCurrency,
            settlementCurrency, contractType == ContractType.INVERSE
                ? INVERSE_CASH_EXPONENT
                : Math.max(CASH_EXPONENT_MIN, Math.min(CASH_EXPONENT_MAX, valueExponent(tick, lot, multiplier))));
    }

    private static int valueExponent(final Increment tick, final Increment lot, final Increment multiplier)
    {
        return tick.exponent() + lot.exponent() + multiplier.exponent();
    }

    /** The unit that follows from the terms alone, which all instruments had before there was a coarsest and a finest one. */
    public int cashExponentOfTerms()
    {
        return isInverse() ? INVERSE_CASH_EXPONENT : valueExponent(tick, lot, multiplier);
    }

    /** The name people and configuration use, e.g. {@code BTCUSDT.BINANCE_USDM}. */
    public String name()
    {
        return symbol + "." + venue;
    }

    public Instrument withId(final int newId)
    {
        return new Instrument(newId, symbol, venue, contractType, tick, lot, orderTicks, orderLots, multiplier,
            baseCurrency, quoteCurrency, settlementCurrency, cashExponent, settings);
    }

    /** As a journal counts its cash: one that was begun by an earlier version goes on in the unit it has. */
    public Instrument withCashExponent(final int newCashExponent)
    {
        return new Instrument(id, symbol, venue, contractType, tick, lot, orderTicks, orderLots, multiplier,
            baseCurrency, quoteCurrency, settlementCurrency, newCashExponent, settings);
    }

    public Instrument withSettings(final InstrumentSettings newSettings)
    {
        return new Instrument(id, symbol, venue, contractType, tick, lot, orderTicks, orderLots, multiplier,
            baseCurrency, quoteCurrency, settlementCurrency, cashExponent, newSettings);
    }

    /** Another grid for order prices and quantities, in ticks and lots. */
    public Instrument withOrderGrid(final long newOrderTicks, final long newOrderLots)
    {
        return new Instrument(id, symbol, venue, contractType, tick, lot, newOrderTicks, newOrderLots, multiplier,
            baseCurrency, quoteCurrency, settlementCurrency, cashExponent, settings);
    }

    /**
     * Whether this definition may follow the other while a node runs: it differs in nothing but the order grid and what counts
     * as a crossed book. What a journal counts in, and the venue that takes the orders, stay what they are for an id.
     */
    public boolean canFollow(final Instrument other)
    {
        return settings.orderVenueId() == other.settings.orderVenueId() &&
            withOrderGrid(other.orderTicks, other.orderLots).withSettings(other.settings).equals(other);
    }

    /**
     * Whether all is equal but the id, the settings and the unit of cash, which are no terms of the contract; increments by
     * their value, however they are written.
     */
    public boolean hasTermsOf(final Instrument other)
    {
        return tick.isEqualTo(other.tick) && lot.isEqualTo(other.lot) && multiplier.isEqualTo(other.multiplier) &&
            new Instrument(id, symbol, venue, contractType, other.tick, other.lot, orderTicks, orderLots,
                other.multiplier, baseCurrency, quoteCurrency, settlementCurrency, other.cashExponent, other.settings)
                .equals(other.withId(id));
    }

    public boolean isInverse()
    {
        return contractType == ContractType.INVERSE;
    }

    /** Cash as a decimal of the settlement currency; allocates. */
    public BigDecimal cash(final Int128 cashUnits)
    {
        return new BigDecimal(cashUnits.toBigInteger(), -cashExponent);
    }

    /** Writes the message's fields; the encoder must be wrapped. */
    public void encode(final InstrumentDefinitionEncoder encoder)
    {
        encoder.instrumentId(id).contractType(contractType);
        encoder.tickSize().mantissa(tick.mantissa()).exponent((byte)tick.exponent());
        encoder.lotSize().mantissa(lot.mantissa()).exponent((byte)lot.exponent());
        encoder.orderTicks(orderTicks).orderLots(orderLots);
        encoder.multiplier().mantissa(multiplier.mantissa()).exponent((byte)multiplier.exponent());
        encoder.cashExponent((byte)cashExponent);
        settings.encode(encoder);
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
            settlementCurrency,
            decoder.cashExponent(),
            InstrumentSettings.decode(decoder));
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
