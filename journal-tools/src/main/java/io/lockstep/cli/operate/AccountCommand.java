package io.lockstep.cli.operate;

import io.lockstep.cli.argument.UsageException;
import io.lockstep.gateways.control.OperatorCommand;
import io.lockstep.gateways.control.OperatorCommands;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Settles a difference between an account and the engine.
 */
@Command(name = "account", description = {
    "'accept' books what the venue's newest report says: where it differs from the engine, the venue is right, and the account trades again.",
    "'stat' shows both sides before."}, mixinStandardHelpOptions = true, footer =
    {
        "", "Example: lockstep control --dir node account SIMULATED accept --reason \"deposit of 1 November\""})
final class AccountCommand extends OperatorSubcommand
{
    @Parameters(index = "0", paramLabel = "NAME", description = "Of the venue, or of its account.")
    private String name;

    @Parameters(index = "1", paramLabel = "accept", description = "What is to be done.")
    private String verb;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why, for whoever reads the journal.")
    private String reason;

    @Override
    void check()
    {
        if (!verb.equals("accept"))
        {
            throw new UsageException("account=" + verb + ": expected accept");
        }
        ReasonArgument.check(reason);
    }

    @Override
    OperatorCommand command(final NodeNames names)
    {
        return OperatorCommands.acceptAccount(names.venueId("NAME", name), reason);
    }

    @Override
    Map<String, Object> asked()
    {
        final Map<String, Object> asked = new LinkedHashMap<>();
        asked.put("account", name);
        return asked;
    }
}
