package io.lockstep.core.instance;

import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.Xxh64;
import io.lockstep.core.strategy.Parameters;
import io.lockstep.sbe.AssignStrategyDecoder;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.ParameterType;
import io.lockstep.sbe.StrategyDefinitionDecoder;
import io.lockstep.sbe.StrategyDefinitionEncoder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What an instance of a strategy is made from: its name, its strategy's name, its legs, its parameters in the order in which they
 * came, and the hash of its code. Immutable; making one allocates.
 */
public final class StrategyDefinition
{
    /** Hash of code that the host does not know. */
    public static final long UNKNOWN_CODE = 0;

    /**
     * One typed parameter.
     *
     * @param value of a decimal; the nanoseconds of a duration, the id of an instrument; 0 of a text.
     * @param text  of a text, else empty.
     */
    public record Parameter(String name, ParameterType type, Decimal value, String text)
    {
        boolean isEqual(final Parameter other)
        {
            return name.equals(other.name) && type == other.type && text.equals(other.text) &&
                value.isSameNumber(other.value);
        }

        @Override
        public String toString()
        {
            return name + '=' + (type == ParameterType.TEXT ? text : value.toString());
        }
    }

    private final String name;
    private final String strategyName;
    private final int[] instrumentIds;
    private final List<Parameter> parameters;
    private final long codeHash;
    private final boolean keepsOrders;
    private final long hash;

    private StrategyDefinition(
        final String name,
        final String strategyName,
        final int[] instrumentIds,
        final List<Parameter> parameters,
        final long codeHash,
        final boolean keepsOrders)
    {
        this.name = name;
        this.strategyName = strategyName;
        this.instrumentIds = instrumentIds;
        this.parameters = List.copyOf(parameters);
        this.codeHash = codeHash;
        this.keepsOrders = keepsOrders;
        hash = hash();
    }

    /** Reads the message. */
    public static StrategyDefinition decode(final StrategyDefinitionDecoder message)
    {
        final long codeHash = message.codeHash();
        final boolean keepsOrders = message.keepOrders() == BooleanType.TRUE;
        final StrategyDefinitionDecoder.LegsDecoder legs = message.legs();
        final int[] instrumentIds = new int[legs.count()];
        for (int i = 0; i < instrumentIds.length; i++)
        {
            instrumentIds[i] = legs.next().instrumentId();
        }
        final List<Parameter> parameters = new ArrayList<>();
        for (final StrategyDefinitionDecoder.ParametersDecoder parameter : message.parameters())
        {
            final ParameterType type = parameter.parameterType();
            final Decimal value = new Decimal(parameter.value().mantissa(), parameter.value().exponent());
            final String parameterName = parameter.name();
            parameters.add(new Parameter(parameterName, type, value, parameter.text()));
        }
        final String name = message.name();
        return new StrategyDefinition(
            name, message.strategyName(), instrumentIds, parameters, codeHash, keepsOrders);
    }

    /**
     * Reads the message of a journal in which an instrument had one strategy.
     *
     * @param instrumentName that the instance is named after.
     */
    public static StrategyDefinition decode(final AssignStrategyDecoder message, final String instrumentName)
    {
        final int instrumentId = message.instrumentId();
        final List<Parameter> parameters = new ArrayList<>();
        for (final AssignStrategyDecoder.ParametersDecoder parameter : message.parameters())
        {
            parameters.add(new Parameter(parameter.name(), ParameterType.DECIMAL,
                new Decimal(parameter.value().mantissa(), parameter.value().exponent()), ""));
        }
        final String strategyName = message.strategyName();
        return new StrategyDefinition(
            strategyName + '@' + instrumentName, strategyName, new int[]
            {instrumentId}, parameters, UNKNOWN_CODE, false);
    }

    /** This definition under another name. */
    public StrategyDefinition named(final String newName)
    {
        return newName.equals(name)
            ? this
            : new StrategyDefinition(newName, strategyName, instrumentIds, parameters, codeHash, keepsOrders);
    }

    /** This definition, made of other code. */
    public StrategyDefinition ofCode(final long newCodeHash)
    {
        return newCodeHash == codeHash
            ? this
            : new StrategyDefinition(name, strategyName, instrumentIds, parameters, newCodeHash, keepsOrders);
    }

    /** The instance's own name. */
    public String name()
    {
        return name;
    }

    /** The strategy's name, by which its factory is found. */
    public String strategyName()
    {
        return strategyName;
    }

    public int legCount()
    {
        return instrumentIds.length;
    }

    /** The instrument's id of the leg with this index. */
    public int instrumentId(final int legIndex)
    {
        return instrumentIds[legIndex];
    }

    /** In the order in which they came. */
    public List<Parameter> parameters()
    {
        return parameters;
    }

    /** Of the strategy's code, as the host says it; {@link #UNKNOWN_CODE} where it does not know. */
    public long codeHash()
    {
        return codeHash;
    }

    /** Whether open orders stay when the instance is suspended. */
    public boolean keepsOrders()
    {
        return keepsOrders;
    }

    /** Whether it has the same legs in the same order. */
    public boolean hasLegsOf(final StrategyDefinition other)
    {
        return Arrays.equals(instrumentIds, other.instrumentIds);
    }

    /** Whether all of it is the same: numbers count, not how they are written, nor in which order the parameters came. */
    public boolean isEqual(final StrategyDefinition other)
    {
        return name.equals(other.name) && strategyName.equals(other.strategyName) && hasLegsOf(other) &&
            codeHash == other.codeHash && keepsOrders == other.keepsOrders && hasParametersOf(other);
    }

    private boolean hasParametersOf(final StrategyDefinition other)
    {
        return parameters.size() == other.parameters.size() && parameters.stream()
            .allMatch((parameter) -> other.parameters.stream().anyMatch(parameter::isEqual));
    }

    /** New ones each time: whoever makes the strategy uses them up. */
    public Parameters newParameters()
    {
        final Parameters made = new Parameters();
        for (final Parameter parameter : parameters)
        {
            switch (parameter.type)
            {
                case DECIMAL -> made.put(parameter.name, parameter.value);
                case TEXT -> made.putText(parameter.name, parameter.text);
                case DURATION -> made.putDuration(parameter.name, parameter.value.mantissa());
                case INSTRUMENT -> made.putInstrument(parameter.name, (int)parameter.value.mantissa());
                case NULL_VAL, SBE_UNKNOWN -> throw new IllegalArgumentException(
                    "parameter " + parameter.name + ": expected a type");
            }
        }
        return made;
    }

    /** Writes all of the message but the ids and the user; the encoder must be wrapped. */
    public void encode(final StrategyDefinitionEncoder message)
    {
        message.codeHash(codeHash).keepOrders(keepsOrders ? BooleanType.TRUE : BooleanType.FALSE);
        final StrategyDefinitionEncoder.LegsEncoder legs = message.legsCount(instrumentIds.length);
        for (final int instrumentId : instrumentIds)
        {
            legs.next().instrumentId(instrumentId);
        }
        final StrategyDefinitionEncoder.ParametersEncoder group = message.parametersCount(parameters.size());
        for (final Parameter parameter : parameters)
        {
            group.next().parameterType(parameter.type);
            group.value().mantissa(parameter.value.mantissa()).exponent((byte)parameter.value.exponent());
            group.name(parameter.name).text(parameter.text);
        }
        message.name(name).strategyName(strategyName).user("");
    }

    /** For people: name and parameters, in the order in which they came. */
    @Override
    public String toString()
    {
        final StringBuilder text = new StringBuilder(strategyName).append('(');
        for (int i = 0; i < parameters.size(); i++)
        {
            text.append(i == 0 ? "" : ", ").append(parameters.get(i));
        }
        return text.append(')').toString();
    }

    /** Hash of the whole definition. */
    public long stateHash()
    {
        return hash;
    }

    private long hash()
    {
        long value = Xxh64.chain(hash(name), hash(strategyName));
        value = Xxh64.chain(Xxh64.chain(value, codeHash), keepsOrders ? 1 : 0);
        for (final int instrumentId : instrumentIds)
        {
            value = Xxh64.chain(value, instrumentId);
        }
        for (final Parameter parameter : parameters)
        {
            value = Xxh64.chain(Xxh64.chain(value, hash(parameter.name)), parameter.type.value());
            value = Xxh64.chain(Xxh64.chain(value, parameter.value.mantissa()), parameter.value.exponent());
            value = Xxh64.chain(value, hash(parameter.text));
        }
        return value;
    }

    private static long hash(final String text)
    {
        long value = text.length();
        for (int i = 0; i < text.length(); i++)
        {
            value = Xxh64.chain(value, text.charAt(i));
        }
        return value;
    }
}
