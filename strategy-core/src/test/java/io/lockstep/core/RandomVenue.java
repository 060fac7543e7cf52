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
    private static final int CORRECTED_ONE_IN = 25;

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

    /** What was executed, under the ClOrdID that the order had then. */
    private record Execution(Entry entry, String clOrdId, long lots, long priceTicks)
    {
    }

    private final CoreScenario scenario;
    private final SplittableRandom random;
    private final List<Entry> open = new ArrayList<>();
    private final List<Execution> executions = new ArrayList<>();
    private boolean isCorrecting;
    private int seen;
    private BigDecimal cash = BigDecimal.ZERO;
    private BigDecimal fees = BigDecimal.ZERO;
    private long netLots;

    RandomVenue(final CoreScenario scenario, final SplittableRandom random)
    {
        this.scenario = scenario;
        this.random = random;
    }

    /** It corrects executions and takes them back, too. */
    RandomVenue correcting()
    {
        isCorrecting = true;
        return this;
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
        if (isCorrecting && !executions.isEmpty() && random.nextInt(CORRECTED_ONE_IN) == 0)
        {
            correct(executions.remove(random.nextInt(executions.size())));
            return true;
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
        book(isBuy ? lots : -lots, price, commission);
        executions.add(new Execution(entry, entry.order.clOrdId(), lots, price));
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

    private void book(final long signedLots, final long price, final long commission)
    {
        cash = cash.subtract(BigDecimal.valueOf(price).multiply(BigDecimal.valueOf(signedLots)));
        fees = fees.add(BigDecimal.valueOf(commission));
        netLots += signedLots;
    }

    /** An execution is void, or was of no more lots at another price; its order may be over by now, or replaced. */
    private void correct(final Execution was)
    {
        final SentOrder order = was.entry.order;
        speakFor(order.instrumentId());
        final long lots = random.nextBoolean() ? 0 : 1 + random.nextLong(was.lots);
        final long price = was.priceTicks + random.nextInt(3);
        final long commission = random.nextInt(3) - 1;
        final long sign = order.side() == Side.BUY ? 1 : -1;
        book(-sign * was.lots, was.priceTicks, commission);
        book(sign * lots, price, 0);
        order.filled(lots - was.lots);
        scenario.give((lots == 0
            ? VenueSays.bust(was.clOrdId, order.side(), was.lots, was.priceTicks)
            : VenueSays.correction(was.clOrdId, order.side(), was.lots, was.priceTicks, lots, price))
            .instrumentId(order.instrumentId()).fee(commission));
    }
}
