package io.lockstep.cli;

import io.lockstep.cli.output.ExitStatus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Each command's help on a terminal of 80 columns. */
class HelpTest
{
    private static final int WIDTH = 80;

    static Stream<List<String>> commands()
    {
        final List<List<String>> commands = new ArrayList<>(List.of(List.of()));
        add(commands, List.of(), new CommandLine(LockstepCommand.class));
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

    @ParameterizedTest
    @MethodSource("commands")
    void shouldFitATerminalAndBeWhole(final List<String> command)
    {
        final String help = CommandRun.of(command, "--help").exits(ExitStatus.DONE).out();

        assertThat(help.lines().filter((line) -> !line.contains("lockstep ") && !line.startsWith("  latency") &&
            !line.startsWith("  bench") && !line.startsWith("  measure")))
            .allMatch((line) -> line.length() <= WIDTH);
        final int list = help.indexOf("Commands:\n");
        if (list >= 0 && !command.isEmpty())
        {
            assertThat(help.substring(list).lines().takeWhile((line) -> !line.isBlank()).reduce((a, b) -> b)
                .orElseThrow()).endsWith(".");
        }
    }
}
