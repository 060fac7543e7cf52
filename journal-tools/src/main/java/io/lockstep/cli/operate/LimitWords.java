package io.lockstep.cli.operate;

import io.lockstep.cli.argument.UsageException;
import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.text.Amount;
import io.lockstep.codecs.text.Escapes;
import io.lockstep.codecs.text.InstrumentText;
import io.lockstep.codecs.text.LimitText;
import io.lockstep.core.risk.ExposureLimits;
import io.lockstep.gateways.control.ControlClient;
import io.lockstep.sbe.LimitType;
import io.lockstep.sequencer.config.Limit;
import io.lockstep.sequencer.counters.InstanceLines;
import io.lockstep.sequencer.counters.LimitLines;
import io.lockstep.sequencer.journal.NodeDirectory;

import java.util.List;
import java.util.Map;

/**
 * The commands {@code limit NAME VALUE} and {@code unset NAME}: of all instruments, of one, or of a strategy's instance on one of its
 * instruments.
 */
final class LimitWords
{
    private static final String LIMIT = "limit";
    private static final String UNSET = "unset";

    private final LimitType type;
    private final Decimal value;
    private final String instrument;
    private final String strategy;
    private String quoteCurrency = "";
    private Instrument limited;

    private LimitWords(final LimitType type, final Decimal value, final String instrument, final String strategy)
    {
        this.type = type;
        this.value = value;
        this.instrument = instrument;
        this.strategy = strategy;
    }

    /** Whether the command is one of these. */
    static boolean isOne(final String word)
    {
        return word.equals(LIMIT) || word.equals(UNSET);
    }

    /**
     * Reads the command.
     *
     * @param words      of which the first is one of these.
     * @param instrument null for all, or the only one of the instance.
     * @param strategy   name of an instance; null for a limit of the instrument.
     * @throws UsageException when it cannot be used, whatever the node knows.
     */
    static LimitWords parse(final List<String> words, final String instrument, final String strategy)
    {
        final boolean isSet = words.get(0).equals(LIMIT);
        if (words.size() != (isSet ? 3 : 2))
        {
            throw new UsageException("command=" + String.join(" ", words) + ": expected '" +
                (isSet ? "limit NAME VALUE" : "unset NAME") + "'");
        }
        return new LimitWords(type(words.get(1), strategy != null), isSet ? value(words.get(2)) : null, instrument,
            strategy);
    }

    private static LimitType type(final String name, final boolean isOfInstance)
    {
        final List<LimitType> possible = Limit.types().stream()
            .filter((candidate) -> !isOfInstance || ExposureLimits.isAboutExposure(candidate)).toList();
        return possible.stream().filter((candidate) -> Limit.name(candidate).equals(name)).findFirst()
            .orElseThrow(() -> new UsageException("limit=" + name + ": expected one of " +
                possible.stream().map(Limit::name).toList() + (isOfInstance ? " for a strategy's instance" : "")));
    }

    private static Decimal value(final String text)
    {
        try
        {
            return Decimal.parse(text);
        }
        catch (final IllegalArgumentException ex)
        {
            throw new UsageException("value=" + text + ": " + ex.getMessage());
        }
    }

    /**
     * @return null when the node did not answer in time.
     * @throws UsageException when the node does not know a name.
     */
    ControlClient.Outcome send(final NodeDirectory node, final ControlClient client)
    {
        final int strategyId;
        try
        {
            final NodeNames names = new NodeNames(node, client);
            strategyId = strategy == null ? ControlClient.NO_INSTANCE : ofInstance(names);
            limited = strategy == null && instrument != null ? names.instrument("--instrument", instrument) : limited;
        }
        catch (final UnknownNameException ex)
        {
            throw new UsageException(ex.getMessage());
        }
        quoteCurrency = client.quoteCurrency();
        return value == null
            ? client.unset(limited, strategyId, type, ControlLink.TIMEOUT_NS)
            : client.limit(limited, strategyId, type, value, ControlLink.TIMEOUT_NS);
    }

    /** Finds the instance and which of its instruments is meant. */
    private int ofInstance(final NodeNames names)
    {
        if (strategy.equals(NodeNames.OPERATOR))
        {
            throw new UsageException("--strategy=" + strategy +
                ": expected a strategy's instance, for an operator's own orders have the instrument's limits alone");
        }
        final InstanceLines.Line instance = names.strategy("--strategy", strategy);
        final List<String> legs = instance.legs().stream().map(InstanceLines.Leg::instrument).toList();
        if (instrument == null ? legs.size() != 1 : !legs.contains(instrument))
        {
            throw new UsageException("--instrument=" + (instrument == null ? "" : instrument) +
                ": expected one that " + strategy + " trades: " + legs);
        }
        limited = names.instrument("--instrument", instrument == null ? legs.get(0) : instrument);
        return instance.id();
    }

    /** Old and new with their unit; a refused command has changed nothing. */
    String change(final ControlClient.Outcome outcome)
    {
        return Limit.name(type) + " of " + (strategy == null ? "" : Escapes.line(strategy) + " on ") +
            Escapes.line(instrument()) + " was " + text(outcome.previous()) + ", is " + text(outcome.current());
    }

    private String instrument()
    {
        return limited == null ? LimitLines.ALL : limited.name();
    }

    private String text(final Decimal limit)
    {
        return limit == null ? "no limit" : amount(limit).toString();
    }

    private Amount amount(final Decimal limit)
    {
        return limited == null
            ? LimitText.ofSet(type, limit.value(), quoteCurrency)
            : new InstrumentText(limited).limit(type, limit.value());
    }

    /** What has become of it, under the keys of the JSON object. */
    void putInto(final Map<String, Object> values, final ControlClient.Outcome outcome)
    {
        values.put("limit", Limit.name(type));
        values.put("instrument", instrument());
        values.put("strategy", strategy);
        values.put("previous", outcome.previous() == null ? null : outcome.previous().value().toPlainString());
        values.put("value", outcome.current() == null ? null : outcome.current().value().toPlainString());
        values.put("previousText", text(outcome.previous()));
        values.put("valueText", text(outcome.current()));
    }
}
