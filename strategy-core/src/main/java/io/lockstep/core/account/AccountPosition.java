package io.lockstep.core.account;

import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.Xxh64;
import io.lockstep.sbe.AccountSectionDecoder;
import io.lockstep.sbe.AccountSectionEncoder;
import io.lockstep.sbe.DifferenceKind;
import io.lockstep.sbe.DifferenceStanding;

/**
 * One position of an instrument as the venue counts it: the net one, or the long or the short one of an account in hedge mode.
 * In lots, which of a short position are not negative. Belongs to its account, on whose thread it is read.
 */
public final class AccountPosition
{
    /** Named by no report. */
    public static final long NULL_LOTS = Nulls.NULL_LONG;

    private final int instrumentId;
    private final DifferenceKind kind;
    private final MarginCost cost = new MarginCost();
    private long reportedLots = NULL_LOTS;
    private long adjustedLots;
    private long differenceLots;
    private DifferenceStanding standing = DifferenceStanding.NONE;
    /** Which report has named it last: counts within the process, and is no state. */
    private long namedBy;

    AccountPosition(final int instrumentId, final DifferenceKind kind)
    {
        this.instrumentId = instrumentId;
        this.kind = kind;
    }

    public int instrumentId()
    {
        return instrumentId;
    }

    /** POSITION, LONG_POSITION or SHORT_POSITION. */
    public DifferenceKind kind()
    {
        return kind;
    }

    /** Lots by the newest report that names the instrument; {@link #NULL_LOTS} for none. */
    public long reportedLots()
    {
        return reportedLots;
    }

    /** Accepted by an operator, and in the position of no owner. */
    public long adjustedLots()
    {
        return adjustedLots;
    }

    /** The engine's less the venue's, by the newest report that was compared. */
    public long differenceLots()
    {
        return differenceLots;
    }

    public DifferenceStanding standing()
    {
        return standing;
    }

    MarginCost cost()
    {
        return cost;
    }

    /** The engine's lots: those of the owners, and what an operator has accepted. */
    long engineLots(final LotsByInstrument lots)
    {
        return Math.addExact(adjustedLots, ownedLots(lots));
    }

    private long ownedLots(final LotsByInstrument lots)
    {
        return switch (kind)
        {
            case POSITION -> lots.netLots(instrumentId);
            case LONG_POSITION -> lots.longLots(instrumentId);
            case SHORT_POSITION -> lots.shortLots(instrumentId);
            case BALANCE, SBE_UNKNOWN, NULL_VAL -> throw new IllegalStateException("kind=" + kind);
        };
    }

    void report(final long newReportedLots, final long report)
    {
        reportedLots = newReportedLots;
        namedBy = report;
    }

    /** The report says something of it that cannot be counted: it is not compared, and not taken for flat. */
    void leaveOut(final long report)
    {
        namedBy = -report;
    }

    boolean isLeftOutBy(final long report)
    {
        return namedBy == -report;
    }

    boolean isNamedBy(final long report)
    {
        return namedBy == report;
    }

    /** @return whether the difference is confirmed and has not been decided yet. */
    boolean compare(final LotsByInstrument lots)
    {
        final long newDifference = difference(engineLots(lots), reportedLots);
        standing = Standings.next(standing, newDifference == 0, newDifference == differenceLots);
        differenceLots = newDifference;
        return standing == DifferenceStanding.CONFIRMED;
    }

    /** What does not fit is as large as can be. */
    private static long difference(final long engineLots, final long venueLots)
    {
        final long difference = engineLots - venueLots;
        if (((engineLots ^ venueLots) & (engineLots ^ difference)) < 0 || difference == Long.MIN_VALUE)
        {
            return engineLots < 0 ? -Long.MAX_VALUE : Long.MAX_VALUE;
        }
        return difference;
    }

    boolean isBeyond(final long toleranceLots)
    {
        return Math.abs(differenceLots) > toleranceLots;
    }

    void decide()
    {
        standing = DifferenceStanding.DECIDED;
    }

    /** The lots by which the engine is below the venue, where two reports in a row have shown it; else 0. */
    long acceptableLots()
    {
        return Standings.isConfirmed(standing) ? -differenceLots : 0;
    }

    /** The difference as a change of what is bought less what is sold. */
    long acceptableNetLots()
    {
        return kind == DifferenceKind.SHORT_POSITION ? -acceptableLots() : acceptableLots();
    }

    /** Counts these lots as the engine's from now on, whatever the owners' positions add up to. */
    void accept(final long lots, final LotsByInstrument owners)
    {
        adjustedLots = Math.subtractExact(lots, ownedLots(owners));
        differenceLots = 0;
        standing = DifferenceStanding.NONE;
    }

    void save(final AccountSectionEncoder.PositionsEncoder group)
    {
        group.instrumentId(instrumentId).kind(kind).costLots(cost.lots()).cost(cost.cost().low())
            .costHigh(cost.cost().highOrNull()).reportedLots(reportedLots).adjustedLots(adjustedLots)
            .differenceLots(differenceLots).standing(standing);
    }

    void restore(final AccountSectionDecoder.PositionsDecoder group)
    {
        cost.restore(group.costLots(), group.cost(), group.costHigh());
        reportedLots = group.reportedLots();
        adjustedLots = group.adjustedLots();
        differenceLots = group.differenceLots();
        standing = Standings.require(group.standing());
    }

    long chain(final long hash)
    {
        long chained = Xxh64.chain(hash, (long)instrumentId << 8 | kind.value());
        chained = cost.chain(chained);
        chained = Xxh64.chain(chained, reportedLots);
        chained = Xxh64.chain(chained, adjustedLots);
        chained = Xxh64.chain(chained, differenceLots);
        return Xxh64.chain(chained, standing.value());
    }
}
