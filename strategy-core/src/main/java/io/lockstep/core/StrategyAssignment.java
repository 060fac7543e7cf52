package io.lockstep.core;

import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.Xxh64;
import io.lockstep.core.strategy.Parameters;
import io.lockstep.sbe.AssignStrategyDecoder;
import io.lockstep.sbe.AssignStrategyEncoder;

import java.util.ArrayList;
import java.util.List;

/**
 * Which strategy an instrument runs and with which parameters, in the order in which they came: all it takes to make the
 * strategy again. Immutable; making one allocates.
 */
final class StrategyAssignment
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

    String strategyName()
    {
        return strategyName;
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
