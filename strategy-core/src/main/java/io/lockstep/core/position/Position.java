package io.lockstep.core.position;

import io.lockstep.codecs.Xxh64;
import io.lockstep.sbe.PositionSectionDecoder;
import io.lockstep.sbe.PositionSectionEncoder;

/**
 * Lots held of one instrument and the cash they cost, exact to the cash unit.
 * <p>
 * {@code cash = realized + openCost} always: cash of fills is split between the part that closes and the part that opens.
 * The cost of the closed part of a position is its share of the open cost, rounded towards minus infinity. Fees are kept
 * apart from both.
 */
public final class Position
{
    private final CashRule cashRule;
    private long netLots;
    private long cash;
    private long openCost;
    private long realized;
    private long fees;
    private long fills;

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
    public long cash()
    {
        return cash;
    }

    public long fees()
    {
        return fees;
    }

    public long fills()
    {
        return fills;
    }

    /** Profit of what has been closed, before fees. */
    public long realized()
    {
        return realized;
    }

    /** Cash spent (negative) or received (positive) for the position now open. */
    public long openCost()
    {
        return openCost;
    }

    /** Profit that closing at the price would add to the realized, before fees. */
    public long unrealized(final long markTicks)
    {
        return netLots == 0 ? 0 : Math.addExact(openCost, cashRule.closingCash(markTicks, netLots));
    }

    /**
     * @param signedLots positive bought, negative sold; not zero.
     * @param fee        in cash units, positive is paid.
     * @throws ArithmeticException when a sum needs more than 63 bits; the position is then unchanged.
     */
    public void onFill(final long priceTicks, final long signedLots, final long fee)
    {
        final long fillCash = cashRule.fillCash(priceTicks, signedLots);
        final long newCash = Math.addExact(cash, fillCash);
        final long newNet = Math.addExact(netLots, signedLots);
        final long newFees = Math.addExact(fees, fee);
        final boolean opens = netLots == 0 || netLots > 0 == signedLots > 0;
        if (opens)
        {
            openCost = Math.addExact(openCost, fillCash);
        }
        else
        {
            close(priceTicks, signedLots, fillCash);
        }
        cash = newCash;
        netLots = newNet;
        fees = newFees;
        fills++;
    }

    private void close(final long priceTicks, final long signedLots, final long fillCash)
    {
        final boolean flips = Math.absExact(signedLots) > Math.absExact(netLots);
        final long closedLots = flips ? -netLots : signedLots;
        final long closingCash = flips ? cashRule.fillCash(priceTicks, closedLots) : fillCash;
        final long closedCost = ExactMath.mulDivFloor(openCost, Math.absExact(closedLots), Math.absExact(netLots));
        realized = Math.addExact(realized, Math.addExact(closingCash, closedCost));
        openCost = openCost - closedCost + (fillCash - closingCash);
    }

    /** Writes the message's fields; the encoder must be wrapped. */
    public void save(final PositionSectionEncoder section)
    {
        section.netLots(netLots).cash(cash).openCost(openCost).realized(realized).fees(fees).fills(fills);
    }

    public void restore(final PositionSectionDecoder section)
    {
        netLots = section.netLots();
        cash = section.cash();
        openCost = section.openCost();
        realized = section.realized();
        fees = section.fees();
        fills = section.fills();
    }

    public long stateHash()
    {
        long hash = Xxh64.chain(netLots, cash);
        hash = Xxh64.chain(hash, openCost);
        hash = Xxh64.chain(hash, realized);
        hash = Xxh64.chain(hash, fees);
        return Xxh64.chain(hash, fills);
    }
}
