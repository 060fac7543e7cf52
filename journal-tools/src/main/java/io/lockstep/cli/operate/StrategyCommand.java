package io.lockstep.cli.operate;

import io.lockstep.cli.argument.UsageException;
import io.lockstep.codecs.text.Nearest;
import io.lockstep.gateways.control.OperatorCommand;
import io.lockstep.gateways.control.OperatorCommands;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Starts, stops and resumes strategies' instances.
 */
@Command(name = "strategy", description = {
    "Starts or stops a strategy's instance, or all that run the strategy of this name. One that is stopped opens nothing; its timers wait.",
    "'resume' is for one that was suspended since a callback of it failed: it goes on with what it had kept, or as new with --anew."}, mixinStandardHelpOptions = true, footer =
    {
        "",
        "Example: lockstep control --dir node strategy moving-average-crossover stop --reason \"data of the venue in doubt\""})
final class StrategyCommand extends OperatorSubcommand
{
    private static final List<String> VERBS = List.of("start", "stop", "resume");

    @Parameters(index = "0", paramLabel = "NAME", description = "The instance's, such as pair or ema@BTCUSDT.SIMULATED, or the strategy's.")
    private String name;

    @Parameters(index = "1", paramLabel = "start|stop|resume", description = "What it is to do.")
    private String verb;

    @Option(names = "--anew", description = "With resume: leave what it had kept, and begin as new.")
    private boolean anew;

    @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "Why, for whoever reads the journal.")
    private String reason;

    @Override
    void check()
    {
        if (!reason.isEmpty())
        {
            ReasonArgument.check(reason);
        }
        if (!VERBS.contains(verb))
        {
            throw new UsageException("strategy=" + verb + ": expected start, stop or resume; did you mean '" +
                Nearest.of(verb, VERBS) + "'?");
        }
        if (anew && !verb.equals("resume"))
        {
            throw new UsageException("--anew: expected with resume, not with " + verb);
        }
    }

    /** Instances of one strategy may be in all shards. */
    @Override
    boolean isAboutAll()
    {
        return true;
    }

    @Override
    OperatorCommand command(final NodeNames names)
    {
        names.requireStrategies("NAME", name);
        return OperatorCommands.strategy(name, !verb.equals("stop"), anew, reason);
    }

    @Override
    Map<String, Object> asked()
    {
        final Map<String, Object> asked = new LinkedHashMap<>();
        asked.put("strategy", name);
        return asked;
    }
}
