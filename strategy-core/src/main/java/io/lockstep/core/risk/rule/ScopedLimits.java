package io.lockstep.core.risk.rule;

import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.Xxh64;
import io.lockstep.core.risk.LimitOrigins.Origin;
import io.lockstep.core.risk.RiskLimits;
import io.lockstep.core.snapshot.SectionWriter;
import io.lockstep.core.snapshot.StateTable;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.CommandReason;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.ScopedLimitSectionDecoder;
import io.lockstep.sbe.ScopedLimitSectionEncoder;

import java.util.ArrayList;
import java.util.List;

/**
 * The limits that are set of scopes, and no others: each with its rule, in the order in which they are checked, from the narrowest scope
 * on and by type. Setting and taking back allocate.
 */
public final class ScopedLimits implements StateTable<ScopedLimitSectionDecoder>
{
    public static final int LIMITS_MAX = 4_096;
    /** More than any rule counts with. */
    private static final int NUMBERS_MAX = 1 << 16;

    private final List<ScopedLimit> limits = new ArrayList<>();
    private long version;
    private int watching;
    /** While the sections of one limit come: its numbers, and how many of them have. */
    private long[] numbers = {};
    private int numbersRead;

    public int count()
    {
        return limits.size();
    }

    /** In the order in which they are checked. */
    public ScopedLimit get(final int index)
    {
        return limits.get(index);
    }

    /** Likewise; allocates. */
    public List<ScopedLimit> all()
    {
        return List.copyOf(limits);
    }

    /** Null where none of the type is set of the scope. */
    public ScopedLimit find(final ScopeKey key, final LimitType type)
    {
        final int place = place(key, type);
        return isAt(place, key, type) ? limits.get(place) : null;
    }

    /** How many of them look at the market. */
    int watching()
    {
        return watching;
    }

    private void onChanged()
    {
        version++;
        watching = (int)limits.stream().filter((limit) -> limit.rule().isWatching()).count();
    }

    /** Grows with each change. */
    long version()
    {
        return version;
    }

    private boolean isAt(final int place, final ScopeKey key, final LimitType type)
    {
        return place < limits.size() && limits.get(place).key().equals(key) && limits.get(place).type() == type;
    }

    /** Where it is, or else would go. */
    private int place(final ScopeKey key, final LimitType type)
    {
        int place = 0;
        while (place < limits.size() && isBefore(limits.get(place), key, type))
        {
            place++;
        }
        return place;
    }

    private static boolean isBefore(final ScopedLimit limit, final ScopeKey key, final LimitType type)
    {
        final int byKey = limit.key().compareTo(key);
        return byKey < 0 || byKey == 0 && limit.type().value() < type.value();
    }

    /** The scope must exist. */
    public CommandReason set(
        final Origin origin, final ScopeKey key, final LimitType type, final Decimal value, final long sequence)
    {
        if (!ScopedTypes.isScoped(type, key.scope()) ||
            !RiskLimits.isValid(type, value.mantissa(), value.exponent()))
        {
            return CommandReason.INVALID_VALUE;
        }
        final ScopedLimit found = find(key, type);
        if (found != null && origin == Origin.CONFIGURED && found.isEqual(origin, value))
        {
            return CommandReason.NO_CHANGE;
        }
        if (found == null && limits.size() == LIMITS_MAX)
        {
            return CommandReason.CAPACITY;
        }
        final ScopedLimit limit = found == null ? add(key, type) : found;
        limit.set(origin, value, sequence);
        if (origin == Origin.CONFIGURED)
        {
            limit.unset(Origin.OPERATOR);
        }
        limit.apply();
        onChanged();
        return CommandReason.ACCEPTED;
    }

    private ScopedLimit add(final ScopeKey key, final LimitType type)
    {
        final ScopedLimit limit = new ScopedLimit(key, type);
        limits.add(place(key, type), limit);
        return limit;
    }

    /** What is left of configuration and operator holds from now on, or nothing. */
    public CommandReason unset(final Origin origin, final ScopeKey key, final LimitType type)
    {
        final ScopedLimit limit = find(key, type);
        if (limit == null || !limit.isSet(origin))
        {
            return CommandReason.NO_CHANGE;
        }
        limit.unset(origin);
        if (limit.isEmpty())
        {
            limits.remove(limit);
        }
        else
        {
            limit.apply();
        }
        onChanged();
        return CommandReason.ACCEPTED;
    }

    /** One for each limit, and more for one that has counted much. */
    @Override
    public int sectionCount()
    {
        int count = 0;
        for (final ScopedLimit limit : limits)
        {
            count += Math.max(1, (limit.rule().numbers() + SectionWriter.ENTRIES_MAX - 1) / SectionWriter.ENTRIES_MAX);
        }
        return count;
    }

    @Override
    public int templateId()
    {
        return ScopedLimitSectionDecoder.TEMPLATE_ID;
    }

    @Override
    public ScopedLimitSectionDecoder newDecoder()
    {
        return new ScopedLimitSectionDecoder();
    }

    @Override
    public void save(final SectionWriter writer)
    {
        for (final ScopedLimit limit : limits)
        {
            save(limit, writer);
        }
    }

    private static void save(final ScopedLimit limit, final SectionWriter writer)
    {
        final int count = limit.rule().numbers();
        int start = 0;
        do
        {
            final ScopedLimitSectionEncoder section = writer.begin(new ScopedLimitSectionEncoder())
                .limitType(limit.type()).scope(limit.key().scope()).scopedId(limit.key().scopedId())
                .instrumentId(limit.key().instrumentId()).numbers(count);
            saveOrigins(limit, start == 0, section);
            final int end = Math.min(count, start + SectionWriter.ENTRIES_MAX);
            final ScopedLimitSectionEncoder.StateEncoder state = section.stateCount(end - start);
            for (; start < end; start++)
            {
                state.next().number(limit.rule().number(start));
            }
            writer.end();
        }
        while (start < count);
    }

    private static void saveOrigins(
        final ScopedLimit limit, final boolean isFirst, final ScopedLimitSectionEncoder section)
    {
        int count = 0;
        for (final Origin origin : Origin.values())
        {
            count += isFirst && limit.isSet(origin) ? 1 : 0;
        }
        final ScopedLimitSectionEncoder.OriginsEncoder group = section.originsCount(count);
        for (final Origin origin : Origin.values())
        {
            if (isFirst && limit.isSet(origin))
            {
                group.next().givenByOperator(origin == Origin.OPERATOR ? BooleanType.TRUE : BooleanType.FALSE)
                    .sequence(limit.sequence(origin));
                group.value().mantissa(limit.value(origin).mantissa()).exponent((byte)limit.value(origin).exponent());
            }
        }
    }

    @Override
    public void restore(final ScopedLimitSectionDecoder section)
    {
        final LimitType type = section.limitType();
        final ScopeKey key = new ScopeKey(section.scope(), section.scopedId(), section.instrumentId());
        if (!ScopedTypes.isScoped(type, key.scope()))
        {
            throw new IllegalArgumentException("no scoped limit: limitType=" + type + " scope=" + key.scope());
        }
        if (numbersRead == 0)
        {
            begin(section, key, type);
        }
        else
        {
            requireSame(section, key, type);
        }
        for (final ScopedLimitSectionDecoder.StateDecoder state : section.state())
        {
            numbers[numbersRead++] = state.number();
        }
        if (numbersRead == numbers.length)
        {
            numbersRead = 0;
            limits.get(limits.size() - 1).rule().restore(numbers);
        }
    }

    private void begin(final ScopedLimitSectionDecoder section, final ScopeKey key, final LimitType type)
    {
        if (!limits.isEmpty() && !isBefore(limits.get(limits.size() - 1), key, type))
        {
            throw new IllegalArgumentException("out of order: " + key + " limitType=" + type);
        }
        if (section.numbers() < 0 || section.numbers() > NUMBERS_MAX)
        {
            throw new IllegalArgumentException("numbers=" + section.numbers() + " expected up to " + NUMBERS_MAX);
        }
        numbers = new long[section.numbers()];
        final ScopedLimit limit = new ScopedLimit(key, type);
        for (final ScopedLimitSectionDecoder.OriginsDecoder origin : section.origins())
        {
            final Decimal value = new Decimal(origin.value().mantissa(), origin.value().exponent());
            if (!RiskLimits.isValid(type, value.mantissa(), value.exponent()))
            {
                throw new IllegalArgumentException("no limit: limitType=" + type + " value=" + value);
            }
            limit.set(origin.givenByOperator() == BooleanType.TRUE ? Origin.OPERATOR : Origin.CONFIGURED, value,
                origin.sequence());
        }
        if (limit.isEmpty())
        {
            throw new IllegalArgumentException("a limit that nobody has set: " + key + " limitType=" + type);
        }
        limit.apply();
        limits.add(limit);
        onChanged();
    }

    private void requireSame(final ScopedLimitSectionDecoder section, final ScopeKey key, final LimitType type)
    {
        final ScopedLimit last = limits.get(limits.size() - 1);
        if (!last.key().equals(key) || last.type() != type || section.numbers() != numbers.length ||
            section.origins().count() != 0)
        {
            throw new IllegalArgumentException("cannot go on with: " + key + " limitType=" + type);
        }
    }

    @Override
    public long stateHash()
    {
        long hash = limits.size();
        for (int i = 0; i < limits.size(); i++)
        {
            hash = Xxh64.chain(hash, limits.get(i).stateHash());
        }
        return hash;
    }
}
