package io.lockstep.sequencer.counters;

import io.lockstep.codecs.Decimal;

import java.util.ArrayList;
import java.util.List;

/**
 * The strategies' instances of a node as lines of text, for whoever asks from another process: one for each, by id. The first is
 * nobody's: the operator's orders, and positions whose owner is not known.
 */
public final class InstanceLines
{
    private static final String SEPARATOR = "\t";
    private static final String LEG_SEPARATOR = ";";
    /** In no name. */
    private static final String LEG_FIELD_SEPARATOR = "|";
    private static final int FIELDS = 7;
    private static final int LEG_FIELDS = 7;

    private InstanceLines()
    {
    }

    /** What an instance does. */
    public enum Status
    {
        /** Nobody's: it is driven by hand. */
        MANUAL, RUNNING,
        /** By an operator. */
        STOPPED,
        /** A callback of it failed. */
        SUSPENDED,
        /** It is to be taken out when it is flat, and opens nothing until then. */
        CLOSING,
        /** Other parameters wait until they can be applied. */
        WAITING
    }

    /**
     * One instance.
     *
     * @param strategy that a factory goes by; empty for nobody's.
     * @param weight   its share of signals.
     * @param capital  what its positions may be worth; below 0 for no bound.
     */
    public record Line(
        int id, String name, String strategy, Status status, Decimal weight, Decimal capital, List<Leg> legs)
    {
        public Line
        {
            legs = List.copyOf(legs);
        }

        private String text()
        {
            return String.join(SEPARATOR, String.valueOf(id), name, strategy, status.name(), weight.toString(),
                capital.toString(), String.join(LEG_SEPARATOR, legs.stream().map(Leg::text).toList()));
        }

        private static Line parse(final String line)
        {
            final String[] fields = line.split(SEPARATOR, -1);
            if (fields.length != FIELDS)
            {
                return null;
            }
            final List<Leg> legs = new ArrayList<>();
            for (final String leg : fields[6].split(LEG_SEPARATOR))
            {
                if (!leg.isEmpty())
                {
                    legs.add(Leg.parse(leg));
                }
            }
            return new Line(Integer.parseInt(fields[0]), fields[1], fields[2], Status.valueOf(fields[3]),
                Decimal.parse(fields[4]), Decimal.parse(fields[5]), legs);
        }
    }

    /**
     * One leg. Amounts are decimals as text, empty where they are not known.
     *
     * @param state      of its state machine.
     * @param position   signed quantity.
     * @param realized   profit of what was closed, less fees.
     * @param unrealized profit of what is open, at the market.
     * @param currency   of both.
     */
    public record Leg(
        String instrument,
        String state,
        String position,
        int openOrders,
        String realized,
        String unrealized,
        String currency)
    {
        private String text()
        {
            return String.join(LEG_FIELD_SEPARATOR, instrument, state, position, String.valueOf(openOrders), realized,
                unrealized, currency);
        }

        private static Leg parse(final String text)
        {
            final String[] fields = text.split("\\" + LEG_FIELD_SEPARATOR, LEG_FIELDS);
            return new Leg(fields[0], fields[1], fields[2], Integer.parseInt(fields[3]), fields[4], fields[5],
                fields[6]);
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
