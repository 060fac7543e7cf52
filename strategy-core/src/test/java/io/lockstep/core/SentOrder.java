package io.lockstep.core;

import io.lockstep.sbe.Side;

import java.util.HashSet;
import java.util.Set;

/** An order as whoever receives the decisions knows it. */
public final class SentOrder
{
    private final int instrumentId;
    private final Side side;
    private final boolean isMarket;
    private final Set<String> clOrdIds = new HashSet<>();
    private String clOrdId;
    private String cancelClOrdId = "";
    private String cancelOrigClOrdId = "";
    private String replaceClOrdId = "";
    private long priceTicks;
    private long quantityLots;
    private long replacePriceTicks;
    private long replaceQuantityLots;
    private long filledLots;

    SentOrder(
        final int instrumentId,
        final Side side,
        final boolean isMarket,
        final String clOrdId,
        final long priceTicks,
        final long quantityLots)
    {
        this.instrumentId = instrumentId;
        this.side = side;
        this.isMarket = isMarket;
        this.clOrdId = clOrdId;
        clOrdIds.add(clOrdId);
        this.priceTicks = priceTicks;
        this.quantityLots = quantityLots;
    }

    void cancelAsked(final String newCancelClOrdId, final String origClOrdId)
    {
        cancelClOrdId = newCancelClOrdId;
        cancelOrigClOrdId = origClOrdId;
        clOrdIds.add(newCancelClOrdId);
    }

    void replaceAsked(final String newClOrdId, final long newPriceTicks, final long newQuantityLots)
    {
        replaceClOrdId = newClOrdId;
        clOrdIds.add(newClOrdId);
        replacePriceTicks = newPriceTicks;
        replaceQuantityLots = newQuantityLots;
    }

    void replaced()
    {
        clOrdId = replaceClOrdId;
        priceTicks = replacePriceTicks;
        quantityLots = replaceQuantityLots;
    }

    void filled(final long lots)
    {
        filledLots += lots;
    }

    /** Whether it, or a request about it, has or had this ClOrdID. */
    boolean isNamed(final String anyClOrdId)
    {
        return clOrdIds.contains(anyClOrdId);
    }

    public int instrumentId()
    {
        return instrumentId;
    }

    public Side side()
    {
        return side;
    }

    public boolean isMarket()
    {
        return isMarket;
    }

    public String clOrdId()
    {
        return clOrdId;
    }

    public String cancelClOrdId()
    {
        return cancelClOrdId;
    }

    public String cancelOrigClOrdId()
    {
        return cancelOrigClOrdId;
    }

    public String replaceClOrdId()
    {
        return replaceClOrdId;
    }

    public long priceTicks()
    {
        return priceTicks;
    }

    public long quantityLots()
    {
        return quantityLots;
    }

    public long replaceQuantityLots()
    {
        return replaceQuantityLots;
    }

    public long filledLots()
    {
        return filledLots;
    }

    public long leavesLots()
    {
        return quantityLots - filledLots;
    }
}
