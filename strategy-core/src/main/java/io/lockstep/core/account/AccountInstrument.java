package io.lockstep.core.account;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.core.position.CashRule;
import io.lockstep.sbe.AccountType;
import io.lockstep.sbe.DifferenceKind;
import io.lockstep.sbe.PositionMode;

/**
 * An instrument of an account: its positions as the venue counts them, and once it is defined the balances that its fills move.
 * One thread; allocates when it is made and defined.
 */
final class AccountInstrument
{
    private final int id;
    private final AccountPosition[] positions;
    private Instrument instrument;
    private CashRule cashRule;
    private AccountBalance base;
    private AccountBalance settlement;

    AccountInstrument(final int id, final PositionMode mode)
    {
        this.id = id;
        positions = mode == PositionMode.HEDGE
            ? new AccountPosition[]
            {new AccountPosition(id, DifferenceKind.LONG_POSITION),
                new AccountPosition(id, DifferenceKind.SHORT_POSITION)}
            : new AccountPosition[]
            {new AccountPosition(id, DifferenceKind.POSITION)};
    }

    void define(final Instrument newInstrument, final AccountBalances balances)
    {
        instrument = newInstrument;
        cashRule = new CashRule(newInstrument);
        base = balances.findOrAdd(newInstrument.baseCurrency());
        settlement = balances.findOrAdd(newInstrument.settlementCurrency());
    }

    boolean isDefined()
    {
        return instrument != null;
    }

    int id()
    {
        return id;
    }

    Instrument instrument()
    {
        return instrument;
    }

    CashRule cashRule()
    {
        return cashRule;
    }

    AccountBalance base()
    {
        return base;
    }

    AccountBalance settlement()
    {
        return settlement;
    }

    int positionCount()
    {
        return positions.length;
    }

    /** The net position; or the long one and then the short one. */
    AccountPosition positionAt(final int index)
    {
        return positions[index];
    }

    AccountPosition position(final DifferenceKind kind)
    {
        for (final AccountPosition position : positions)
        {
            if (position.kind() == kind)
            {
                return position;
            }
        }
        throw new IllegalArgumentException("kind=" + kind + " instrumentId=" + id);
    }

    /** Whether fills exchange the base for the settlement currency; else they realize profit. Inverse contracts are no coins. */
    boolean exchanges(final AccountType type)
    {
        return type == AccountType.CASH && !instrument.isInverse();
    }

    /** Sets the result to so many lots as a number of 10^{@link #baseExponent()} of the base currency. */
    void baseQuantity(final long lots, final MutableInt128 result)
    {
        result.product(lots, instrument.lot().mantissa()).multiply(instrument.multiplier().mantissa());
    }

    int baseExponent()
    {
        return instrument.lot().exponent() + instrument.multiplier().exponent();
    }

    /** Whole lots in so many 10^-18 of the base currency, rounded towards minus infinity; the amount is used up. */
    long wholeLots(final MutableInt128 amount)
    {
        if (!AssetUnits.unscale(amount, baseExponent()))
        {
            return amount.signum() < 0 ? -Long.MAX_VALUE : Long.MAX_VALUE;
        }
        amount.divideFloor(instrument.lot().mantissa()).divideFloor(instrument.multiplier().mantissa());
        return amount.fitsLong() ? amount.low() : amount.signum() < 0 ? -Long.MAX_VALUE : Long.MAX_VALUE;
    }
}
