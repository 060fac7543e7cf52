package io.lockstep.core.position;

import io.lockstep.codecs.Int128;
import io.lockstep.codecs.MutableInt128;

import java.util.Arrays;

/**
 * The position of an instrument: the sum of the positions of all its legs, added up whenever it is asked for. Only {@link #add}
 * and {@link #remove} allocate.
 */
public final class SumPosition implements PositionView
{
    private final CashRule cashRule;
    /** A sum for each amount, since a caller may hold two of them beside each other. */
    private final MutableInt128 cash = new MutableInt128();
    private final MutableInt128 fees = new MutableInt128();
    private final MutableInt128 realized = new MutableInt128();
    private final MutableInt128 openCost = new MutableInt128();
    private Position[] parts = new Position[0];

    public SumPosition(final CashRule cashRule)
    {
        this.cashRule = cashRule;
    }

    /** Adds a part, at its place among the others. */
    public void add(final int place, final Position part)
    {
        final Position[] longer = Arrays.copyOf(parts, parts.length + 1);
        System.arraycopy(parts, place, longer, place + 1, parts.length - place);
        longer[place] = part;
        parts = longer;
    }

    /** A part less. */
    public void remove(final Position part)
    {
        parts = Arrays.stream(parts).filter((each) -> each != part).toArray(Position[]::new);
    }

    @Override
    public long netLots()
    {
        long lots = 0;
        for (final Position part : parts)
        {
            lots += part.netLots();
        }
        return lots;
    }

    @Override
    public Int128 cash()
    {
        cash.set(0);
        for (final Position part : parts)
        {
            cash.add(part.cash());
        }
        return cash;
    }

    @Override
    public Int128 fees()
    {
        fees.set(0);
        for (final Position part : parts)
        {
            fees.add(part.fees());
        }
        return fees;
    }

    @Override
    public long fills()
    {
        long fills = 0;
        for (final Position part : parts)
        {
            fills += part.fills();
        }
        return fills;
    }

    @Override
    public Int128 realized()
    {
        realized.set(0);
        for (final Position part : parts)
        {
            realized.add(part.realized());
        }
        return realized;
    }

    @Override
    public Int128 openCost()
    {
        openCost.set(0);
        for (final Position part : parts)
        {
            openCost.add(part.openCost());
        }
        return openCost;
    }

    @Override
    public MutableInt128 unrealized(final long markTicks, final MutableInt128 result)
    {
        final long lots = netLots();
        result.set(0);
        return lots == 0 ? result.add(openCost()) : cashRule.closingCash(markTicks, lots, result).add(openCost());
    }
}
