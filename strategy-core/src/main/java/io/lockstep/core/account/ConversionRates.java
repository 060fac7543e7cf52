package io.lockstep.core.account;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Int128;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.codecs.NameRule;
import io.lockstep.codecs.Xxh64;
import io.lockstep.core.account.ConversionRate.Result;
import io.lockstep.core.position.CountableRange;
import io.lockstep.core.snapshot.SectionWriter;
import io.lockstep.core.snapshot.StateTable;
import io.lockstep.sbe.CommandReason;
import io.lockstep.sbe.RatesSectionDecoder;
import io.lockstep.sbe.RatesSectionEncoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.Arrays;
import java.util.List;

/**
 * The rates that a definition names, one for each asset and currency, and what became of the amounts that they were asked to make
 * cash of. An amount that is already in the instrument's settlement currency needs no rate. One that no rate can be had for is
 * counted, and stays in the balance of its asset alone.
 * <p>
 * One thread. Definitions allocate; a conversion does not.
 */
public final class ConversionRates implements StateTable<RatesSectionDecoder>
{
    public static final int RATES_MAX = 64;
    /** Unit of what {@link #value} answers. */
    public static final int VALUE_EXPONENT = -8;
    private static final int ASCII_END = 0x80;

    private final MarkPort marks;
    private ConversionRate[] rates = {};
    private final UnsafeBuffer name = new UnsafeBuffer(0, 0);
    /** What it counts is of no account: the balance of the asset has counted it. */
    private final AssetUnits units = new AssetUnits();
    private final MutableInt128 amount = new MutableInt128();
    private final MutableInt128 part = new MutableInt128();
    private long converted;
    private long unnamed;
    private long unmarked;
    private long stale;
    private long overflowed;

    public ConversionRates(final MarkPort marks)
    {
        this.marks = marks;
    }

    /** In the order in which they were defined. */
    public List<ConversionRate> rates()
    {
        return List.of(rates);
    }

    /**
     * Names the source of a rate, in the place of the one that the asset and the currency have.
     *
     * @param instrumentId whose mark is the rate.
     * @return ACCEPTED, NO_CHANGE when it says what is known, UNKNOWN_INSTRUMENT, INVALID_VALUE when the instrument does not trade
     *         the one for the other, or CAPACITY.
     */
    public CommandReason define(
        final int instrumentId, final String asset, final String currency, final long ageMaxNs)
    {
        final Instrument source = marks.instrument(instrumentId);
        if (source == null)
        {
            return CommandReason.UNKNOWN_INSTRUMENT;
        }
        if (!NameRule.isName(asset) || !NameRule.isName(currency) || ageMaxNs < 0)
        {
            return CommandReason.INVALID_VALUE;
        }
        final ConversionRate rate;
        try
        {
            rate = ConversionRate.of(source, asset, currency, ageMaxNs);
        }
        catch (final IllegalArgumentException ex)
        {
            return CommandReason.INVALID_VALUE;
        }
        return put(rate, indexOf(asset, currency));
    }

    private CommandReason put(final ConversionRate rate, final int index)
    {
        if (index < 0)
        {
            return add(rate);
        }
        final ConversionRate before = rates[index];
        rates[index] = rate;
        return before.instrumentId() == rate.instrumentId() && before.ageMaxNs() == rate.ageMaxNs()
            ? CommandReason.NO_CHANGE
            : CommandReason.ACCEPTED;
    }

    private CommandReason add(final ConversionRate rate)
    {
        if (rates.length == RATES_MAX)
        {
            return CommandReason.CAPACITY;
        }
        rates = Arrays.copyOf(rates, rates.length + 1);
        rates[rates.length - 1] = rate;
        return CommandReason.ACCEPTED;
    }

    /** Takes the rate out; NO_CHANGE where there is none. */
    public CommandReason remove(final String asset, final String currency)
    {
        final int index = indexOf(asset, currency);
        if (index < 0)
        {
            return CommandReason.NO_CHANGE;
        }
        final ConversionRate removed = rates[index];
        rates = Arrays.stream(rates).filter((rate) -> rate != removed).toArray(ConversionRate[]::new);
        return CommandReason.ACCEPTED;
    }

    private int indexOf(final String asset, final String currency)
    {
        for (int i = 0; i < rates.length; i++)
        {
            if (rates[i].asset().equals(asset) && rates[i].currency().equals(currency))
            {
                return i;
            }
        }
        return -1;
    }

    /**
     * Sets the result to what a fee comes to in cash units of the instrument, rounded up: against the account.
     *
     * @param result 0 when it cannot be said, which is counted.
     */
    public void fee(final Commission fee, final Instrument instrument, final MutableInt128 result)
    {
        if (fee.amount().signum() == 0)
        {
            result.set(0);
            return;
        }
        amount.set(fee.amount()).negate();
        if (!units.scale(amount, fee.exponent()))
        {
            overflowed++;
            result.set(0);
            return;
        }
        if (cash(fee.asset(), fee.assetLength(), instrument, result))
        {
            result.negate();
        }
    }

    /**
     * Sets the result to what profit, or a loss below 0, comes to in cash units of the instrument, rounded towards minus infinity.
     *
     * @param profit in 10^-18 of the asset.
     * @return false when it cannot be said, which is counted.
     */
    public boolean profit(
        final AccountBalance asset, final Int128 profit, final Instrument instrument, final MutableInt128 result)
    {
        amount.set(profit);
        name.wrap(asset.assetBytes());
        return cash(name, name.capacity(), instrument, result);
    }

    private boolean cash(
        final DirectBuffer asset, final int length, final Instrument instrument, final MutableInt128 result)
    {
        final Result outcome = convert(asset, length, instrument, result);
        switch (outcome)
        {
            case CONVERTED -> converted++;
            case UNNAMED -> unnamed++;
            case NO_RATE -> unmarked++;
            case STALE -> stale++;
            case OVERFLOW -> overflowed++;
        }
        if (outcome != Result.CONVERTED)
        {
            result.set(0);
        }
        return outcome == Result.CONVERTED;
    }

    /**
     * Turns cash into units of 10^{@value #VALUE_EXPONENT} of a currency, rounded towards minus infinity. Nothing is counted, for nothing
     * is booked.
     *
     * @param cash     in units of 10^exponent of the currency that it is in; undefined when it cannot be said.
     */
    public Result value(final MutableInt128 cash, final int exponent, final String from, final String to)
    {
        if (!units.scale(cash, exponent))
        {
            return Result.OVERFLOW;
        }
        amount.set(cash);
        final Result outcome = from.equals(to) ? Result.CONVERTED : convert(find(from, to));
        cash.set(amount);
        return outcome != Result.CONVERTED || AssetUnits.isAmount(cash) && AssetUnits.unscale(cash, VALUE_EXPONENT)
            ? outcome
            : Result.OVERFLOW;
    }

    private ConversionRate find(final String asset, final String currency)
    {
        final int index = indexOf(asset, currency);
        return index < 0 ? null : rates[index];
    }

    private Result convert(
        final DirectBuffer asset, final int length, final Instrument instrument, final MutableInt128 result)
    {
        final Result outcome = isSettlement(asset, length, instrument)
            ? Result.CONVERTED
            : convert(find(asset, length, instrument.settlementCurrency()));
        if (outcome != Result.CONVERTED)
        {
            return outcome;
        }
        result.set(amount);
        return AssetUnits.isAmount(amount) && AssetUnits.unscale(result, instrument.cashExponent()) &&
            CountableRange.hasCash(result)
                ? Result.CONVERTED
                : Result.OVERFLOW;
    }

    /** The amount becomes one of the currency. */
    private Result convert(final ConversionRate rateOrNull)
    {
        if (rateOrNull == null)
        {
            return Result.UNNAMED;
        }
        final int source = rateOrNull.instrumentId();
        part.set(amount);
        return rateOrNull.convert(part, marks.markTicks(source), marks.markAgeNs(source), amount);
    }

    /** Allocates where the name of the currency is not of ASCII alone. */
    private static boolean isSettlement(final DirectBuffer asset, final int length, final Instrument instrument)
    {
        final String currency = instrument.settlementCurrency();
        if (length == 0 || currency.isEmpty())
        {
            return false;
        }
        for (int i = 0; i < currency.length(); i++)
        {
            if (currency.charAt(i) >= ASCII_END)
            {
                return asset.getStringWithoutLengthUtf8(0, length).equals(currency);
            }
            if (i == length || asset.getByte(i) != currency.charAt(i))
            {
                return false;
            }
        }
        return length == currency.length();
    }

    private ConversionRate find(final DirectBuffer asset, final int length, final String currency)
    {
        for (int i = 0; i < rates.length; i++)
        {
            if (rates[i].isOf(asset, length, currency))
            {
                return rates[i];
            }
        }
        return null;
    }

    /** An amount that was to be booked as profit did not fit. */
    public void countOverflow()
    {
        overflowed++;
    }

    /** Amounts that were made cash. */
    public long converted()
    {
        return converted;
    }

    /** Amounts for which no rate is defined; like all that follow they are in the balance of their asset alone. */
    public long unnamed()
    {
        return unnamed;
    }

    /** Amounts whose rate had no mark. */
    public long unmarked()
    {
        return unmarked;
    }

    /** Amounts whose rate's mark was too old. */
    public long stale()
    {
        return stale;
    }

    /** Amounts that do not fit. */
    public long overflowed()
    {
        return overflowed;
    }

    /** Amounts that are in no profit, whatever the reason. */
    public long unconverted()
    {
        return unnamed + unmarked + stale + overflowed;
    }

    /** Whether a rate is defined, or was asked for. */
    @Override
    public int sectionCount()
    {
        return rates.length > 0 || converted > 0 || unconverted() > 0 ? 1 : 0;
    }

    @Override
    public void save(final SectionWriter writer)
    {
        if (sectionCount() == 0)
        {
            return;
        }
        final RatesSectionEncoder section = writer.begin(new RatesSectionEncoder());
        section.converted(converted).unnamed(unnamed).unmarked(unmarked).stale(stale).overflowed(overflowed);
        final RatesSectionEncoder.RatesEncoder group = section.ratesCount(rates.length);
        for (final ConversionRate rate : rates)
        {
            group.next().instrumentId(rate.instrumentId()).maxAgeNs(rate.ageMaxNs()).asset(rate.asset())
                .currency(rate.currency());
        }
        writer.end();
    }

    @Override
    public int templateId()
    {
        return RatesSectionDecoder.TEMPLATE_ID;
    }

    @Override
    public RatesSectionDecoder newDecoder()
    {
        return new RatesSectionDecoder();
    }

    @Override
    public void restore(final RatesSectionDecoder section)
    {
        if (sectionCount() > 0)
        {
            throw new IllegalArgumentException("a second section of rates");
        }
        converted = section.converted();
        unnamed = section.unnamed();
        unmarked = section.unmarked();
        stale = section.stale();
        overflowed = section.overflowed();
        for (final RatesSectionDecoder.RatesDecoder group : section.rates())
        {
            final int instrumentId = group.instrumentId();
            final long ageMaxNs = group.maxAgeNs();
            final String asset = group.asset();
            final String currency = group.currency();
            final CommandReason reason = define(instrumentId, asset, currency, ageMaxNs);
            if (reason != CommandReason.ACCEPTED)
            {
                throw new IllegalArgumentException("no rate: " + reason + " asset=" + asset + " currency=" + currency +
                    " instrumentId=" + instrumentId + " maxAgeNs=" + ageMaxNs);
            }
        }
    }

    @Override
    public long stateHash()
    {
        if (sectionCount() == 0)
        {
            return 0;
        }
        long hash = Xxh64.chain(converted, unnamed);
        hash = Xxh64.chain(Xxh64.chain(hash, unmarked), stale);
        hash = Xxh64.chain(hash, overflowed);
        for (int i = 0; i < rates.length; i++)
        {
            hash = rates[i].chain(hash);
        }
        return hash;
    }
}
