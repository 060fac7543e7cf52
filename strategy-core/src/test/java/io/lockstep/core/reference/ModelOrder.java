package io.lockstep.core.reference;

import io.lockstep.sbe.OffsetUnit;
import io.lockstep.sbe.OrdStatus;

/** An order with its life as docs/reference/order-states.md has it. */
final class ModelOrder
{
    private static final long BPS = 10_000;

    final long number;
    final ModelLeg leg;
    final Asked asked;
    OrdStatus state;
    long price;
    long lots;
    long filled;
    long expiryNs;
    boolean isToBeGone;
    boolean isCancelUnderWay;
    boolean isReplaceUnderWay;
    long pendingPrice;
    long pendingLots;
    /** Of a held order. */
    long trigger;
    long activation;
    long best = Asked.NONE;
    boolean isReached;
    private boolean isAccepted;

    ModelOrder(final long number, final ModelLeg leg, final Asked asked, final long lots)
    {
        this.number = number;
        this.leg = leg;
        this.asked = asked;
        this.lots = lots;
        price = asked.price();
        trigger = asked.trigger();
        activation = asked.activation();
        expiryNs = asked.expiryNs();
        state = asked.isTriggered() ? OrdStatus.HELD : OrdStatus.PENDING_NEW;
    }

    boolean isHeld()
    {
        return state == OrdStatus.HELD;
    }

    boolean isOver()
    {
        return switch (state)
        {
            case FILLED, CANCELED, REJECTED, EXPIRED, DENIED -> true;
            default -> false;
        };
    }

    long leaves()
    {
        return Math.max(0, lots - filled);
    }

    /** Lots that may still trade: a replace to more counts as if it were granted. */
    long exposure()
    {
        if (isHeld() || isOver())
        {
            return 0;
        }
        return isReplaceUnderWay ? Math.max(leaves(), pendingLots - filled) : leaves();
    }

    // What it waits for.

    /** Whether the price that it looks at has to rise; a trailing stop is activated when the market moves in its favour. */
    boolean isRising()
    {
        return asked.isRising() == (activation == Asked.NONE);
    }

    boolean follows()
    {
        return asked.isTrailing() && activation == Asked.NONE;
    }

    /** The trigger price as it stands; of a trailing stop no nearer to the best price than the offset. */
    long triggerPrice()
    {
        if (!asked.isTrailing() || isReached)
        {
            return trigger;
        }
        if (best == Asked.NONE)
        {
            return Asked.NONE;
        }
        final long distance = asked.unit() == OffsetUnit.TICKS
            ? asked.offset()
            : -Math.floorDiv(-best * asked.offset(), BPS);
        return asked.isRising() ? best + distance : best - distance;
    }

    long watchedPrice()
    {
        return activation == Asked.NONE ? triggerPrice() : activation;
    }

    boolean isReachedBy(final long market)
    {
        final long watched = watchedPrice();
        return watched != Asked.NONE && market != Asked.NONE && (isRising() ? market >= watched : market <= watched);
    }

    // What the venue says; false when the state has no place for it.

    boolean accept()
    {
        if (state == OrdStatus.NEW || isOver() || isHeld())
        {
            return false;
        }
        isAccepted = true;
        state = state == OrdStatus.PENDING_NEW ? OrdStatus.NEW : state;
        return true;
    }

    void fill(final long fillLots)
    {
        isAccepted = true;
        filled += fillLots;
        if (filled >= lots)
        {
            over(OrdStatus.FILLED);
        }
        else if (state == OrdStatus.PENDING_NEW || state == OrdStatus.NEW)
        {
            state = OrdStatus.PARTIALLY_FILLED;
        }
    }

    void over(final OrdStatus how)
    {
        state = how;
        isCancelUnderWay = false;
        isReplaceUnderWay = false;
    }

    void replaced()
    {
        isAccepted = true;
        price = pendingPrice;
        lots = pendingLots;
        isReplaceUnderWay = false;
        state = isCancelUnderWay ? OrdStatus.PENDING_CANCEL : resting();
    }

    void refuseReplace()
    {
        isAccepted = true;
        isReplaceUnderWay = false;
        state = isCancelUnderWay ? OrdStatus.PENDING_CANCEL : resting();
    }

    void refuseCancel()
    {
        isCancelUnderWay = false;
        state = isReplaceUnderWay ? OrdStatus.PENDING_REPLACE : resting();
    }

    private OrdStatus resting()
    {
        if (filled > 0)
        {
            return OrdStatus.PARTIALLY_FILLED;
        }
        return isAccepted ? OrdStatus.NEW : OrdStatus.PENDING_NEW;
    }

    // What we ask for.

    boolean canCancel()
    {
        return switch (state)
        {
            case PENDING_NEW, NEW, PARTIALLY_FILLED, PENDING_REPLACE -> true;
            default -> false;
        };
    }

    boolean canReplace()
    {
        return state == OrdStatus.NEW || state == OrdStatus.PARTIALLY_FILLED;
    }

    void cancelAsked()
    {
        isCancelUnderWay = true;
        state = OrdStatus.PENDING_CANCEL;
    }

    void replaceAsked(final long newPrice, final long newLots)
    {
        isReplaceUnderWay = true;
        pendingPrice = newPrice;
        pendingLots = newLots;
        state = OrdStatus.PENDING_REPLACE;
    }
}
