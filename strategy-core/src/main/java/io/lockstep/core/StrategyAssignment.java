package io.lockstep.core;

import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.Xxh64;
import io.lockstep.core.strategy.Parameters;
import io.lockstep.sbe.AssignStrategyDecoder;
import io.lockstep.sbe.AssignStrategyEncoder;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which strategy an instrument runs and with which parameters, in the order in which they came: all it takes to make the
 * strategy again. Immutable; making one allocates.
 */
public final class StrategyAssignment
{
    private record Parameter(String name, Decimal value)
    {
    }

    private final String strategyName;
    private final List<Parameter> parameters;
    private final long nameHash;

    /** Reads the message. */
    StrategyAssignment(final AssignStrategyDecoder message)
    {
        final List<Parameter> read = new ArrayList<>();
        for (final AssignStrategyDecoder.ParametersDecoder parameter : message.parameters())
        {
            read.add(new Parameter(
                parameter.name(), new Decimal(parameter.value().mantissa(), parameter.value().exponent())));
        }
        parameters = List.copyOf(read);
        strategyName = message.strategyName();
        nameHash = hash(strategyName);
    }

    public String strategyName()
    {
        return strategyName;
    }

    /** Whether it is the same strategy with the same parameters: the numbers count, not how or in which order they are written. */
    boolean isEqual(final StrategyAssignment other)
    {
        return isEqual(other.strategyName, other.valueByName());
    }

    /** As {@link #isEqual(StrategyAssignment)}. */
    public boolean isEqual(final String otherName, final Map<String, Decimal> otherParameters)
    {
        return strategyName.equals(otherName) && parameters.size() == otherParameters.size() &&
            parameters.stream().allMatch((parameter) -> otherParameters.containsKey(parameter.name) &&
                parameter.value.isSameNumber(otherParameters.get(parameter.name)));
    }

    private Map<String, Decimal> valueByName()
    {
        final Map<String, Decimal> values = new TreeMap<>();
        parameters.forEach((parameter) -> values.put(parameter.name, parameter.value));
        return values;
    }

    /** For people: name and parameters, in the order in which they came. */
    @Override
    public String toString()
    {
        final StringBuilder text = new StringBuilder(strategyName).append('(');
        for (int i = 0; i < parameters.size(); i++)
        {
            text.append(i == 0 ? "" : ", ").append(parameters.get(i).name).append('=').append(parameters.get(i).value);
        }
        return text.append(')').toString();
    }

    long nameHash()
    {
        return nameHash;
    }

    /** New ones each time: whoever makes the strategy uses them up. */
    Parameters parameters()
    {
        final Parameters made = new Parameters();
        parameters.forEach((parameter) -> made.put(parameter.name, parameter.value));
        return made;
    }

    /** Writes the message but for the instrument; the encoder must be wrapped. */
    void encode(final AssignStrategyEncoder message)
    {
        final AssignStrategyEncoder.ParametersEncoder group = message.parametersCount(parameters.size());
        for (final Parameter parameter : parameters)
        {
            group.next().name(parameter.name);
            group.value().mantissa(parameter.value.mantissa()).exponent((byte)parameter.value.exponent());
        }
        message.strategyName(strategyName);
    }

    private static long hash(final String text)
    {
        long hash = text.length();
        for (int i = 0; i < text.length(); i++)
        {
            hash = Xxh64.chain(hash, text.charAt(i));
        }
        return hash;
    }
}
