package io.lockstep.cli.operate;

import io.lockstep.cli.argument.UsageException;
import io.lockstep.codecs.Instrument;
import io.lockstep.gateways.control.OperatorCommand;
import io.lockstep.gateways.control.OperatorCommands;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Gives a position another owner.
 */
@Command(name = "transfer", description = {
    "Gives a part of a position to another owner, with its share of the cost. The venue sees nothing of it.",
    "An owner is a strategy's instance, or 'operator' for what belongs to none, such as strays."}, mixinStandardHelpOptions = true, footer =
    {
        "",
        "Example: lockstep control --dir node transfer --instrument BTCUSDT.SIMULATED --from operator --to pair --quantity 0.5"})
final class TransferCommand extends OperatorSubcommand
{
    @Option(names = "--instrument", required = true, paramLabel = "NAME", description = "E.g. BTCUSDT.SIMULATED.")
    private String instrument;

    @Option(names = "--from", required = true, paramLabel = "NAME", description = "Who has it.")
    private String from;

    @Option(names = "--to", required = true, paramLabel = "NAME", description = "Who gets it.")
    private String to;

    @Option(names = "--quantity", required = true, paramLabel = "QUANTITY", description = "A multiple of the lot: positive of a long position, negative of a short one.")
    private String quantity;

    @Override
    void check()
    {
        if (from.equals(to))
        {
            throw new UsageException("--to=" + to + ": expected another than --from");
        }
    }

    @Override
    OperatorCommand command(final NodeNames names)
    {
        final Instrument terms = names.instrument("--instrument", instrument);
        return OperatorCommands.transfer(terms.id(), names.strategyId("--from", from), names.strategyId("--to", to),
            GridArgument.signed("--quantity", quantity, terms.lot(), "lot of " + terms.name()));
    }

    @Override
    Map<String, Object> asked()
    {
        final Map<String, Object> asked = new LinkedHashMap<>();
        asked.put("instrument", instrument);
        asked.put("from", from);
        asked.put("to", to);
        asked.put("quantity", quantity);
        return asked;
    }
}
