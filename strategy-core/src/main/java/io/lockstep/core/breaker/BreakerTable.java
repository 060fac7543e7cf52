package io.lockstep.core.breaker;

import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.Xxh64;
import io.lockstep.core.snapshot.SectionWriter;
import io.lockstep.core.snapshot.StateTable;
import io.lockstep.sbe.BreakerSectionDecoder;
import io.lockstep.sbe.BreakerSectionEncoder;

import java.util.ArrayList;
import java.util.List;

/**
 * The circuit breakers that are defined, by scope and cause. One thread; putting in and taking out allocate.
 */
public final class BreakerTable implements StateTable<BreakerSectionDecoder>
{
    public static final int BREAKERS_MAX = 1_024;

    private final List<Breaker> breakers = new ArrayList<>();

    public int count()
    {
        return breakers.size();
    }

    public Breaker get(final int index)
    {
        return breakers.get(index);
    }

    /** Null where there is none. */
    public Breaker find(final BreakerKey key)
    {
        final int place = place(key);
        return isAt(place, key) ? breakers.get(place) : null;
    }

    private boolean isAt(final int place, final BreakerKey key)
    {
        return place < breakers.size() && breakers.get(place).key().equals(key);
    }

    private int place(final BreakerKey key)
    {
        int place = 0;
        while (place < breakers.size() && breakers.get(place).key().compareTo(key) < 0)
        {
            place++;
        }
        return place;
    }

    /** In the place of the one that has the same key. */
    void put(final Breaker breaker)
    {
        final int place = place(breaker.key());
        if (isAt(place, breaker.key()))
        {
            breakers.set(place, breaker);
        }
        else
        {
            breakers.add(place, breaker);
        }
    }

    void remove(final Breaker breaker)
    {
        breakers.remove(breaker);
    }

    @Override
    public int sectionCount()
    {
        return breakers.size();
    }

    @Override
    public void save(final SectionWriter writer)
    {
        for (final Breaker breaker : breakers)
        {
            breaker.save(writer.begin(new BreakerSectionEncoder()));
            writer.end();
        }
    }

    @Override
    public int templateId()
    {
        return BreakerSectionDecoder.TEMPLATE_ID;
    }

    @Override
    public BreakerSectionDecoder newDecoder()
    {
        return new BreakerSectionDecoder();
    }

    @Override
    public void restore(final BreakerSectionDecoder section)
    {
        final BreakerKey key = new BreakerKey(section.scope(), section.cause(), section.scopedId());
        final BreakerSectionDecoder.CountedDecoder counted = section.counted();
        final long[] numbers = new long[counted.count()];
        for (int i = 0; i < numbers.length; i++)
        {
            numbers[i] = counted.next().number();
        }
        final BreakerTerms terms = new BreakerTerms(
            new Decimal(section.threshold().mantissa(), section.threshold().exponent()), section.windowFills(),
            section.windowNs(), section.coolDownNs(), section.currency());
        final boolean isNext = breakers.isEmpty() || breakers.get(breakers.size() - 1).key().compareTo(key) < 0;
        if (!key.isValid() || !terms.isValid(key.cause()) || !isNext)
        {
            throw new IllegalArgumentException("no breaker that can follow: " + key + " " + terms);
        }
        final Breaker breaker = new Breaker(key, terms);
        breaker.restore(section, numbers);
        breakers.add(breaker);
    }

    @Override
    public long stateHash()
    {
        long hash = breakers.size();
        for (int i = 0; i < breakers.size(); i++)
        {
            hash = Xxh64.chain(hash, breakers.get(i).stateHash());
        }
        return hash;
    }
}
