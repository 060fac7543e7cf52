package io.lockstep.core.list;

import io.lockstep.codecs.Nulls;
import io.lockstep.core.order.OrderTerms;
import io.lockstep.core.order.OrderTypes;
import io.lockstep.sbe.ContingencyType;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TimeInForce;

/**
 * What a caller asks for with a list: how its orders depend on each other, and the terms of each. {@link #clear} first. What is left out
 * of the later orders follows from the first: the quantity, the reason, and the side, which is the other one behind an entry and the same in
 * an OCO. One thread; no allocation, so one object serves all lists of a caller.
 * <pre>
 * final ListTerms bracket = context.list().bracket();
 * bracket.entry().buy().limit(10_000).quantity(10).reason(OrderReason.SIGNAL);
 * bracket.stop().stop(9_950);
 * bracket.target().limit(10_100);
 * context.send(bracket);
 * </pre>
 */
public final class ListTerms
{
    private final OrderTerms[] parts = {new OrderTerms(), new OrderTerms(), new OrderTerms()};
    private ContingencyType type = ContingencyType.NULL_VAL;

    /** Nothing is asked for. */
    public ListTerms clear()
    {
        type = ContingencyType.NULL_VAL;
        for (final OrderTerms part : parts)
        {
            part.clear();
        }
        return this;
    }

    /** Two orders, {@link #first} and {@link #second}: what one fills the other has less of. One of them at most waits for no trigger. */
    public ListTerms oco()
    {
        return type(ContingencyType.OCO);
    }

    /** An entry, {@link #first}, and a {@link #second} order of the size that the entry has filled. */
    public ListTerms oto()
    {
        return type(ContingencyType.OTO);
    }

    /** An entry, {@link #first}, and two orders of the size that it has filled, which are an OCO. */
    public ListTerms otoco()
    {
        return type(ContingencyType.OTOCO);
    }

    /** {@link #entry}, {@link #stop} and {@link #target}: the last two close what the entry has filled. */
    public ListTerms bracket()
    {
        return type(ContingencyType.BRACKET);
    }

    public ListTerms type(final ContingencyType newType)
    {
        type = newType;
        return this;
    }

    public OrderTerms first()
    {
        return parts[0];
    }

    public OrderTerms second()
    {
        return parts[1];
    }

    public OrderTerms third()
    {
        return parts[2];
    }

    /** The first order of a list with an entry. */
    public OrderTerms entry()
    {
        return first();
    }

    /** The second order of a bracket. */
    public OrderTerms stop()
    {
        return second();
    }

    /** The third order of a bracket. */
    public OrderTerms target()
    {
        return third();
    }

    /** Null: none was said. */
    public ContingencyType type()
    {
        return type;
    }

    public OrderTerms part(final int index)
    {
        return parts[index];
    }

    /** Orders that a list of the type has; 0 without a type. */
    public int partCount()
    {
        return switch (type)
        {
            case OCO, OTO -> 2;
            case OTOCO, BRACKET -> 3;
            case NULL_VAL, SBE_UNKNOWN -> 0;
        };
    }

    /** Whether its first order is what the others wait for. */
    public boolean hasEntry()
    {
        return OrderList.hasEntry(type);
    }

    /** Whether the order is held until its list lets it out: all but an entry. */
    public boolean isExit(final int index)
    {
        return index > 0 || !hasEntry();
    }

    /** Fills in what follows from the first order. */
    public void complete()
    {
        for (int i = 1; i < partCount(); i++)
        {
            complete(parts[i]);
        }
    }

    private void complete(final OrderTerms part)
    {
        final OrderTerms first = parts[0];
        if (part.side() == Side.NULL_VAL)
        {
            part.side(hasEntry() ? other(first.side()) : first.side());
        }
        if (part.quantityLots() == Nulls.NULL_LONG && !part.hasQuoteAmount())
        {
            part.quantity(first.quantityLots());
        }
        if (part.reason() == OrderReason.NONE)
        {
            part.reason(type == ContingencyType.BRACKET ? ofBracket(part) : first.reason());
        }
    }

    private OrderReason ofBracket(final OrderTerms part)
    {
        return part == stop() ? OrderReason.STOP : OrderReason.TARGET;
    }

    private static Side other(final Side side)
    {
        return switch (side)
        {
            case BUY -> Side.SELL;
            case SELL -> Side.BUY;
            case NULL_VAL, SBE_UNKNOWN -> side;
        };
    }

    /** Whether all orders are there that a list of the type has. */
    public boolean isComplete()
    {
        final int count = partCount();
        for (int i = 0; i < count; i++)
        {
            if (!isGiven(parts[i]) || !isSide(parts[i].side()))
            {
                return false;
            }
        }
        return count > 0;
    }

    private static boolean isGiven(final OrderTerms part)
    {
        return part.ordType() != OrdType.NULL_VAL;
    }

    private static boolean isSide(final Side side)
    {
        return side == Side.BUY || side == Side.SELL;
    }

    /** Whether the orders of a complete list can be one: by side, quantity, type and number. */
    public boolean isConsistent()
    {
        boolean isConsistent = partCount() == parts.length || !isGiven(parts[2]);
        for (int i = 1; i < partCount(); i++)
        {
            isConsistent &= !parts[i].hasQuoteAmount() && parts[i].quantityLots() == parts[0].quantityLots();
        }
        return isConsistent && switch (type)
        {
            case OCO -> !parts[0].hasQuoteAmount() && isPair(parts[0], parts[1]);
            case OTO -> true;
            case OTOCO -> isPair(parts[1], parts[2]) && parts[1].side() == parts[2].side();
            case BRACKET -> isPair(parts[1], parts[2]) && isBracket();
            case NULL_VAL, SBE_UNKNOWN -> false;
        };
    }

    private boolean isBracket()
    {
        final Side exit = other(entry().side());
        return stop().side() == exit && target().side() == exit && OrderTypes.isTriggered(stop().ordType());
    }

    /** One of them at most rests at the venue, and that one does rest. */
    private static boolean isPair(final OrderTerms one, final OrderTerms other)
    {
        final boolean isOneTriggered = OrderTypes.isTriggered(one.ordType());
        final boolean isOtherTriggered = OrderTypes.isTriggered(other.ordType());
        return (isOneTriggered || rests(one)) && (isOtherTriggered || rests(other)) &&
            (isOneTriggered || isOtherTriggered);
    }

    private static boolean rests(final OrderTerms part)
    {
        return part.ordType() == OrdType.LIMIT && part.timeInForce() != TimeInForce.IMMEDIATE_OR_CANCEL &&
            part.timeInForce() != TimeInForce.FILL_OR_KILL;
    }
}
