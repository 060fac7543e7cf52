package io.lockstep.cli.operate;

import io.lockstep.cli.argument.UsageException;
import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.text.Amount;
import io.lockstep.codecs.text.InstrumentText;
import io.lockstep.codecs.text.LimitText;
import io.lockstep.gateways.control.CommandScope;
import io.lockstep.gateways.control.ControlClient;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sequencer.config.Limit;
import io.lockstep.sequencer.journal.NodeDirectory;

import java.util.List;
import java.util.Map;

/**
 * The commands {@code limit NAME VALUE} and {@code unset NAME}: of all instruments, of one, or of a strategy's instance, a venue or an
 * account.
 */
final class LimitWords
{
    private static final String LIMIT = "limit";
    private static final String UNSET = "unset";
    /** In place of an instrument's name. */
    private static final String ALL = "all";

    private final LimitType type;
    private final Decimal value;
    private final ScopeOptions scope;
    private String quoteCurrency = "";

    private LimitWords(final LimitType type, final Decimal value, final ScopeOptions scope)
    {
        this.type = type;
        this.value = value;
        this.scope = scope;
    }

    /** Whether the command is one of these. */
    static boolean isOne(final String word)
    {
        return word.equals(LIMIT) || word.equals(UNSET);
    }

    /**
     * Reads the command.
     *
     * @param words of which the first is one of these.
     * @param scope that the limit is to bind.
     * @throws UsageException when it cannot be used, whatever the node knows.
     */
    static LimitWords parse(final List<String> words, final ScopeOptions scope)
    {
        final boolean isSet = words.get(0).equals(LIMIT);
        if (words.size() != (isSet ? 3 : 2))
        {
            throw new UsageException("command=" + String.join(" ", words) + ": expected '" +
                (isSet ? "limit NAME VALUE" : "unset NAME") + "'");
        }
        scope.requireOne(true);
        return new LimitWords(type(words.get(1), scope.scope()), isSet ? value(words.get(2)) : null, scope);
    }

    private static LimitType type(final String name, final LimitScope scope)
    {
        final List<LimitType> possible = Limit.types().stream().filter((type) -> Limit.isPossible(type, scope))
            .toList();
        return possible.stream().filter((candidate) -> Limit.name(candidate).equals(name)).findFirst()
            .orElseThrow(() -> new UsageException("limit=" + name + ": expected one of " +
                possible.stream().map(Limit::name).toList() + of(scope)));
    }

    private static String of(final LimitScope scope)
    {
        return switch (scope)
        {
            case LEG -> " for a strategy's instance on an instrument";
            case STRATEGY -> " for a strategy's instance";
            case INSTRUMENT -> " for an instrument";
            case VENUE -> " for a venue";
            case ACCOUNT -> " for an account";
            case NODE, NULL_VAL, SBE_UNKNOWN -> "";
        };
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
        final CommandScope found;
        try
        {
            found = scope.find(new NodeNames(node, client));
        }
        catch (final UnknownNameException ex)
        {
            throw new UsageException(ex.getMessage());
        }
        quoteCurrency = client.quoteCurrency();
        return value == null
            ? client.unset(found, type, ControlLink.TIMEOUT_NS)
            : client.limit(found, type, value, ControlLink.TIMEOUT_NS);
    }

    /** Old and new with their unit; a refused command has changed nothing. */
    String change(final ControlClient.Outcome outcome)
    {
        return Limit.name(type) + " of " + scope.text() + " was " + text(outcome.previous()) + ", is "
            + text(outcome.current());
    }

    private String instrument()
    {
        return scope.instrument() == null ? ALL : scope.instrument().name();
    }

    private String text(final Decimal limit)
    {
        return limit == null ? "no limit" : amount(limit).toString();
    }

    private Amount amount(final Decimal limit)
    {
        return scope.instrument() == null
            ? LimitText.ofSet(type, limit.value(), quoteCurrency)
            : new InstrumentText(scope.instrument()).limit(type, limit.value());
    }

    /** What has become of it, under the keys of the JSON object. */
    void putInto(final Map<String, Object> values, final ControlClient.Outcome outcome)
    {
        values.put("limit", Limit.name(type));
        values.put("instrument", instrument());
        values.put("strategy", scope.strategy());
        values.put("scope", scope.scope().name());
        values.put("previous", outcome.previous() == null ? null : outcome.previous().value().toPlainString());
        values.put("value", outcome.current() == null ? null : outcome.current().value().toPlainString());
        values.put("previousText", text(outcome.previous()));
        values.put("valueText", text(outcome.current()));
    }
}
