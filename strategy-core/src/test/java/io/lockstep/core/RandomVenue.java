package io.lockstep.core;

import io.lockstep.core.venue.Venue;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.Side;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A venue that answers whatever a venue may answer, in an order it may have, by chance. It keeps its own books: what is open
 * there and the cash of all fills, as decimals.
 */
final class RandomVenue
{
    /** What the venue knows of one order. */
    private static final class Entry
    {
        private final int number;
        private final SentOrder order;
        private boolean accepted;
        private String answeredCancel = "";
        private String answeredReplace = "";

        Entry(final int number, final SentOrder order)
        {
            this.number = number;
            this.order = order;
        }

        boolean cancelAsked()
        {
            return !order.cancelClOrdId().equals(answeredCancel);
        }

        boolean replaceAsked()
        {
            return !order.replaceClOrdId().equals(answeredReplace);
        }
    }

    private final CoreScenario scenario;
    private final SplittableRandom random;
    private final List<Entry> open = new ArrayList<>();
    private int seen;
    private BigDecimal cash = BigDecimal.ZERO;
    private BigDecimal fees = BigDecimal.ZERO;
    private long netLots;

    RandomVenue(final CoreScenario scenario, final SplittableRandom random)
    {
        this.scenario = scenario;
        this.random = random;
    }

    BigDecimal cash()
    {
        return cash;
    }

    BigDecimal fees()
    {
        return fees;
    }

    long netLots()
    {
        return netLots;
    }

    int openCount()
    {
        return open.size();
    }

    /** Orders sent since the last call are now with the venue. */
    void takeOrders()
    {
        for (; seen < scenario.orderCount(); seen++)
        {
            open.add(new Entry(seen + 1, scenario.order(seen + 1)));
        }
    }

    /** Says one thing about one order; false when it has nothing to talk about. */
    boolean step(final long marketTicks)
    {
        takeOrders();
        if (open.isEmpty())
        {
            return false;
        }
        final Entry entry = open.get(random.nextInt(open.size()));
        speakFor(entry.order.instrumentId());
        if (!entry.accepted)
        {
            answerNew(entry, marketTicks);
        }
        else if (entry.replaceAsked() && random.nextInt(3) > 0)
        {
            answerReplace(entry);
        }
        else if (entry.cancelAsked() && !entry.replaceAsked() && random.nextInt(3) > 0)
        {
            answerCancel(entry);
        }
        else
        {
            work(entry, marketTicks);
        }
        return true;
    }

    /** As the order gateway of the instrument's venue, where one is defined. */
    private void speakFor(final int instrumentId)
    {
        final Venue venue = scenario.core().venue(scenario.core().venueOf(instrumentId));
        if (venue.isDefined())
        {
            scenario.source(venue.orderSourceId());
        }
    }

    private void answerNew(final Entry entry, final long marketTicks)
    {
        final int chance = random.nextInt(10);
        if (chance == 0 && entry.order.filledLots() == 0)
        {
            open.remove(entry);
            scenario.reject(entry.number);
        }
        else if (chance == 1)
        {
            fill(entry, marketTicks);
        }
        else
        {
            entry.accepted = true;
            scenario.accept(entry.number);
        }
    }

    private void answerReplace(final Entry entry)
    {
        entry.answeredReplace = entry.order.replaceClOrdId();
        if (entry.order.replaceQuantityLots() <= entry.order.filledLots())
        {
            open.remove(entry);
            scenario.report(
                ExecType.CANCELED, entry.order.replaceClOrdId(), entry.order.clOrdId(), 0, 0, 0, 0);
        }
        else if (random.nextInt(4) == 0)
        {
            scenario.rejectReplace(entry.number);
        }
        else
        {
            scenario.replace(entry.number);
        }
    }

    private void answerCancel(final Entry entry)
    {
        entry.answeredCancel = entry.order.cancelClOrdId();
        if (random.nextInt(4) == 0)
        {
            scenario.rejectCancel(entry.number);
        }
        else
        {
            open.remove(entry);
            scenario.cancel(entry.number);
        }
    }

    private void work(final Entry entry, final long marketTicks)
    {
        final int chance = random.nextInt(20);
        if (chance == 0 && !entry.cancelAsked())
        {
            open.remove(entry);
            scenario.report(ExecType.CANCELED, entry.order.clOrdId(), "", 0, 0, 0, 0);
        }
        else if (chance == 1)
        {
            open.remove(entry);
            scenario.expire(entry.number);
        }
        else
        {
            fill(entry, marketTicks);
        }
    }

    private void fill(final Entry entry, final long marketTicks)
    {
        final long lots = 1 + random.nextLong(entry.order.leavesLots());
        final long price = entry.order.isMarket() ? marketTicks : entry.order.priceTicks();
        final long commission = random.nextInt(4) - 1;
        final boolean isBuy = entry.order.side() == Side.BUY;
        final BigDecimal value = BigDecimal.valueOf(price).multiply(BigDecimal.valueOf(lots));
        cash = isBuy ? cash.subtract(value) : cash.add(value);
        fees = fees.add(BigDecimal.valueOf(commission));
        netLots += isBuy ? lots : -lots;
        if (lots == entry.order.leavesLots())
        {
            open.remove(entry);
        }
        scenario.fill(entry.number, lots, price, commission);
        if (!open.contains(entry) && entry.cancelAsked() && random.nextBoolean())
        {
            scenario.rejectCancel(entry.number);
        }
    }
}
