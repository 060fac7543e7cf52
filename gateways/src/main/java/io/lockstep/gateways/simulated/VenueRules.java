package io.lockstep.gateways.simulated;

import java.math.BigDecimal;

/**
 * What the simulated venue allows, charges and how long it takes. Immutable, any thread; {@link #defaults()} and the
 * {@code with} methods build variants.
 *
 * @param orderLatencyNs       from a request's transact time to its taking effect.
 * @param reportLatencyNs      added to the time a report is given.
 * @param makerFeePpm          fee of a fill that rested, in parts per million of its value; negative is a rebate.
 * @param takerFeePpm          fee of a fill that took, likewise.
 * @param quantityMinLots      least quantity of an order, in lots of its instrument.
 * @param quantityMaxLots      greatest quantity of an order, in lots of its instrument.
 * @param notionalMin          least value of an order in its instrument's quote currency; null for no such rule.
 * @param priceBandBps         how far a limit may be from the market, in basis points; 0 for no such rule.
 * @param openOrdersMax        orders that can be open at once; one more is rejected.
 * @param pendingRequestsMax   requests that can be under way (received, order latency not yet over); one more is
 *                             refused.
 * @param finishedRequestsKept at least so many of the newest finished requests are remembered, to recognise repeats.
 * @param executionLogMax      so many of the newest execution reports are kept to be reported again.
 * @param bookLevelsMax        levels kept on each side of a book.
 * @param reusesClosedIds      whether a ClOrdID is accepted again once the order that had it is closed, as some venues do,
 *                             whatever the request says.
 * @param account              what is held at the venue, and whether and how often it is reported.
 */
public record VenueRules(
    long orderLatencyNs,
    long reportLatencyNs,
    long makerFeePpm,
    long takerFeePpm,
    long quantityMinLots,
    long quantityMaxLots,
    BigDecimal notionalMin,
    long priceBandBps,
    int openOrdersMax,
    int pendingRequestsMax,
    int finishedRequestsKept,
    int executionLogMax,
    int bookLevelsMax,
    boolean reusesClosedIds,
    VenueAccountRules account)
{
    private static final long PARTS_PER_MILLION = 1_000_000;

    public VenueRules
    {
        atLeast("orderLatencyNs", orderLatencyNs, 0);
        atLeast("reportLatencyNs", reportLatencyNs, 0);
        feeInRange("makerFeePpm", makerFeePpm);
        feeInRange("takerFeePpm", takerFeePpm);
        atLeast("quantityMinLots", quantityMinLots, 1);
        atLeast("quantityMaxLots", quantityMaxLots, quantityMinLots);
        atLeast("priceBandBps", priceBandBps, 0);
        atLeast("openOrdersMax", openOrdersMax, 1);
        atLeast("pendingRequestsMax", pendingRequestsMax, 1);
        atLeast("finishedRequestsKept", finishedRequestsKept, 1);
        atLeast("executionLogMax", executionLogMax, 1);
        atLeast("bookLevelsMax", bookLevelsMax, 1);
        if (notionalMin != null && notionalMin.signum() < 0)
        {
            throw new IllegalArgumentException("notionalMin=" + notionalMin + ": expected at least 0");
        }
    }

    /**
     * No latency, 2 basis points for makers and 5 for takers, no least value, no price band, 4,096 open orders, 32,768
     * finished requests and 65,536 execution reports remembered, and no word of the account.
     */
    public static VenueRules defaults()
    {
        return new VenueRules(0, 0, 200, 500, 1, Long.MAX_VALUE, null, 0, 4096, 4096, 32_768, 65_536, 16_384,
            false, VenueAccountRules.SILENT);
    }

    public VenueRules withLatency(final long newOrderLatencyNs, final long newReportLatencyNs)
    {
        return new VenueRules(newOrderLatencyNs, newReportLatencyNs, makerFeePpm, takerFeePpm, quantityMinLots,
            quantityMaxLots, notionalMin, priceBandBps, openOrdersMax, pendingRequestsMax, finishedRequestsKept,
            executionLogMax, bookLevelsMax, reusesClosedIds, account);
    }

    public VenueRules withFees(final long newMakerFeePpm, final long newTakerFeePpm)
    {
        return new VenueRules(orderLatencyNs, reportLatencyNs, newMakerFeePpm, newTakerFeePpm, quantityMinLots,
            quantityMaxLots, notionalMin, priceBandBps, openOrdersMax, pendingRequestsMax, finishedRequestsKept,
            executionLogMax, bookLevelsMax, reusesClosedIds, account);
    }

    public VenueRules withQuantities(final long newQuantityMinLots, final long newQuantityMaxLots)
    {
        return new VenueRules(orderLatencyNs, reportLatencyNs, makerFeePpm, takerFeePpm, newQuantityMinLots,
            newQuantityMaxLots, notionalMin, priceBandBps, openOrdersMax, pendingRequestsMax, finishedRequestsKept,
            executionLogMax, bookLevelsMax, reusesClosedIds, account);
    }

    /** @param newNotionalMin null for no such rule. */
    public VenueRules withNotionalMin(final BigDecimal newNotionalMin)
    {
        return new VenueRules(orderLatencyNs, reportLatencyNs, makerFeePpm, takerFeePpm, quantityMinLots,
            quantityMaxLots, newNotionalMin, priceBandBps, openOrdersMax, pendingRequestsMax, finishedRequestsKept,
            executionLogMax, bookLevelsMax, reusesClosedIds, account);
    }

    public VenueRules withPriceBandBps(final long newPriceBandBps)
    {
        return new VenueRules(orderLatencyNs, reportLatencyNs, makerFeePpm, takerFeePpm, quantityMinLots,
            quantityMaxLots, notionalMin, newPriceBandBps, openOrdersMax, pendingRequestsMax, finishedRequestsKept,
            executionLogMax, bookLevelsMax, reusesClosedIds, account);
    }

    public VenueRules withCapacity(
        final int newOpenOrdersMax, final int newPendingRequestsMax, final int newFinishedRequestsKept)
    {
        return new VenueRules(orderLatencyNs, reportLatencyNs, makerFeePpm, takerFeePpm, quantityMinLots,
            quantityMaxLots, notionalMin, priceBandBps, newOpenOrdersMax, newPendingRequestsMax,
            newFinishedRequestsKept, executionLogMax, bookLevelsMax, reusesClosedIds, account);
    }

    public VenueRules withBookLevelsMax(final int newBookLevelsMax)
    {
        return new VenueRules(orderLatencyNs, reportLatencyNs, makerFeePpm, takerFeePpm, quantityMinLots,
            quantityMaxLots, notionalMin, priceBandBps, openOrdersMax, pendingRequestsMax, finishedRequestsKept,
            executionLogMax, newBookLevelsMax, reusesClosedIds, account);
    }

    public VenueRules withExecutionLogMax(final int newExecutionLogMax)
    {
        return new VenueRules(orderLatencyNs, reportLatencyNs, makerFeePpm, takerFeePpm, quantityMinLots,
            quantityMaxLots, notionalMin, priceBandBps, openOrdersMax, pendingRequestsMax, finishedRequestsKept,
            newExecutionLogMax, bookLevelsMax, reusesClosedIds, account);
    }

    /** A ClOrdID is accepted again once the order that had it is closed. */
    public VenueRules withReusedIds()
    {
        return new VenueRules(orderLatencyNs, reportLatencyNs, makerFeePpm, takerFeePpm, quantityMinLots,
            quantityMaxLots, notionalMin, priceBandBps, openOrdersMax, pendingRequestsMax, finishedRequestsKept,
            executionLogMax, bookLevelsMax, true, account);
    }

    public VenueRules withAccount(final VenueAccountRules newAccount)
    {
        return new VenueRules(orderLatencyNs, reportLatencyNs, makerFeePpm, takerFeePpm, quantityMinLots,
            quantityMaxLots, notionalMin, priceBandBps, openOrdersMax, pendingRequestsMax, finishedRequestsKept,
            executionLogMax, bookLevelsMax, reusesClosedIds, newAccount);
    }

    private static void atLeast(final String name, final long value, final long least)
    {
        if (value < least)
        {
            throw new IllegalArgumentException(name + "=" + value + ": expected at least " + least);
        }
    }

    private static void feeInRange(final String name, final long value)
    {
        if (value <= -PARTS_PER_MILLION || value >= PARTS_PER_MILLION)
        {
            throw new IllegalArgumentException(name + "=" + value + ": expected less than the whole value, 1000000");
        }
    }
}
