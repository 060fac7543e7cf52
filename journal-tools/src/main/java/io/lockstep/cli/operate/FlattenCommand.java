package io.lockstep.cli.operate;

import io.lockstep.gateways.control.OperatorCommand;
import io.lockstep.gateways.control.OperatorCommands;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Closes positions.
 */
@Command(name = "flatten", description = {
    "Cancels the open orders of an instrument, a strategy's instance, or both, and closes the positions by market orders.",
    "Without either: all of the node, of all shards where it has some."}, mixinStandardHelpOptions = true, footer =
    {
        "", "Example: lockstep control --dir node flatten --strategy pair"})
final class FlattenCommand extends OperatorSubcommand
{
    @Option(names = "--instrument", paramLabel = "NAME", description = "Only this instrument.")
    private String instrument;

    @Option(names = "--strategy", paramLabel = "NAME", description = "Only this instance; 'operator' for what belongs to none.")
    private String strategy;

    @Override
    boolean isAboutAll()
    {
        return instrument == null && strategy == null;
    }

    @Override
    OperatorCommand command(final NodeNames names)
    {
        return OperatorCommands.flatten(names.instrumentIdOrAll("--instrument", instrument),
            names.strategyIdOrAll("--strategy", strategy));
    }

    @Override
    Map<String, Object> asked()
    {
        final Map<String, Object> asked = new LinkedHashMap<>();
        asked.put("instrument", instrument);
        asked.put("strategy", strategy);
        return asked;
    }
}
