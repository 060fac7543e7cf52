package io.lockstep.perf;

import io.lockstep.cli.LockstepCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The help of the launcher and of each command, where every module is on the class path, on a terminal of 80 columns. */
class HelpTest
{
    private static final int WIDTH = 80;

    static Stream<List<String>> commands()
    {
        final List<List<String>> commands = new ArrayList<>(List.of(List.of()));
        add(commands, List.of(), LockstepCommand.commandLine());
        return commands.stream();
    }

    private static void add(
        final List<List<String>> commands, final List<String> path, final CommandLine commandLine)
    {
        commandLine.getSubcommands().forEach((name, subcommand) ->
        {
            final List<String> below = new ArrayList<>(path);
            below.add(name);
            commands.add(below);
            add(commands, below, subcommand);
        });
    }

    private static String help(final List<String> command)
    {
        final List<String> arguments = new ArrayList<>(command);
        arguments.add("--help");
        final PerfRun run = PerfRun.of(arguments.toArray(new String[0]));
        assertThat(run.status()).as(run.err()).isZero();
        return run.out();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldFitATerminalAndBeWhole(final List<String> command)
    {
        final String help = help(command);

        // An example stays on one line, to be copied.
        assertThat(help.lines().filter((line) -> !line.contains("lockstep ")))
            .allMatch((line) -> line.length() <= WIDTH);
        final int list = help.indexOf("Commands:\n");
        if (list >= 0)
        {
            assertThat(help.substring(list).lines().takeWhile((line) -> !line.isBlank()).reduce((a, b) -> b)
                .orElseThrow()).endsWith(".");
        }
    }

    @Test
    void shouldListEveryModulesCommandsByWhatTheyAreFor()
    {
        final List<String> names = help(List.of()).lines().filter((line) -> line.matches("[A-Z][a-z]+:|  [a-z].*"))
            .map((line) -> line.strip().split(" ")[0]).toList();

        assertThat(names).containsExactly("Run:", "demo", "gateway", "run", "driver", "recover",
            "Ask:", "journal", "replay", "stat", "health", "risk", "Research:", "backtest", "book",
            "Operate:", "config", "control", "restore", "check-host", "Prove:", "crash-test", "simulate",
            "Measure:", "latency", "bench", "measure");
    }
}
