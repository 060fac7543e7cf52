package io.lockstep.core.account;

import io.lockstep.codecs.Int128;
import io.lockstep.sbe.AccountEntryKind;
import io.lockstep.sbe.DifferenceKind;

/**
 * What an account causes: decisions, and what others have to book. Called from within the account's methods, on their thread;
 * an implementation must not call the account. What is passed is valid during the call only.
 */
public interface AccountPort
{
    /**
     * A balance differs from the venue's, beyond the tolerance and twice in a row.
     *
     * @param balance with the engine's amount and the venue's, both in 10^-18 of the asset.
     * @param halts   whether the account is halted by it.
     */
    void onBalanceDifference(int venueId, AccountBalance balance, boolean halts);

    /**
     * A position differs from the venue's, beyond the tolerance and twice in a row.
     *
     * @param kind which position of the instrument.
     */
    void onPositionDifference(
        int venueId, int instrumentId, DifferenceKind kind, long engineLots, long venueLots, boolean halts);

    /**
     * An entry of the venue is profit (positive) or loss of an instrument.
     *
     * @param cash in the instrument's cash units, rounded towards minus infinity.
     */
    void onProfit(int instrumentId, AccountEntryKind kind, Int128 cash);

    /**
     * As {@link #onProfit}, in an asset that is not the instrument's settlement currency: a {@link ConversionRate} makes cash
     * of it.
     *
     * @param amount in 10^-18 of the asset.
     */
    void onForeignProfit(int instrumentId, AccountEntryKind kind, AccountBalance asset, Int128 amount);

    /**
     * An operator has accepted that the venue has so many lots more (positive) or less: they become nobody's (instance 0), and
     * {@link LotsByInstrument} counts them when this returns.
     *
     * @return the price in ticks at which they were booked; {@link io.lockstep.codecs.Nulls#NULL_PRICE_TICKS} for none.
     */
    long onPositionAccepted(int instrumentId, long lots);
}
