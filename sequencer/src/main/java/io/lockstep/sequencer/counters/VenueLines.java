package io.lockstep.sequencer.counters;

import java.util.ArrayList;
import java.util.List;

/**
 * The venues of a node with their accounts as lines of text, for whoever asks from another process: one for each, by id.
 */
public final class VenueLines
{
    private static final String SEPARATOR = "\t";
    private static final String BALANCE_SEPARATOR = ";";
    /** In no name. */
    private static final String BALANCE_FIELD_SEPARATOR = "|";
    private static final int FIELDS = 11;
    private static final int BALANCE_FIELDS = 3;

    private VenueLines()
    {
    }

    /** Whether orders go out. */
    public enum Status
    {
        AVAILABLE,
        /** Its answer is waited for. */
        RECONCILING,
        /** Its order gateway is not heard. */
        DISCONNECTED
    }

    /**
     * One venue.
     *
     * @param source         of its order gateway; below 0 while any may be.
     * @param unacknowledged requests that its gateway has not confirmed.
     * @param egressRequests that may wait.
     * @param inDoubt        open orders with a request that has had no answer for too long.
     * @param account        its name at the venue; empty where it has none.
     * @param accountType    cash or margin.
     * @param halted         whether a difference halts the account.
     */
    public record Line(
        int id,
        String name,
        int source,
        Status status,
        long unacknowledged,
        int egressRequests,
        int inDoubt,
        String account,
        String accountType,
        boolean halted,
        List<Balance> balances)
    {
        public Line
        {
            balances = List.copyOf(balances);
        }

        private String text()
        {
            return String.join(SEPARATOR, String.valueOf(id), name, String.valueOf(source), status.name(),
                String.valueOf(unacknowledged), String.valueOf(egressRequests),
                String.valueOf(inDoubt), account, accountType, String.valueOf(halted),
                String.join(BALANCE_SEPARATOR, balances.stream().map(Balance::text).toList()));
        }

        private static Line parse(final String line)
        {
            final String[] fields = line.split(SEPARATOR, -1);
            if (fields.length != FIELDS)
            {
                return null;
            }
            final List<Balance> balances = new ArrayList<>();
            for (final String balance : fields[10].split(BALANCE_SEPARATOR))
            {
                if (!balance.isEmpty())
                {
                    balances.add(Balance.parse(balance));
                }
            }
            return new Line(Integer.parseInt(fields[0]), fields[1], Integer.parseInt(fields[2]),
                Status.valueOf(fields[3]), Long.parseLong(fields[4]), Integer.parseInt(fields[5]),
                Integer.parseInt(fields[6]), fields[7], fields[8], Boolean.parseBoolean(fields[9]), balances);
        }
    }

    /**
     * What is held of an asset; decimals as text.
     *
     * @param amount   by the engine.
     * @param reported by the venue's newest report that says it; empty when none has.
     */
    public record Balance(String asset, String amount, String reported)
    {
        private String text()
        {
            return String.join(BALANCE_FIELD_SEPARATOR, asset, amount, reported);
        }

        private static Balance parse(final String text)
        {
            final String[] fields = text.split("\\" + BALANCE_FIELD_SEPARATOR, BALANCE_FIELDS);
            return new Balance(fields[0], fields[1], fields[2]);
        }
    }

    /** To be read by {@link #parse}. */
    public static String text(final List<Line> lines)
    {
        return NoteLines.text(lines, Line::text);
    }

    /** Reads what a node has written of itself; a line that was cut off is left out. */
    public static List<Line> parse(final String text)
    {
        return NoteLines.parse(text, Line::parse);
    }
}
