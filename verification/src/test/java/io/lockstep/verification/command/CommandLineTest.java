package io.lockstep.verification.command;

import io.lockstep.cli.CommandRun;
import io.lockstep.cli.LockstepCommand;
import io.lockstep.cli.TestData;
import io.lockstep.cli.config.ConfigCommand;
import io.lockstep.cli.config.ConfigurationCheck;
import io.lockstep.cli.config.GatewayContext;
import io.lockstep.cli.config.GatewaySettings;
import io.lockstep.cli.config.TradingCalendar;
import io.lockstep.cli.link.GatewayLinks;
import io.lockstep.sequencer.config.DriverContext;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.config.YamlSection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What holds for every command. */
class CommandLineTest
{
    @TempDir
    private Path directory;

    private static List<String> commands()
    {
        final List<String> commands = new ArrayList<>();
        add("", LockstepCommand.commandLine(), commands);
        assertThat(commands).hasSizeGreaterThan(10);
        return commands;
    }

    private static void add(final String path, final CommandLine command, final List<String> commands)
    {
        commands.add(path);
        command.getSubcommands().forEach((name, inner) -> add((path + " " + name).strip(), inner, commands));
    }

    private static Object words(final String command)
    {
        return Arrays.stream(command.split(" ")).filter((word) -> !word.isEmpty()).toList();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void explainsItselfWithAnExample(final String command)
    {
        for (final String option : List.of("--help", "-h"))
        {
            final CommandRun run = CommandRun.of(words(command), option).exits(0);
            assertThat(run.out()).startsWith("Usage: lockstep " + command).contains("lockstep " +
                (command.isEmpty() ? "demo" : command));
            assertThat(run.err()).isEmpty();
            if (!command.isEmpty())
            {
                assertThat(run.out()).contains("Example");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void saysItsVersion(final String command)
    {
        assertThat(CommandRun.of(words(command), "--version").exits(0).out()).startsWith("lockstep ")
            .contains("logic version").contains("schema version");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void refusesAnOptionThatIsNone(final String command)
    {
        final CommandRun run = CommandRun.of(words(command), "--no-such-option").exits(2);
        assertThat(run.err()).containsPattern("^(Unknown option: '--no-such-option'|Missing required )")
            .contains("Usage: lockstep " + command);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void refusesACommandThatIsNone()
    {
        assertThat(CommandRun.of("dance").exits(2).err()).contains("dance");
        CommandRun.of("journal", "dance").exits(2);
        assertThat(CommandRun.of().exits(2).err()).contains("COMMAND");
    }

    @ParameterizedTest
    @ValueSource(strings =
    {"node", "backtest"})
    void exampleConfigurationIsOne(final String name)
    {
        final String text = CommandRun.of("config", "--example", name).exits(0).out();
        assertThat(text).startsWith("#");
        final Path file = TestData.write(directory.resolve(name + ".yaml"), text);
        final YamlSection root = YamlSection.parse(file, text);
        final NodeContext context = NodeContext.read(root, text);
        final GatewaySettings settings = GatewaySettings.read(root);
        TradingCalendar.read(root);
        root.refuseUnknown();
        assertThat(context.strategies()).isNotEmpty();
        assertThat(context.limits()).isNotEmpty();
        assertThat(settings.venue()).isNotNull();
        ConfigurationCheck.run(root, context);
    }

    @Test
    void exampleDriverIsWhatAnEmptyOneIs()
    {
        final String text = CommandRun.of("config", "--example", "driver").exits(0).out();
        assertThat(text).startsWith("#");
        final DriverContext example = DriverContext.read(YamlSection.parse(directory.resolve("driver.yaml"), text));
        final DriverContext empty = DriverContext.read(YamlSection.parse(
            directory.resolve("empty.yaml"), "aeron: {directory: " + example.directory() + "}"));
        assertThat(example).isEqualTo(empty);
    }

    @Test
    void exampleGatewayHasBoth()
    {
        final String text = CommandRun.of("config", "--example", "gateway").exits(0).out();
        assertThat(text).startsWith("#");
        final GatewayContext gateway = GatewayContext.read(
            YamlSection.parse(directory.resolve("gateway.yaml"), text));
        assertThat(gateway.settings().venue()).isNotNull();
        assertThat(gateway.settings().generator()).isNotNull();
        assertThat(gateway.links()).isEqualTo(
            new GatewayLinks(NodeContext.DEFAULT_INGRESS, NodeContext.DEFAULT_EGRESS, NodeContext.DEFAULT_INGRESS));
        assertThat(ConfigCommand.EXAMPLES).containsExactly("node", "backtest", "driver", "gateway");
    }

    @Test
    void refusesAnExampleThatIsNone()
    {
        assertThat(CommandRun.of("config", "--example", "toy").exits(2).err()).contains("--example=toy")
            .contains("node").contains("backtest");
        CommandRun.of("config").exits(2);
    }

    @Test
    void printsUtf8WhateverTheSystemSays() throws Exception
    {
        final Path config = TestData.write(directory.resolve("c.yaml"), "# Zürich 東京\n" + TestData.BACKTEST);
        final Path data = TestData.recording(directory, "x",
            io.lockstep.gateways.recording.SyntheticRecording.Product.SPOT,
            1, 200);
        CommandRun.of("backtest", "--config", config, "--data", data, "--out", directory.resolve("out")).exits(0);
        assertThat(CommandRun.of("journal", "info", directory.resolve("out"), "--json").exits(0).json()
            .get("configuration").asText()).contains("Zürich 東京");
        assertThat(Files.readString(config, StandardCharsets.UTF_8)).contains("東京");
    }
}
