package io.lockstep.core.profit;

import io.lockstep.codecs.Int128;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.Xxh64;
import io.lockstep.core.position.PositionView;
import io.lockstep.sbe.ProfitDaySectionDecoder;
import io.lockstep.sbe.ProfitDaySectionEncoder;

/**
 * What one leg has made, fees taken off, in cash units of its instrument: since the beginning, in the trading day, and in its round trips
 * from flat to flat. A fill that turns the position ends one trip and begins the next; its fee is the ended one's. What is not realized
 * is in none of these. Amounts are as exact as the position's. One thread, no allocation.
 */
public final class LegProfit
{
    /** In place of a day: nothing was made yet. */
    private static final long NO_DAY = Nulls.NULL_LONG;

    private final MutableInt128 total = new MutableInt128();
    private final MutableInt128 dayBase = new MutableInt128();
    private final MutableInt128 tripBase = new MutableInt128();
    private long tradingDay = NO_DAY;
    private int tripSign;
    private long trips;
    private long lossesInRow;

    /** Not state: scratch, and the trip that ended last. */
    private final MutableInt128 newTotal = new MutableInt128();
    private final MutableInt128 tripResult = new MutableInt128();

    /** The position is what it was before profits were kept: what it has made is of no day and of no trip. */
    public void begin(final PositionView position)
    {
        total.set(position.realized()).subtract(position.fees());
        dayBase.set(total);
        tripBase.set(total);
        tripSign = Long.signum(position.netLots());
    }

    /**
     * The position has perhaps changed.
     *
     * @param day the trading day that it is.
     * @return whether a round trip has ended, whose outcome is {@link #tripResult()}.
     */
    public boolean onChanged(final PositionView position, final long day)
    {
        newTotal.set(position.realized()).subtract(position.fees());
        final int sign = Long.signum(position.netLots());
        if (sign == tripSign && newTotal.equals(total))
        {
            return false;
        }
        goTo(day);
        final boolean hasEnded = tripSign != 0 && sign != tripSign;
        if (hasEnded)
        {
            tripResult.set(newTotal).subtract(tripBase);
            trips++;
            lossesInRow = tripResult.signum() < 0 ? lossesInRow + 1 : 0;
            tripBase.set(newTotal);
        }
        else if (tripSign == 0)
        {
            tripBase.set(total);
        }
        total.set(newTotal);
        tripSign = sign;
        return hasEnded;
    }

    private void goTo(final long day)
    {
        if (day != tradingDay)
        {
            tradingDay = day;
            dayBase.set(total);
        }
    }

    /** Takes over what a leg that is taken out has made, so that the sums of instrument, venue and node keep it. */
    public void absorb(final LegProfit other, final long day)
    {
        goTo(day);
        other.goTo(day);
        total.add(other.total);
        dayBase.add(other.dayBase);
        tripBase.add(other.total);
    }

    /** Of the trip that ended last in this process. */
    public Int128 tripResult()
    {
        return tripResult;
    }

    /** Realized less fees, since the beginning. */
    public Int128 total()
    {
        return total;
    }

    /** Sets the result to what was realized less fees in this trading day, and returns it. */
    public MutableInt128 ofDay(final long day, final MutableInt128 result)
    {
        return day == tradingDay ? result.set(total).subtract(dayBase) : result.set(0);
    }

    /** Round trips that have ended. */
    public long trips()
    {
        return trips;
    }

    /** Of the newest trips. */
    public long lossesInRow()
    {
        return lossesInRow;
    }

    /** Whether there is anything to be saved. */
    boolean isUsed()
    {
        return tradingDay != NO_DAY || tripSign != 0 || total.signum() != 0;
    }

    void save(final ProfitDaySectionEncoder section)
    {
        section.tradingDay(tradingDay).trips(trips).lossesInRow(lossesInRow).tripSign((byte)tripSign)
            .total(total.low()).totalHigh(total.highOrNull())
            .dayBase(dayBase.low()).dayBaseHigh(dayBase.highOrNull())
            .tripBase(tripBase.low()).tripBaseHigh(tripBase.highOrNull());
    }

    void restore(final ProfitDaySectionDecoder section)
    {
        tradingDay = section.tradingDay();
        trips = section.trips();
        lossesInRow = section.lossesInRow();
        tripSign = section.tripSign();
        total.decode(section.total(), section.totalHigh());
        dayBase.decode(section.dayBase(), section.dayBaseHigh());
        tripBase.decode(section.tripBase(), section.tripBaseHigh());
        if (Math.abs(tripSign) > 1 || trips < 0 || lossesInRow < 0 || lossesInRow > trips)
        {
            throw new IllegalArgumentException(
                "no profit: tripSign=" + tripSign + " trips=" + trips + " lossesInRow=" + lossesInRow);
        }
    }

    /** 0 while nothing was made. */
    long stateHash()
    {
        if (!isUsed())
        {
            return 0;
        }
        long hash = Xxh64.chain(Xxh64.chain(tradingDay, trips), lossesInRow << 2 | tripSign + 1);
        hash = total.chain(hash);
        return tripBase.chain(dayBase.chain(hash));
    }
}
