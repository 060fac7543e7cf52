package io.lockstep.cli.config;

import io.lockstep.cli.argument.UsageException;
import io.lockstep.cli.output.ExitStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Commented sample configurations.
 */
@Command(name = "config", description = {
    "Prints a commented sample configuration: node (live, with a generated market), backtest, driver, gateway (both in",
    "processes of their own). Its commands look at configurations that are there; docs/configuration.md explains every key."}, mixinStandardHelpOptions = true, subcommands =
    {
        ConfigCheckCommand.class, ConfigShowCommand.class}, footer =
        {
            "", "Example: lockstep config --example node > node.yaml"})
public final class ConfigCommand implements Callable<Integer>
{
    public static final List<String> EXAMPLES = List.of("node", "backtest", "driver", "gateway");

    @Spec
    private CommandSpec spec;

    @Option(names = "--example", paramLabel = "NAME", description = "node, backtest, driver or gateway.")
    private String example;

    @Override
    public Integer call()
    {
        if (example == null)
        {
            throw new UsageException("config: expected --example NAME, check FILE or show FILE");
        }
        if (!EXAMPLES.contains(example))
        {
            throw new UsageException("--example=" + example + ": expected one of " + EXAMPLES);
        }
        spec.commandLine().getOut().print(text(example));
        return ExitStatus.DONE;
    }

    public static String text(final String example)
    {
        try (InputStream stream = ConfigCommand.class.getResourceAsStream("/examples/" + example + ".yaml"))
        {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }
}
