package io.lockstep.core.position;

import io.lockstep.codecs.Int128;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.Xxh64;
import io.lockstep.sbe.PositionSectionDecoder;
import io.lockstep.sbe.PositionSectionEncoder;

/**
 * Lots held of one instrument and the cash they cost, exact to the cash unit.
 * <p>
 * {@code cash = realized + openCost} always: cash of fills is split between the part that closes and the part that opens.
 * The cost of the closed part of a position is its share of the open cost, rounded towards minus infinity. Fees are kept
 * apart from both. Amounts have 128 bits; what is returned follows the position.
 */
public final class Position implements PositionView
{
    private final CashRule cashRule;
    private final MutableInt128 cash = new MutableInt128();
    private final MutableInt128 openCost = new MutableInt128();
    private final MutableInt128 realized = new MutableInt128();
    private final MutableInt128 fees = new MutableInt128();
    private long netLots;
    private long fills;

    /** What a fill makes of them, before all of it is known to fit. */
    private final MutableInt128 newCash = new MutableInt128();
    private final MutableInt128 newOpenCost = new MutableInt128();
    private final MutableInt128 newRealized = new MutableInt128();
    private final MutableInt128 newFees = new MutableInt128();
    private final MutableInt128 fillCash = new MutableInt128();
    private final MutableInt128 part = new MutableInt128();

    public Position(final CashRule cashRule)
    {
        this.cashRule = cashRule;
    }

    @Override
    public long netLots()
    {
        return netLots;
    }

    @Override
    public Int128 cash()
    {
        return cash;
    }

    @Override
    public Int128 fees()
    {
        return fees;
    }

    @Override
    public long fills()
    {
        return fills;
    }

    @Override
    public Int128 realized()
    {
        return realized;
    }

    @Override
    public Int128 openCost()
    {
        return openCost;
    }

    @Override
    public MutableInt128 unrealized(final long markTicks, final MutableInt128 result)
    {
        return netLots == 0 ? result.set(0) : cashRule.closingCash(markTicks, netLots, result).add(openCost);
    }

    /**
     * @param signedLots positive bought, negative sold; not zero.
     * @param fee        in cash units, positive is paid.
     * @throws ArithmeticException when a sum needs more than 127 bits, or the lots more than 63; the position is then
     *                             unchanged.
     */
    public void onFill(final long priceTicks, final long signedLots, final Int128 fee)
    {
        rebook(priceTicks, signedLots, fee);
        fills++;
    }

    /**
     * As {@link #onFill}, but it is no fill more: a fill that was booked is taken back as the opposite trade at its price, which
     * realizes what the average cost says of the lots by then, or what takes its place is booked.
     */
    public void rebook(final long priceTicks, final long signedLots, final Int128 fee)
    {
        cashRule.fillCash(priceTicks, signedLots, fillCash);
        newCash.set(cash).add(fillCash);
        newFees.set(fees).add(fee);
        newOpenCost.set(openCost);
        newRealized.set(realized);
        final long newNet = Math.addExact(netLots, signedLots);
        final boolean opens = netLots == 0 || netLots > 0 == signedLots > 0;
        if (opens)
        {
            newOpenCost.add(fillCash);
        }
        else
        {
            close(priceTicks, signedLots);
        }
        cash.set(newCash);
        fees.set(newFees);
        openCost.set(newOpenCost);
        realized.set(newRealized);
        netLots = newNet;
    }

    /**
     * Takes over lots of another owner with their share of its open cost, so that the profit so far stays with the giver; what they
     * close here is realized here. The venue sees nothing.
     *
     * @param lots positive long, negative short; no more than the giver has, and of its sign.
     * @throws ArithmeticException as {@link #onFill}; nothing has changed then.
     */
    public void transferFrom(final Position giver, final long lots)
    {
        if (lots == 0 || lots > 0 != giver.netLots > 0 || Math.absExact(lots) > Math.absExact(giver.netLots))
        {
            throw new IllegalArgumentException("lots=" + lots + " expected up to " + giver.netLots);
        }
        part.set(giver.openCost).mulDivFloor(Math.absExact(lots), Math.absExact(giver.netLots));
        fillCash.set(part);
        newCash.set(cash).add(fillCash);
        newOpenCost.set(openCost);
        newRealized.set(realized);
        final long newNet = Math.addExact(netLots, lots);
        if (netLots == 0 || netLots > 0 == lots > 0)
        {
            newOpenCost.add(fillCash);
        }
        else
        {
            closeBy(lots);
        }
        giver.openCost.subtract(part.set(fillCash));
        giver.cash.subtract(fillCash);
        giver.netLots -= lots;
        cash.set(newCash);
        openCost.set(newOpenCost);
        realized.set(newRealized);
        netLots = newNet;
    }

    /**
     * Takes in lots that no fill has brought, at a price, or for nothing where there is none; what they close is realized. They
     * count as no fill.
     *
     * @param priceTicksOrNull {@link Nulls#NULL_PRICE_TICKS} for none.
     * @param lots             positive long, negative short; not zero.
     * @throws ArithmeticException as {@link #onFill}; nothing has changed then.
     */
    public void accept(final long priceTicksOrNull, final long lots)
    {
        fillCash.set(0);
        if (priceTicksOrNull != Nulls.NULL_PRICE_TICKS)
        {
            cashRule.fillCash(priceTicksOrNull, lots, fillCash);
        }
        newCash.set(cash).add(fillCash);
        newOpenCost.set(openCost);
        newRealized.set(realized);
        final long newNet = Math.addExact(netLots, lots);
        if (netLots == 0 || netLots > 0 == lots > 0)
        {
            newOpenCost.add(fillCash);
        }
        else
        {
            closeBy(lots);
        }
        cash.set(newCash);
        openCost.set(newOpenCost);
        realized.set(newRealized);
        netLots = newNet;
    }

    /**
     * Profit, or a loss below 0, without a fill: funding and the like.
     *
     * @throws ArithmeticException as {@link #onFill}; nothing has changed then.
     */
    public void onProfit(final Int128 profit)
    {
        newCash.set(cash).add(profit);
        newRealized.set(realized).add(profit);
        cash.set(newCash);
        realized.set(newRealized);
    }

    /** Takes over what a flat position has come to: cash, profit, fees and the count of its fills. */
    public void absorb(final Position flat)
    {
        if (flat.netLots != 0)
        {
            throw new IllegalArgumentException("netLots=" + flat.netLots + " expected=0");
        }
        cash.add(flat.cash);
        realized.add(flat.realized);
        openCost.add(flat.openCost);
        fees.add(flat.fees);
        fills += flat.fills;
    }

    /** What comes in closes what is here, in whole or in part; its cash is in proportion to its lots. */
    private void closeBy(final long lots)
    {
        final boolean flips = Math.absExact(lots) > Math.absExact(netLots);
        final long closedLots = flips ? Math.absExact(netLots) : Math.absExact(lots);
        part.set(openCost).mulDivFloor(closedLots, Math.absExact(netLots));
        newRealized.add(part);
        newOpenCost.subtract(part);
        part.set(fillCash).mulDivFloor(closedLots, Math.absExact(lots));
        newRealized.add(part);
        newOpenCost.add(fillCash).subtract(part);
    }

    private void close(final long priceTicks, final long signedLots)
    {
        final boolean flips = Math.absExact(signedLots) > Math.absExact(netLots);
        final long closedLots = flips ? -netLots : signedLots;
        // The closed part's share of the cost, and the cash of closing it.
        part.set(openCost).mulDivFloor(Math.absExact(closedLots), Math.absExact(netLots));
        newRealized.add(part);
        newOpenCost.subtract(part);
        part.set(fillCash);
        if (flips)
        {
            cashRule.fillCash(priceTicks, closedLots, part);
        }
        newRealized.add(part);
        newOpenCost.add(fillCash).subtract(part);
    }

    /** Writes the message's fields; the encoder must be wrapped. */
    public void save(final PositionSectionEncoder section)
    {
        section.netLots(netLots).fills(fills)
            .cash(cash.low()).cashHigh(cash.highOrNull())
            .openCost(openCost.low()).openCostHigh(openCost.highOrNull())
            .realized(realized.low()).realizedHigh(realized.highOrNull())
            .fees(fees.low()).feesHigh(fees.highOrNull());
    }

    public void restore(final PositionSectionDecoder section)
    {
        netLots = section.netLots();
        fills = section.fills();
        cash.decode(section.cash(), section.cashHigh());
        openCost.decode(section.openCost(), section.openCostHigh());
        realized.decode(section.realized(), section.realizedHigh());
        fees.decode(section.fees(), section.feesHigh());
    }

    public long stateHash()
    {
        long hash = cash.chain(netLots);
        hash = openCost.chain(hash);
        hash = realized.chain(hash);
        hash = fees.chain(hash);
        return Xxh64.chain(hash, fills);
    }
}
