package io.lockstep.core.state;

import io.lockstep.codecs.Xxh64;
import io.lockstep.core.account.ConversionRates;
import io.lockstep.core.breaker.Breakers;
import io.lockstep.core.calendar.Calendars;
import io.lockstep.core.command.SourceRoles;
import io.lockstep.core.execution.CorrectionCounts;
import io.lockstep.core.execution.OrderDesk;
import io.lockstep.core.instance.Instances;
import io.lockstep.core.instrument.InstrumentSlot;
import io.lockstep.core.instrument.ReferencePrices;
import io.lockstep.core.instrument.Slots;
import io.lockstep.core.order.OrderStore;
import io.lockstep.core.risk.CommonLimits;
import io.lockstep.core.risk.LimitOrigins;
import io.lockstep.core.risk.TotalLimits;
import io.lockstep.core.risk.rule.ScopedRisk;
import io.lockstep.core.signal.SignalClients;
import io.lockstep.core.snapshot.StateTables;
import io.lockstep.core.venue.NodeState;
import io.lockstep.core.venue.Venues;
import io.lockstep.sbe.OrderReason;

/**
 * All that lasts from input to input, in its parts: what is hashed, saved and restored is here or in what these hold.
 */
public final class CoreState
{
    private final NodeState node;
    private final TradingSwitch trading;
    private final Venues venues;
    private final Slots slots;
    private final OrderStore orders;
    private final OrderDesk desk;
    private final Instances instances;
    private final ConversionRates rates;
    private final SourceRoles roles = new SourceRoles();
    private final CommonLimits commonLimits = new CommonLimits();
    private final LimitOrigins commonOrigins = new LimitOrigins();
    private final TotalLimits totalLimits;
    private final ScopedRisk scopedRisk;
    private final StateTables tables = new StateTables();
    private final Calendars calendars;
    private final Breakers breakers;
    private final SignalClients signalClients = new SignalClients();
    private final CorrectionCounts corrections = new CorrectionCounts();

    private long lastSequence;
    private int stateHashInterval;
    /** Of the next input behind which a state hash is due: kept, so that not every input divides by the interval. */
    private long stateHashSequence = Long.MAX_VALUE;
    private boolean clockBehind;
    private long foreignInputs;
    private long refusedInputs;

    public CoreState(
        final NodeState node,
        final TradingSwitch trading,
        final Venues venues,
        final Slots slots,
        final OrderStore orders,
        final OrderDesk desk,
        final Instances instances,
        final ConversionRates rates,
        final Calendars calendars,
        final ScopedRisk scopedRisk,
        final Breakers breakers)
    {
        this.node = node;
        this.trading = trading;
        this.venues = venues;
        this.slots = slots;
        this.orders = orders;
        this.desk = desk;
        this.instances = instances;
        this.rates = rates;
        this.calendars = calendars;
        this.scopedRisk = scopedRisk;
        this.breakers = breakers;
        totalLimits = new TotalLimits(orders);
        tables.add(calendars.definitions());
        tables.add(calendars.assignments());
        tables.add(new ReferencePrices(slots));
        tables.add(rates);
        tables.add(signalClients);
        tables.add(orders.earlier());
        tables.add(corrections);
        tables.add(scopedRisk.limits());
        tables.add(scopedRisk.statesTable());
        tables.add(desk.lists().open());
        tables.add(breakers.table());
        tables.add(desk.profits());
    }

    public NodeState node()
    {
        return node;
    }

    public TradingSwitch trading()
    {
        return trading;
    }

    public Venues venues()
    {
        return venues;
    }

    public Slots slots()
    {
        return slots;
    }

    public OrderStore orders()
    {
        return orders;
    }

    public OrderDesk desk()
    {
        return desk;
    }

    public Instances instances()
    {
        return instances;
    }

    /** What makes cash of other assets. */
    public ConversionRates rates()
    {
        return rates;
    }

    public SourceRoles roles()
    {
        return roles;
    }

    public CommonLimits commonLimits()
    {
        return commonLimits;
    }

    /** Who has set which limit of all instruments. */
    public LimitOrigins commonOrigins()
    {
        return commonOrigins;
    }

    /** Limits, trading states and refusals of scopes. */
    public ScopedRisk scopedRisk()
    {
        return scopedRisk;
    }

    public TotalLimits totalLimits()
    {
        return totalLimits;
    }

    /** Which sessions and trading days the instruments have. */
    public Calendars calendars()
    {
        return calendars;
    }

    /** What keeps orders back when too much has gone wrong. */
    public Breakers breakers()
    {
        return breakers;
    }

    /** Whose signals were answered. */
    public SignalClients signalClients()
    {
        return signalClients;
    }

    /** What venues have corrected. */
    public CorrectionCounts corrections()
    {
        return corrections;
    }

    /** What is kept beside all this, where there is anything of it. */
    public StateTables tables()
    {
        return tables;
    }

    /** Sequence of the newest input, 0 before the first. */
    public long lastSequence()
    {
        return lastSequence;
    }

    public void lastSequence(final long sequence)
    {
        lastSequence = sequence;
        if (sequence > stateHashSequence)
        {
            stateHashSequence = nextStateHashSequence();
        }
    }

    public int stateHashInterval()
    {
        return stateHashInterval;
    }

    public void stateHashInterval(final int inputs)
    {
        stateHashInterval = inputs;
        stateHashSequence = nextStateHashSequence();
    }

    /** Whether a state hash is to be recorded after the newest input. */
    public boolean isStateHashDue()
    {
        return lastSequence == stateHashSequence;
    }

    /** Not before the newest input. */
    private long nextStateHashSequence()
    {
        return stateHashInterval <= 0
            ? Long.MAX_VALUE
            : (lastSequence + stateHashInterval - 1) / stateHashInterval * stateHashInterval;
    }

    /** Sequenced time stands still until the wall clock has passed it: no timer fires, and nothing grows old. */
    public boolean isClockBehind()
    {
        return clockBehind;
    }

    public void clockBehind(final boolean isBehind)
    {
        clockBehind = isBehind;
    }

    /** Inputs that only the node may make and that came from elsewhere; they have no other effect. */
    public long foreignInputs()
    {
        return foreignInputs;
    }

    public void countForeignInput()
    {
        foreignInputs++;
    }

    /** Inputs that a source's role did not allow. */
    public long refusedInputs()
    {
        return refusedInputs;
    }

    public void countRefusedInput()
    {
        refusedInputs++;
    }

    public void restoreCounters(final long newForeignInputs, final long newRefusedInputs)
    {
        foreignInputs = newForeignInputs;
        refusedInputs = newRefusedInputs;
    }

    /** The wish that all orders be gone, at every venue. */
    public void cancelAll(final OrderReason reason)
    {
        for (int id = 0; id < slots.count(); id++)
        {
            final InstrumentSlot slot = slots.get(id);
            if (slot.openOrders().count() > 0)
            {
                slots.touch(id);
                desk.cancelAll(slot.openOrders(), reason);
            }
        }
    }

    /** Hash of the whole state. */
    public long stateHash()
    {
        long hash = slots.stateHash();
        hash = Xxh64.chain(hash, (long)trading.mode().value() << 32 | stateHashInterval);
        hash = Xxh64.chain(Xxh64.chain(hash, foreignInputs), refusedInputs);
        hash = Xxh64.chain(Xxh64.chain(hash, node.stateHash()), venues.stateHash());
        hash = Xxh64.chain(Xxh64.chain(hash, instances.stateHash()), roles.stateHash());
        hash = Xxh64.chain(Xxh64.chain(hash, commonLimits.stateHash()), commonOrigins.stateHash());
        hash = Xxh64.chain(Xxh64.chain(hash, totalLimits.stateHash()), orders.stateHash());
        hash = Xxh64.chain(Xxh64.chain(hash, desk.wishTimerNs()), desk.doubts().timerNs());
        hash = Xxh64.chain(hash, tables.stateHash());
        return Xxh64.chain(hash, clockBehind ? 1 : 0);
    }
}
