package io.lockstep.core.account;

import io.lockstep.codecs.MutableInt128;
import io.lockstep.sbe.Side;

/**
 * What orders of a cash account need when they are filled: a buy the settlement currency at its price, a sale the base currency. Fees are
 * left out. In 10^-18 of the asset. One thread, no allocation.
 */
public final class SpotNeed
{
    private final AssetUnits units = new AssetUnits();
    private final MutableInt128 part = new MutableInt128();

    /** The balance that orders of the side use; null where fills exchange no currencies, or the instrument is not the account's. */
    public static AccountBalance balance(final Account account, final int instrumentId, final Side side)
    {
        final AccountInstrument instrument = account.instruments().get(instrumentId);
        if (instrument == null || !instrument.isDefined() || !instrument.exchanges(account.terms().type()))
        {
            return null;
        }
        return side == Side.BUY ? instrument.settlement() : instrument.base();
    }

    /**
     * Adds what so many lots of an instrument that has a {@link #balance} need.
     *
     * @param priceTicks of a buy.
     * @return false when it is no amount: more than any balance.
     */
    public boolean add(
        final Account account,
        final int instrumentId,
        final Side side,
        final long priceTicks,
        final long lots,
        final MutableInt128 sum)
    {
        final AccountInstrument instrument = account.instruments().get(instrumentId);
        try
        {
            if (!(side == Side.BUY ? cash(instrument, priceTicks, lots) : base(instrument, lots)))
            {
                return false;
            }
            sum.add(part);
            return AssetUnits.isAmount(sum);
        }
        catch (final ArithmeticException ex)
        {
            return false;
        }
    }

    private boolean cash(final AccountInstrument instrument, final long priceTicks, final long lots)
    {
        instrument.cashRule().fillCash(priceTicks, lots, part).negate();
        return units.scale(part, instrument.instrument().cashExponent());
    }

    private boolean base(final AccountInstrument instrument, final long lots)
    {
        instrument.baseQuantity(lots, part);
        return units.scale(part, instrument.baseExponent());
    }
}
