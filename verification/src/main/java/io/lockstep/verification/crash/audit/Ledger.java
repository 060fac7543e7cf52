package io.lockstep.verification.crash.audit;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.core.TradingCore;
import io.lockstep.core.order.Order;
import io.lockstep.core.position.PositionView;
import io.lockstep.gateways.simulated.SimulatedVenue;
import io.lockstep.gateways.simulated.VenueLedger;
import io.lockstep.sbe.Side;
import org.agrona.concurrent.UnsafeBuffer;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One side's account of what was traded and what is still open: the venue's or the engine's.
 *
 * @param accountByInstrument by id.
 * @param openOrders          by ClOrdID.
 */
public record Ledger(SortedMap<Integer, Account> accountByInstrument, SortedMap<String, OpenOrder> openOrders)
{
    /**
     * Of one instrument; cash and fees in its cash units.
     */
    public record Account(long positionLots, BigInteger cash, BigInteger fees, long fills)
    {
        static final Account EMPTY = new Account(0, BigInteger.ZERO, BigInteger.ZERO, 0);
    }

    /**
     * As it stands.
     */
    public record OpenOrder(String clOrdId, int instrumentId, Side side, long leavesLots, long filledLots)
    {
    }

    /** What the engine believes. */
    public static Ledger of(final TradingCore core, final int shard)
    {
        final SortedMap<Integer, Account> accounts = new TreeMap<>();
        final List<OpenOrder> open = new ArrayList<>();
        for (int id = 0; id < core.instrumentCount(); id++)
        {
            final PositionView position = core.position(id);
            accounts.put(
                id, new Account(position.netLots(), position.cash().toBigInteger(), position.fees().toBigInteger(),
                    position.fills()));
            for (Order order = core.openOrders(id).first(); order != null; order = core.openOrders(id).next(order))
            {
                open.add(new OpenOrder(clOrdId(order, shard), id, order.side(), order.leavesQtyLots(),
                    order.cumQtyLots()));
            }
        }
        return new Ledger(accounts, byClOrdId(open));
    }

    /**
     * What the venue knows.
     *
     * @param instruments how many ids it has been told.
     * @param openOrders  as its reports say.
     */
    public static Ledger of(
        final SimulatedVenue venue, final int instruments, final Collection<OpenOrder> openOrders)
    {
        final SortedMap<Integer, Account> accounts = new TreeMap<>();
        for (int id = 0; id < instruments; id++)
        {
            final VenueLedger ledger = venue.ledger(id);
            accounts.put(id, ledger == null
                ? Account.EMPTY
                : new Account(ledger.positionLots(), ledger.cash().toBigInteger(), ledger.fees().toBigInteger(),
                    ledger.fills()));
        }
        return new Ledger(accounts, byClOrdId(openOrders));
    }

    private static SortedMap<String, OpenOrder> byClOrdId(final Collection<OpenOrder> orders)
    {
        final SortedMap<String, OpenOrder> byClOrdId = new TreeMap<>();
        orders.forEach((order) -> byClOrdId.put(order.clOrdId(), order));
        return byClOrdId;
    }

    private static String clOrdId(final Order order, final int shard)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[ClOrdIds.LENGTH]);
        ClOrdIds.encode(buffer, 0, shard, order.incarnation(), order.sequence(), order.ordinal());
        return ClOrdIds.text(buffer, 0);
    }

    long fills()
    {
        return accountByInstrument.values().stream().mapToLong(Account::fills).sum();
    }
}
