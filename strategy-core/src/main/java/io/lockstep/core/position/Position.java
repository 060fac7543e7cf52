package io.lockstep.core.position;

import io.lockstep.codecs.Int128;
import io.lockstep.codecs.MutableInt128;
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
public final class Position
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

    /** Positive long, negative short. */
    public long netLots()
    {
        return netLots;
    }

    /** Sum of the cash of all fills, fees not included. */
    public Int128 cash()
    {
        return cash;
    }

    public Int128 fees()
    {
        return fees;
    }

    public long fills()
    {
        return fills;
    }

    /** Profit of what has been closed, before fees. */
    public Int128 realized()
    {
        return realized;
    }

    /** Cash spent (negative) or received (positive) for the position now open. */
    public Int128 openCost()
    {
        return openCost;
    }

    /**
     * Sets the result to the profit that closing at the price would add to the realized, before fees, and returns it.
     *
     * @throws ArithmeticException when it needs more than 127 bits.
     */
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
        fills++;
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
