package io.lockstep.core.instance;

import io.lockstep.codecs.Xxh64;
import io.lockstep.core.execution.OrderDesk;
import io.lockstep.core.instrument.InstrumentSlot;
import io.lockstep.core.instrument.Slots;
import io.lockstep.core.strategy.StrategyFactory;
import org.agrona.collections.Object2ObjectHashMap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The instances by their dense ids, which are never used again; 0 is nobody. Their hashes are kept with the instrument of their first
 * leg. Definitions allocate; nothing else does.
 */
public final class Instances
{
    public static final int INSTANCES_MAX = 1 << 16;

    private final Object2ObjectHashMap<String, StrategyFactory> factoryByName = new Object2ObjectHashMap<>();
    private final Slots slots;
    private final OrderDesk desk;
    private SuspensionListener suspensions = SuspensionListener.NONE;
    private StrategyInstance[] instances;
    private boolean mayHaveWaited;
    /** Not state: it only tells whoever looks at limits that some have gone. */

    public Instances(final Slots slots, final OrderDesk desk, final List<StrategyFactory> factories)
    {
        this.slots = slots;
        this.desk = desk;
        factories.forEach((factory) -> factoryByName.put(factory.name(), factory));
        instances = new StrategyInstance[]{newInstance(StrategyInstance.NOBODY)};
    }

    private StrategyInstance newInstance(final int id)
    {
        return new StrategyInstance(id, desk,
            (instance, leg, callback, strategy, failure) -> suspensions
                .onSuspended(instance, leg, callback, strategy, failure));
    }

    public void listener(final SuspensionListener newSuspensions)
    {
        suspensions = newSuspensions;
    }

    /** Null when no strategy of the name is offered. */
    public StrategyFactory factory(final String strategyName)
    {
        return factoryByName.get(strategyName);
    }

    /** Whether the instance, which is present, runs a strategy that carries out signals. */
    public boolean takesSignals(final StrategyInstance instance)
    {
        return factory(instance.definition().strategyName()).takesSignals();
    }

    /** Ids given out, nobody's included. */
    public int count()
    {
        return instances.length;
    }

    /** Null when the id was never given out. */
    public StrategyInstance find(final int id)
    {
        return id >= 0 && id < instances.length ? instances[id] : null;
    }

    /** The one with this name that is not taken out, or null. */
    public StrategyInstance find(final String name)
    {
        for (final StrategyInstance instance : instances)
        {
            if (instance.isPresent() && instance.name().equals(name))
            {
                return instance;
            }
        }
        return null;
    }

    public StrategyInstance nobody()
    {
        return instances[StrategyInstance.NOBODY];
    }

    /** Nobody's leg of an instrument, made when it is first needed. */
    public Leg nobodysLeg(final InstrumentSlot slot)
    {
        final Leg leg = slot.legOf(StrategyInstance.NOBODY);
        return leg == null ? nobody().addLeg(slot) : leg;
    }

    /**
     * A new instance under the next id.
     *
     * @throws IllegalArgumentException naming the parameter that is unknown or out of range; nothing has changed then.
     */
    public StrategyInstance define(final StrategyDefinition definition)
    {
        final StrategyInstance instance = newInstance(instances.length);
        final List<InstrumentSlot> ofLegs = slotsOf(definition);
        instance.begin(definition, factory(definition.strategyName()), ofLegs);
        add(instance);
        return instance;
    }

    /** The slot of each leg; null when an instrument is not known, or comes twice. */
    public List<InstrumentSlot> slotsOf(final StrategyDefinition definition)
    {
        final List<InstrumentSlot> found = new ArrayList<>();
        for (int i = 0; i < definition.legCount(); i++)
        {
            final int id = definition.instrumentId(i);
            if (id < 0 || id >= slots.count() || found.contains(slots.get(id)))
            {
                return null;
            }
            found.add(slots.get(id));
        }
        return found;
    }

    private void add(final StrategyInstance instance)
    {
        instances = Arrays.copyOf(instances, instances.length + 1);
        instances[instance.id()] = instance;
    }

    /** @return whether the instance has the new parameters now; else they wait. */
    public boolean change(final StrategyInstance instance, final StrategyDefinition definition)
    {
        return instance.change(definition, factory(definition.strategyName()));
    }

    /** @return false when it cannot take up what it had kept. */
    public boolean resume(final StrategyInstance instance, final boolean anew)
    {
        return instance.resume(anew, factory(instance.definition().strategyName()));
    }

    public void running(final StrategyInstance instance, final boolean running)
    {
        instance.running(running);
    }

    /** @return whether it is out now; else it waits until it is flat. */
    public boolean unassign(final StrategyInstance instance)
    {
        instance.close();
        if (instance.isFlat())
        {
            takeOut(instance);
            return true;
        }
        return false;
    }

    public void reopen(final StrategyInstance instance)
    {
        instance.reopen();
    }

    private void takeOut(final StrategyInstance instance)
    {
        instance.end();
        for (int i = 0; i < instance.legCount(); i++)
        {
            final Leg leg = instance.leg(i);
            // The result of what the instance traded stays in the instrument's sum.
            final Leg nobodys = nobodysLeg(leg.slot());
            nobodys.position().absorb(leg.position());
            desk.profits().onTakenOut(leg, nobodys);
            leg.slot().remove(leg);
        }
        instance.removeLegs();
    }

    /** An order or position has come to an end: what waits for that may be applied behind the input. */
    public void onMaybeFlat(final StrategyInstance instance)
    {
        mayHaveWaited |= instance.isClosing() || instance.pending() != null;
    }

    public boolean mayHaveWaited()
    {
        return mayHaveWaited;
    }

    /** Applies what has waited, in the order of the ids. */
    public void applyWaiting(final WaitListener applied)
    {
        mayHaveWaited = false;
        for (final StrategyInstance instance : instances)
        {
            if (instance.isPresent() && instance.hasWaited())
            {
                applyWaiting(instance, applied);
            }
        }
    }

    private void applyWaiting(final StrategyInstance instance, final WaitListener applied)
    {
        if (instance.isClosing())
        {
            takeOut(instance);
            applied.onTakenOut(instance.id());
        }
        else
        {
            instance.applyPending(factory(instance.pending().strategyName()));
            applied.onChanged(instance.id());
        }
    }

    /** Is told what had waited and is done now. */
    public interface WaitListener
    {
        void onTakenOut(int strategyId);

        void onChanged(int strategyId);
    }

    /** An instance of a snapshot, by its id, without definition and legs. */
    public StrategyInstance restore(final int id)
    {
        if (id == StrategyInstance.NOBODY)
        {
            return nobody();
        }
        if (id != instances.length)
        {
            throw new IllegalArgumentException("strategyId=" + id + " expected=" + instances.length);
        }
        final StrategyInstance instance = newInstance(id);
        add(instance);
        return instance;
    }

    /** A leg of a restored instance. */
    public Leg restoreLeg(final StrategyInstance instance, final int instrumentId)
    {
        if (instrumentId < 0 || instrumentId >= slots.count())
        {
            throw new IllegalArgumentException("a leg of an unknown instrument: instrumentId=" + instrumentId);
        }
        return instance.addLeg(slots.get(instrumentId));
    }

    /** Hash of how many instances there are; each itself is hashed with its first leg's instrument. */
    public long stateHash()
    {
        return Xxh64.chain(instances.length, mayHaveWaited ? 1 : 0);
    }
}
