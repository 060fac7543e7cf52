package io.lockstep.sequencer.counters;

import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.text.InstrumentText;
import io.lockstep.codecs.text.LimitText;
import io.lockstep.core.TradingCore;
import io.lockstep.core.instance.Leg;
import io.lockstep.core.instance.StrategyInstance;
import io.lockstep.core.risk.LimitOrigins;
import io.lockstep.core.risk.LimitOrigins.Origin;
import io.lockstep.sbe.LimitType;
import io.lockstep.sequencer.config.Limit;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * The limits of a node as lines of text, for whoever asks from another process: one for each that was set, for all instruments
 * first, then of each instrument, last of each strategy's instance.
 */
public final class LimitLines
{
    /** In place of an instrument's name. */
    public static final String ALL = "all";

    private static final String SEPARATOR = "\t";
    private static final int FIELDS = 8;

    private LimitLines()
    {
    }

    /**
     * One limit.
     *
     * @param name       as in configuration.
     * @param instrument {@link #ALL} for all.
     * @param strategy   the instance's name; empty for a limit of the instrument.
     * @param value      decimal that is in force.
     * @param text       the same with its unit.
     * @param setBy      configuration or operator.
     * @param sequence   of the input that has set it.
     * @param configured decimal that is configured; empty for none.
     */
    public record Line(
        String name,
        String instrument,
        String strategy,
        String value,
        String text,
        String setBy,
        long sequence,
        String configured)
    {
    }

    /** Allocates. */
    public static String of(final TradingCore core)
    {
        final StringBuilder lines = new StringBuilder();
        add(core, Nulls.NULL_INSTRUMENT_ID, lines);
        for (int id = 0; id < core.instrumentCount(); id++)
        {
            add(core, id, lines);
        }
        for (int id = 1; id < core.instances().count(); id++)
        {
            add(core, core.instances().find(id), lines);
        }
        return lines.toString();
    }

    private static void add(final TradingCore core, final StrategyInstance instance, final StringBuilder lines)
    {
        for (int i = 0; instance.isPresent() && i < instance.legCount(); i++)
        {
            final Leg leg = instance.leg(i);
            if (leg.isLimited())
            {
                add(core, leg.slot().id(), instance.name(), leg.limits().origins(), lines);
            }
        }
    }

    private static void add(final TradingCore core, final int instrumentId, final StringBuilder lines)
    {
        add(core, instrumentId, "", core.limitOrigins(instrumentId), lines);
    }

    private static void add(
        final TradingCore core,
        final int instrumentId,
        final String strategy,
        final LimitOrigins origins,
        final StringBuilder lines)
    {
        if (origins.isEmpty())
        {
            return;
        }
        final boolean all = instrumentId == Nulls.NULL_INSTRUMENT_ID;
        final int id = all ? 0 : instrumentId;
        final String currency = id < core.instrumentCount() ? core.instrument(id).quoteCurrency() : "";
        for (final LimitType type : Limit.types())
        {
            final Origin origin = origins.inForce(type);
            if (origin != null)
            {
                final BigDecimal value = value(origins, origin, type);
                lines.append(String.join(SEPARATOR, Limit.name(type), all ? ALL : core.instrument(id).name(), strategy,
                    value.toPlainString(), (all
                        ? LimitText.ofSet(type, value, currency)
                        : new InstrumentText(core.instrument(id)).limit(type, value)).toString(),
                    origin == Origin.OPERATOR ? "operator" : "configuration",
                    Long.toString(origins.sequence(origin, type)),
                    origins.isSet(Origin.CONFIGURED, type)
                        ? value(origins, Origin.CONFIGURED, type).toPlainString()
                        : ""))
                    .append('\n');
            }
        }
    }

    private static BigDecimal value(final LimitOrigins origins, final Origin origin, final LimitType type)
    {
        return new Decimal(origins.mantissa(origin, type), origins.exponent(origin, type)).value();
    }

    /** Reads what a node has written of itself; a line that was cut off is left out. */
    public static List<Line> parse(final String text)
    {
        final List<Line> lines = new ArrayList<>();
        for (final String line : text.split("\n"))
        {
            final String[] fields = line.split(SEPARATOR, -1);
            if (fields.length == FIELDS)
            {
                lines.add(new Line(fields[0], fields[1], fields[2], fields[3], fields[4], fields[5],
                    Long.parseLong(fields[6]), fields[7]));
            }
        }
        return lines;
    }
}
