package io.lockstep.cli.operate;

import io.lockstep.cli.argument.UsageException;
import io.lockstep.codecs.Decimal;
import io.lockstep.core.signal.ModelWeight;
import io.lockstep.gateways.control.OperatorCommand;
import io.lockstep.gateways.control.OperatorCommands;
import io.lockstep.sequencer.counters.InstanceLines;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Gives a strategy's instance another weight and capital.
 */
@Command(name = "allocate", description = {
    "Gives a strategy's instance another weight, its share of signals, or another capital, what its positions may be worth.",
    "Capital below what the instance holds is refused."}, mixinStandardHelpOptions = true, footer =
    {
        "", "Example: lockstep control --dir node allocate pair --capital 20000 --reason \"half of the budget\""})
final class AllocateCommand extends OperatorSubcommand
{
    private static final String UNBOUNDED = "unbounded";

    @Parameters(index = "0", paramLabel = "NAME", description = "Of the instance.")
    private String name;

    @Option(names = "--weight", paramLabel = "WEIGHT", description = "From 0, a multiple of 0.000001. Default: the one it has.")
    private String weight;

    @Option(names = "--capital", paramLabel = "CAPITAL", description = "In quote currency, or 'unbounded'. Default: the one it has.")
    private String capital;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why, for whoever reads the journal.")
    private String reason;

    @Override
    void check()
    {
        if (weight == null && capital == null)
        {
            throw new UsageException("allocate: expected --weight, --capital or both");
        }
        ReasonArgument.check(reason);
        if (weight != null && !ModelWeight.isOne(notNegative("--weight", weight)))
        {
            throw new UsageException("--weight=" + weight + ": expected " + ModelWeight.BOUNDS);
        }
        if (capital != null && !capital.equals(UNBOUNDED))
        {
            notNegative("--capital", capital);
        }
    }

    private static Decimal notNegative(final String option, final String text)
    {
        try
        {
            final Decimal value = Decimal.parse(text);
            if (value.mantissa() >= 0)
            {
                return value;
            }
        }
        catch (final IllegalArgumentException ex)
        {
            throw new UsageException(option + "=" + text + ": " + ex.getMessage());
        }
        throw new UsageException(option + "=" + text + ": expected a decimal that is not negative");
    }

    @Override
    OperatorCommand command(final NodeNames names)
    {
        final InstanceLines.Line instance = names.strategy("NAME", name);
        return OperatorCommands.allocate(instance.id(),
            weight == null ? instance.weight() : notNegative("--weight", weight), newCapital(instance), reason);
    }

    private Decimal newCapital(final InstanceLines.Line instance)
    {
        if (capital == null)
        {
            return instance.capital();
        }
        return capital.equals(UNBOUNDED) ? new Decimal(-1, 0) : notNegative("--capital", capital);
    }

    @Override
    Map<String, Object> asked()
    {
        final Map<String, Object> asked = new LinkedHashMap<>();
        asked.put("strategy", name);
        asked.put("weight", weight);
        asked.put("capital", capital);
        return asked;
    }
}
