package io.lockstep.cli.operate;

import io.lockstep.cli.argument.UsageException;
import io.lockstep.gateways.control.OperatorCommand;
import io.lockstep.gateways.control.OperatorCommands;
import io.lockstep.sbe.BreakerCause;
import io.lockstep.sbe.LimitScope;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Closes a circuit breaker by hand.
 */
@Command(name = "breaker", description = {
    "'reset' closes a circuit breaker, which then has counted nothing yet. Of the node unless another scope is named.",
    "'journal state' shows those there are."}, mixinStandardHelpOptions = true, footer =
    {
        "",
        "Example: lockstep control --dir node breaker reject-rate reset --venue SIMULATED --reason \"limits raised\""})
final class BreakerCommand extends OperatorSubcommand
{
    /** What it is of; at most one. */
    private static final class Scope
    {
        @Option(names = "--strategy", paramLabel = "NAME", description = "Of this strategy's instance.")
        private String strategy;

        @Option(names = "--instrument", paramLabel = "NAME", description = "Of this instrument, e.g. BTCUSDT.BINANCE_USDM.")
        private String instrument;

        @Option(names = "--venue", paramLabel = "NAME", description = "Of this venue.")
        private String venue;
    }

    @Parameters(index = "0", paramLabel = "CAUSE", description = "What has opened it, e.g. reject-rate.")
    private String cause;

    @Parameters(index = "1", paramLabel = "reset", description = "What is to be done.")
    private String verb;

    @ArgGroup(exclusive = true)
    private Scope scope = new Scope();

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why, for whoever reads the journal.")
    private String reason;

    @Override
    void check()
    {
        if (!verb.equals("reset"))
        {
            throw new UsageException("breaker=" + verb + ": expected reset");
        }
        if (cause() == null)
        {
            throw new UsageException("CAUSE=" + cause + ": expected one of " + causes());
        }
        ReasonArgument.check(reason);
    }

    /** Null when there is none of the name. */
    private BreakerCause cause()
    {
        return Arrays.stream(BreakerCause.values())
            .filter((each) -> causes().contains(cause) && name(each).equals(cause)).findFirst().orElse(null);
    }

    private static List<String> causes()
    {
        return Arrays.stream(BreakerCause.values())
            .filter((each) -> each != BreakerCause.NULL_VAL && each != BreakerCause.SBE_UNKNOWN)
            .map(BreakerCommand::name).toList();
    }

    private static String name(final BreakerCause each)
    {
        return each.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    OperatorCommand command(final NodeNames names)
    {
        if (scope.strategy != null)
        {
            return reset(LimitScope.STRATEGY, names.strategyId("--strategy", scope.strategy));
        }
        if (scope.instrument != null)
        {
            return reset(LimitScope.INSTRUMENT, names.instrument("--instrument", scope.instrument).id());
        }
        return scope.venue == null
            ? reset(LimitScope.NODE, 0)
            : reset(LimitScope.VENUE, names.venueId("--venue", scope.venue));
    }

    private OperatorCommand reset(final LimitScope ofScope, final int scopedId)
    {
        return OperatorCommands.resetBreaker(ofScope, cause(), scopedId, reason);
    }

    @Override
    Map<String, Object> asked()
    {
        final Map<String, Object> asked = new LinkedHashMap<>();
        asked.put("breaker", cause);
        return asked;
    }
}
