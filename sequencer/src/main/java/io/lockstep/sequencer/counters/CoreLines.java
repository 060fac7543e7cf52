package io.lockstep.sequencer.counters;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Int128;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.text.InstrumentText;
import io.lockstep.core.TradingCore;
import io.lockstep.core.account.Account;
import io.lockstep.core.account.AccountBalance;
import io.lockstep.core.instance.Leg;
import io.lockstep.core.instance.StrategyInstance;
import io.lockstep.core.order.OpenOrders;
import io.lockstep.core.order.Order;
import io.lockstep.core.position.Position;
import io.lockstep.core.venue.Venue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What people see of a core's instances and venues. Allocates; it may be read while the core goes on, and then figures beside each
 * other may be of two inputs.
 */
public final class CoreLines
{
    /** A balance is counted in units of 10 to this power of its asset. */
    private static final int ASSET_EXPONENT = -18;

    private CoreLines()
    {
    }

    /** By id; those that are taken out are left out. */
    public static List<InstanceLines.Line> instances(final TradingCore core)
    {
        final List<InstanceLines.Line> lines = new ArrayList<>();
        for (int id = 0; id < core.instances().count(); id++)
        {
            final StrategyInstance instance = core.instances().find(id);
            if (instance.isNobody() || instance.isPresent())
            {
                lines.add(line(instance));
            }
        }
        return lines;
    }

    private static InstanceLines.Line line(final StrategyInstance instance)
    {
        final List<InstanceLines.Leg> legs = new ArrayList<>();
        for (int i = 0; i < instance.legCount(); i++)
        {
            legs.add(leg(instance.leg(i)));
        }
        return new InstanceLines.Line(instance.id(), instance.name(),
            instance.isNobody() ? "" : instance.definition().strategyName(), status(instance), instance.weight(),
            instance.capital(), legs);
    }

    private static InstanceLines.Status status(final StrategyInstance instance)
    {
        if (instance.isNobody())
        {
            return InstanceLines.Status.MANUAL;
        }
        if (instance.isClosing())
        {
            return InstanceLines.Status.CLOSING;
        }
        if (instance.isSuspended())
        {
            return InstanceLines.Status.SUSPENDED;
        }
        if (instance.pending() != null)
        {
            return InstanceLines.Status.WAITING;
        }
        return instance.isStopped() ? InstanceLines.Status.STOPPED : InstanceLines.Status.RUNNING;
    }

    private static InstanceLines.Leg leg(final Leg leg)
    {
        final Instrument instrument = leg.instrument();
        final Position position = leg.position();
        final long markTicks = leg.market().markTicks();
        final MutableInt128 realized = new MutableInt128().set(position.realized()).subtract(position.fees());
        return new InstanceLines.Leg(instrument.name(), leg.state().name(),
            instrument.lot().decimal(position.netLots()).stripTrailingZeros().toPlainString(), leg.openOrderCount(),
            cash(instrument, realized),
            position.netLots() != 0 && markTicks == Nulls.NULL_PRICE_TICKS
                ? ""
                : cash(instrument, position.netLots() == 0
                    ? new MutableInt128()
                    : position.unrealized(markTicks, new MutableInt128())),
            instrument.settlementCurrency());
    }

    private static String cash(final Instrument instrument, final Int128 units)
    {
        return new InstrumentText(instrument).cash(units.toBigInteger()).decimal();
    }

    /** By id. */
    public static List<VenueLines.Line> venues(final TradingCore core)
    {
        final List<VenueLines.Line> lines = new ArrayList<>();
        for (int id = 0; id < core.venueCount(); id++)
        {
            final Venue venue = core.venue(id);
            lines.add(new VenueLines.Line(id, venue.name(), venue.orderSourceId(), status(venue),
                venue.egressSequence() - venue.acknowledged(), venue.egressRequests(),
                inDoubt(core, id), venue.account(), venue.accountType().name().toLowerCase(Locale.ROOT),
                venue.holdings().isHalted(),
                balances(venue.holdings())));
        }
        return lines;
    }

    private static int inDoubt(final TradingCore core, final int venueId)
    {
        int count = 0;
        for (int id = 0; id < core.instrumentCount(); id++)
        {
            final OpenOrders open = core.openOrders(id);
            for (Order order = open.first(); order != null && core.venueOf(id) == venueId; order = open.next(order))
            {
                count += order.isInDoubt() ? 1 : 0;
            }
        }
        return count;
    }

    private static List<VenueLines.Balance> balances(final Account account)
    {
        final List<VenueLines.Balance> balances = new ArrayList<>();
        for (int i = 0; i < account.balanceCount(); i++)
        {
            final AccountBalance balance = account.balanceAt(i);
            balances.add(new VenueLines.Balance(
                balance.asset(), asset(balance.amount()), balance.isReported() ? asset(balance.reported()) : ""));
        }
        return balances;
    }

    private static String asset(final Int128 units)
    {
        final BigDecimal amount = new BigDecimal(units.toBigInteger()).scaleByPowerOfTen(ASSET_EXPONENT);
        return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
    }

    private static VenueLines.Status status(final Venue venue)
    {
        if (!venue.isConnected())
        {
            return VenueLines.Status.DISCONNECTED;
        }
        return venue.isReconciling() ? VenueLines.Status.RECONCILING : VenueLines.Status.AVAILABLE;
    }
}
