package io.lockstep.cli.operate;

import com.fasterxml.jackson.databind.JsonNode;
import io.lockstep.cli.ChildCommand;
import io.lockstep.cli.CommandRun;
import io.lockstep.cli.TestData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** A running node is brought to another configuration, and a start with it finds nothing to do. */
class ApplyTest
{
    private static final String NODE = """
        node: {directory: "%s", idle: backoff, reconcile: false, stallMax: 1h, clockStepMax: 1h}
        journal: {segmentSize: 8MiB, reserveAhead: 1MiB, minFreeSpace: 1MiB}
        instruments:
          - {symbol: BTCUSDT, venue: SIM, tickSize: 0.01, lotSize: 0.001, baseCurrency: BTC, quoteCurrency: USDT}
        limits: {maxOpenOrders: 4, maxOrdersPerSecond: 20}
        """;
    private static final String OTHER = """
          - {symbol: ETHUSDT, venue: SIM, tickSize: 0.01, lotSize: 0.001, baseCurrency: ETH, quoteCurrency: USDT,
             limits: {maxOpenOrders: 2}}
        limits: {maxOpenOrders: 5, priceCollarBps: 100}
        """;

    @TempDir
    private Path directory;

    private Path node()
    {
        return directory.resolve("node");
    }

    private Path write(final String name, final String text)
    {
        return TestData.write(directory.resolve(name), text.formatted(node()));
    }

    private CommandRun apply(final Path file, final String... options)
    {
        return CommandRun.of("control", "--dir", node(), "apply", file, List.of(options));
    }

    private ChildCommand start(final Path config)
    {
        return ChildCommand.start(directory, "run", "--config", config).awaitErr("running in");
    }

    @SuppressWarnings("try") // the node is held, not used
    @Test
    void shouldBringARunningNodeToAConfigurationOnce()
    {
        final Path first = write("first.yaml", NODE);
        final Path second = write("second.yaml", NODE.replaceAll("limits: .*\n$", "") + OTHER);
        try (ChildCommand running = start(first))
        {
            assertThat(apply(first).exits(0).out()).isEqualTo("no difference\n");

            final String dry = apply(second, "--dry-run").exits(1).out();
            assertThat(dry.lines()).allMatch((line) -> line.startsWith("differs: "))
                .contains("differs: limit maxOpenOrders of all: 4 -> 5",
                    "differs: limit priceCollarBps of all: none -> 100",
                    "differs: limit maxOrdersPerSecond of all: 20 -> none",
                    "differs: limit maxOpenOrders of ETHUSDT.SIM: none -> 2")
                .anyMatch((line) -> line.startsWith("differs: instrument ETHUSDT.SIM: none -> order tick 0.01"));
            assertThat(apply(first).exits(0).out()).as("nothing was sent").isEqualTo("no difference\n");
        }
    }

    @SuppressWarnings("try") // the node is held, not used
    @Test
    void shouldApplyLimitsAndKeepThemOverAStartWithTheSameFile()
    {
        final Path first = write("first.yaml", NODE);
        final Path second = write("second.yaml", NODE.replaceAll("limits: .*\n$", "limits: {maxOpenOrders: 5}\n"));
        try (ChildCommand running = start(first))
        {
            final JsonNode applied = apply(second, "--json").exits(0).json();
            assertThat(applied.get("applied").asBoolean()).isTrue();
            assertThat(applied.get("needsRestart")).isEmpty();
            assertThat(applied.get("differences")).hasSize(2).allSatisfy((difference) ->
            {
                assertThat(difference.get("kind").asText()).isEqualTo("limit");
                assertThat(difference.get("applied").asBoolean()).isTrue();
                assertThat(difference.get("sequence").asLong()).isPositive();
            });
            assertThat(apply(second).exits(0).out()).as("the second time").isEqualTo("no difference\n");
            // The node tells of its limits once in a while.
            running.await(() -> limits().contains("5 orders"));
            assertThat(limits()).contains("maxOpenOrders").contains("configuration").doesNotContain("operator")
                .doesNotContain("maxOrdersPerSecond");
        }
        try (ChildCommand running = start(second))
        {
            assertThat(running.err()).doesNotContain("configuration: limit");
        }
    }

    private String limits()
    {
        return CommandRun.of("control", "--dir", node(), "limits").exits(0).out();
    }

    @SuppressWarnings("try") // the node is held, not used
    @Test
    void shouldApplyInstancesAndGiveAnOperatorAHand()
    {
        final Path first = write("first.yaml", NODE);
        final Path second = write("second.yaml", NODE + """
            strategies:
              - name: pair
                strategy: moving-average-crossover
                legs: [BTCUSDT.SIM]
                weight: 2
                limits: {maxPositionQuantity: 3}
                parameters: {fast: 5, slow: 20}
            """);
        try (ChildCommand running = start(first))
        {
            assertThat(apply(second).exits(0).out())
                .contains("strategy pair: none -> moving-average-crossover on BTCUSDT.SIM {fast=5, slow=20}")
                .contains("limit maxPositionQuantity of pair on BTCUSDT.SIM: none -> 3").contains("done: ACCEPTED");
            assertThat(apply(second).exits(0).out()).as("the second time").isEqualTo("no difference\n");
            running.await(() -> CommandRun.of("stat", "--dir", node()).exits(0).out()
                .contains("1 pair (moving-average-crossover): running, weight 2, capital unbounded"));

            assertThat(control("allocate", "pair", "--capital", "500", "--reason", "less").exits(0).out())
                .startsWith("accepted: ACCEPTED");
            assertThat(control("strategy", "pair", "stop").exits(0).out()).startsWith("accepted: ACCEPTED");
            assertThat(control("strategy", "pair", "start").exits(0).out()).startsWith("accepted: ACCEPTED");
            assertThat(control("strategy", "pair", "resume", "--anew").exits(1).out())
                .startsWith("refused: NOT_SUSPENDED");
            assertThat(control("flatten", "--strategy", "pare").exits(2).err())
                .contains("--strategy=pare: expected a strategy's instance of the node; did you mean 'pair'?");
            assertThat(control("order", "--instrument", "BTCUSDT.SIM", "--side", "buy", "--quantity", "1", "--price",
                "0.015").exits(2).err())
                .contains("--price=0.015: expected a multiple of 0.01, the order tick of BTCUSDT.SIM");
            assertThat(
                control("order", "--instrument", "BTCUSDT.SIM", "--side", "buy", "--quantity", "1").exits(1).out())
                .as("there is no market").startsWith("refused: REFUSED");
            assertThat(apply(first).exits(0).out()).contains("strategy pair: moving-average-crossover on BTCUSDT.SIM " +
                "{fast=5, slow=20} -> none");
            final JsonNode state = CommandRun.of("journal", "state", node(), "--json").exits(0).json();
            assertThat(state.get("strategies")).hasSize(1);
            assertThat(state.get("venues").get(0).get("account").get("halted").asBoolean()).isFalse();
        }
    }

    @SuppressWarnings("try") // the node is held, not used
    @Test
    void shouldSetAndTakeBackLimitsOfAnInstance()
    {
        final Path file = write("node.yaml", NODE.replaceAll("limits: .*\n$", "") + """
              - {symbol: ETHUSDT, venue: SIM, tickSize: 0.01, lotSize: 0.001, baseCurrency: ETH, quoteCurrency: USDT}
            strategies:
              - name: pair
                strategy: moving-average-crossover
                legs: [BTCUSDT.SIM]
                limits: {maxPositionQuantity: 3}
                parameters: {fast: 5, slow: 20}
            """);
        try (ChildCommand running = start(file))
        {
            running.await(() -> CommandRun.of("stat", "--dir", node()).exits(0).out().contains("1 pair"));
            assertThat(control("limit", "maxPositionQuantity", "2.5", "--strategy", "pair", "--instrument",
                "BTCUSDT.SIM").exits(0).out())
                .startsWith("accepted: ACCEPTED, sequence ")
                .contains(": maxPositionQuantity of pair on BTCUSDT.SIM was 3 BTC, is 2.5 BTC");
            running.await(() -> limits().contains("2.5 BTC"));
            assertThat(limits().lines().map((line) -> line.replaceAll(" +", " ")))
                .anyMatch((line) -> line.matches(
                    "maxPositionQuantity pair on BTCUSDT.SIM 2\\.5 BTC used 0 BTC left 2\\.5 BTC operator, sequence \\d+, configured 3"));
            final JsonNode limit = control("limits", "--json").exits(0).json().get("limits").get(0);
            assertThat(limit.get("strategy").asText()).isEqualTo("pair");
            assertThat(limit.get("setBy").asText()).isEqualTo("operator");

            assertThat(control("limit", "maxPositionQuantity", "1", "--strategy", "pare").exits(2).err())
                .contains("--strategy=pare: expected a strategy's instance of the node; did you mean 'pair'?");
            assertThat(control("limit", "maxPositionQuantity", "1", "--strategy", "operator").exits(2).err())
                .contains("--strategy=operator: expected a strategy's instance");
            assertThat(control("limit", "maxPositionQuantity", "1", "--strategy", "pair", "--instrument",
                "ETHUSDT.SIM").exits(2).err())
                .contains("--instrument=ETHUSDT.SIM: expected one that pair trades: [BTCUSDT.SIM]");
        }
        final String state = CommandRun.of("journal", "state", node()).exits(0).out();
        assertThat(state).contains("givenByOperator: \"TRUE\"\n    value: \"2.5 BTC\"");
        assertThat(CommandRun.of("risk", node()).exits(0).out().replaceAll(" +", " "))
            .contains("mode of node: ")
            .contains("maxPositionQuantity pair on BTCUSDT.SIM 2.5 BTC used 0 BTC left 2.5 " +
                "BTC operator, sequence ")
            .contains("configured 3");
        try (ChildCommand running = start(file))
        {
            assertThat(running.err())
                .contains("limit maxPositionQuantity of pair on BTCUSDT.SIM: an operator's 2.5 BTC")
                .contains("stays, configured is 3 BTC; 'control unset maxPositionQuantity --instrument BTCUSDT.SIM " +
                    "--strategy pair' takes it back");
            running.await(() -> CommandRun.of("stat", "--dir", node()).exits(0).out().contains("1 pair"));
            final JsonNode unset = control("unset", "maxPositionQuantity", "--instrument", "BTCUSDT.SIM", "--strategy",
                "pair", "--json").exits(0).json();
            assertThat(unset.get("strategy").asText()).isEqualTo("pair");
            assertThat(unset.get("previousText").asText()).isEqualTo("2.5 BTC");
            assertThat(unset.get("valueText").asText()).isEqualTo("3 BTC");
            assertThat(CommandRun.of("journal", "print", node(), "--template", "SetLimit", "--format", "json").exits(0)
                .out()).contains(System.getProperty("user.name"));
        }
    }

    private CommandRun control(final String... words)
    {
        return CommandRun.of("control", "--dir", node(), List.of(words));
    }

    @SuppressWarnings("try") // the node is held, not used
    @Test
    void shouldNameWhatNeedsARestartAndSendNothing()
    {
        final Path first = write("first.yaml", NODE);
        try (ChildCommand running = start(first))
        {
            final Path settings = write("settings.yaml", NODE.replace("idle: backoff", "idle: yield")
                .replace("maxOpenOrders: 4", "maxOpenOrders: 9"));
            assertThat(apply(settings).exits(1).out())
                .contains("needs a restart: node.idle: backoff -> yield")
                .contains("differs: limit maxOpenOrders of all: 4 -> 9")
                .contains("nothing was sent: start the node again with");

            final Path venue = write("venue.yaml", "venues: [{name: SIM}]\n" + NODE);
            assertThat(apply(venue).exits(1).out())
                .contains(
                    "needs a restart: venue SIM: none -> source 2, egressBuffer 65536, inDoubtAfter 5000000000ns, " +
                        "account margin");

            final Path code = write("code.yaml", NODE + "strategies:\n  - {name: mine, class: io.lockstep.Mine}\n");
            assertThat(apply(code).exits(2).err()).contains("code.yaml:")
                .contains("strategies[0].class=io.lockstep.Mine");

            assertThat(apply(write("wrong.yaml", NODE.replace("idle:", "idel:"))).exits(2).err())
                .contains("wrong.yaml:1").contains("did you mean 'idle'?");
            assertThat(apply(first).exits(0).out()).as("nothing was sent").isEqualTo("no difference\n");
        }
    }
}
