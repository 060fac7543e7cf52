package io.lockstep.core.snapshot;

import io.lockstep.codecs.Xxh64;

import java.util.Arrays;

/**
 * The {@link StateTable}s of a core, in the order in which they are saved and hashed. One thread; adding allocates.
 */
public final class StateTables
{
    private StateTable<?>[] tables = {};

    /**
     * @throws IllegalArgumentException when there is one with the template id.
     */
    public void add(final StateTable<?> table)
    {
        if (find(table.templateId()) != null)
        {
            throw new IllegalArgumentException("there is one already: templateId=" + table.templateId());
        }
        tables = Arrays.copyOf(tables, tables.length + 1);
        tables[tables.length - 1] = table;
    }

    /** Null when there is none. */
    StateTable<?> find(final int templateId)
    {
        for (final StateTable<?> table : tables)
        {
            if (table.templateId() == templateId)
            {
                return table;
            }
        }
        return null;
    }

    int sectionCount()
    {
        int count = 0;
        for (final StateTable<?> table : tables)
        {
            count += table.sectionCount();
        }
        return count;
    }

    void save(final SectionWriter writer)
    {
        for (final StateTable<?> table : tables)
        {
            table.save(writer);
        }
    }

    /** 0 while no table keeps anything. */
    public long stateHash()
    {
        long hash = 0;
        for (final StateTable<?> table : tables)
        {
            final long tableHash = table.stateHash();
            if (tableHash != 0)
            {
                hash = Xxh64.chain(Xxh64.chain(hash, table.templateId()), tableHash);
            }
        }
        return hash;
    }
}
