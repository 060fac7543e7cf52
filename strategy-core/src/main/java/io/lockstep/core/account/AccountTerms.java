package io.lockstep.core.account;

import io.lockstep.codecs.Int128;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.sbe.AccountType;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.PositionMode;
import io.lockstep.sbe.VenueDefinitionDecoder;

/**
 * What a venue's definition says of its account. Immutable, any thread.
 *
 * @param type                  what a fill moves.
 * @param mode                  how positions are held.
 * @param haltOnDifference      whether a difference halts the account.
 * @param balanceTolerance      in 10^-18 of each asset; a difference up to it is none.
 * @param positionToleranceLots of each instrument; a difference up to it is none.
 */
public record AccountTerms(
    AccountType type,
    PositionMode mode,
    boolean haltOnDifference,
    Int128 balanceTolerance,
    long positionToleranceLots)
{
    /** A margin account that nets, tolerates nothing and halts: of a venue that was never defined. */
    public static final AccountTerms DEFAULT = new AccountTerms(AccountType.MARGIN, PositionMode.NETTING, true,
        new MutableInt128(), 0);

    /** Reads the message's fields and none of its texts; allocates. What is absent is as in {@link #DEFAULT}. */
    public static AccountTerms decode(final VenueDefinitionDecoder decoder)
    {
        return new AccountTerms(
            decoder.accountType() == AccountType.CASH ? AccountType.CASH : DEFAULT.type,
            decoder.positionMode() == PositionMode.HEDGE ? PositionMode.HEDGE : DEFAULT.mode,
            decoder.haltOnDifference() != BooleanType.FALSE,
            tolerance(decoder.balanceTolerance().mantissa(), decoder.balanceTolerance().exponent()),
            Math.max(0, decoder.positionToleranceLots()));
    }

    /** A tolerance that is no amount, or is negative, tolerates nothing. */
    private static Int128 tolerance(final long mantissa, final int exponent)
    {
        final MutableInt128 tolerance = new MutableInt128(Math.max(0, mantissa));
        return new AssetUnits().scale(tolerance, exponent) ? tolerance : tolerance.set(0);
    }

    /** Whether an account of these terms can go on with the others: type and mode say what its numbers mean. */
    public boolean canBecome(final AccountTerms other)
    {
        return type == other.type && mode == other.mode;
    }
}
