package io.lockstep.journal.text;

import io.lockstep.codecs.text.Escapes;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Explained records as CSV, a column a field. The columns depend on the messages that may come, not on those that do. A column
 * of a group holds the values of all its entries with semicolons between; a field that a record does not have is empty.
 */
public final class CsvText
{
    private final List<String> columns = new ArrayList<>();
    private final List<String[]> paths;

    /**
     * @param names of the fields that records may have, in order, those within others with a dot between.
     */
    public CsvText(final Collection<String> names)
    {
        for (final String name : names)
        {
            final String field = name.substring(name.lastIndexOf('.') + 1);
            final String path = name.substring(0, name.length() - field.length());
            if (field.equals("exponent"))
            {
                // The composite's decimal stands beside it.
                columns.add(name);
                columns.add(path.substring(0, path.length() - 1) + "Decimal");
                columns.add(path.substring(0, path.length() - 1) + "Unit");
                continue;
            }
            columns.add(name);
            addMeanings(path, field);
        }
        paths = columns.stream().map((column) -> column.split("\\.")).toList();
    }

    private void addMeanings(final String path, final String field)
    {
        if (RecordMeanings.isTime(field))
        {
            columns.add(path + RecordText.timeName(field));
        }
        else if (field.equals("instrumentId"))
        {
            columns.add(path + "instrument");
        }
        else if (RecordMeanings.mayHaveDecimal(field))
        {
            columns.add(path + field + "Decimal");
            columns.add(path + field + "Unit");
        }
    }

    /** Names of the columns, which are the paths to the values. */
    public List<String> columns()
    {
        return List.copyOf(columns);
    }

    /** The first line. */
    public String header()
    {
        return String.join(",", columns);
    }

    public String row(final Map<String, Object> record)
    {
        return paths.stream().map((path) -> Escapes.csv(cell(record, path, 0)))
            .collect(Collectors.joining(","));
    }

    private static String cell(final Object value, final String[] path, final int depth)
    {
        if (value instanceof Collection<?> entries)
        {
            return entries.stream().map((entry) -> cell(entry, path, depth)).collect(Collectors.joining(";"));
        }
        if (depth == path.length)
        {
            return value == null || value instanceof Map ? "" : value.toString();
        }
        return value instanceof Map<?, ?> map ? cell(map.get(path[depth]), path, depth + 1) : "";
    }
}
