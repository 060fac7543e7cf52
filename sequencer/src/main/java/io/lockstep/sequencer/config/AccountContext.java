package io.lockstep.sequencer.config;

import io.lockstep.codecs.Decimal;
import io.lockstep.sbe.AccountType;
import io.lockstep.sbe.PositionMode;

/**
 * The account that a venue's orders trade for; keys of {@code venues[].account}.
 *
 * @param name                  at the venue; empty where the venue has only one.
 * @param type                  what a fill moves: base and quote currency, or profit and loss.
 * @param positionMode          whether it holds one position an instrument, or a long and a short one beside each other.
 * @param haltOnDifference      whether a difference between the venue's reports and the engine halts the account.
 * @param balanceTolerance      a difference of an asset up to it is none, in the asset.
 * @param positionToleranceLots a difference of an instrument's position up to it is none, in lots.
 */
public record AccountContext(
    String name,
    AccountType type,
    PositionMode positionMode,
    boolean haltOnDifference,
    Decimal balanceTolerance,
    long positionToleranceLots)
{
    /** Of a venue that the configuration does not list. */
    static final AccountContext DEFAULT = new AccountContext(
        "", AccountType.MARGIN, PositionMode.NETTING, true, new Decimal(0, 0), 0);

    static AccountContext read(final YamlSection section)
    {
        final String name = section.name("name", DEFAULT.name);
        final AccountType type = section.constant("type", AccountType.class, DEFAULT.type);
        final PositionMode positionMode = section.constant("positionMode", PositionMode.class, DEFAULT.positionMode);
        final boolean haltOnDifference = section.flag("haltOnDifference", DEFAULT.haltOnDifference);
        final Decimal balanceTolerance = balanceTolerance(section);
        final long positionToleranceLots = section.whole("positionToleranceLots", 0, 0, Long.MAX_VALUE);
        section.refuseUnknown();
        return new AccountContext(
            name, type, positionMode, haltOnDifference, balanceTolerance, positionToleranceLots);
    }

    private static Decimal balanceTolerance(final YamlSection section)
    {
        final Decimal tolerance = section.decimal("balanceTolerance");
        if (tolerance == null)
        {
            if (!section.has("balanceTolerance"))
            {
                section.derived("balanceTolerance", DEFAULT.balanceTolerance);
            }
            return DEFAULT.balanceTolerance;
        }
        if (tolerance.mantissa() < 0)
        {
            section.refuse("balanceTolerance", tolerance, "a tolerance that is not negative");
        }
        return tolerance;
    }
}
